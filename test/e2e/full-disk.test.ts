/** A full disk: what could not be saved is named, nothing is taken away, and work goes on once there is room. */
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { saveText } from '../../shared/document/load';
import { HostClient, openBrowser, openWindow } from '../application';
import { SmallDisk } from '../small-disk';
import { Canvas } from './canvas';
import {
  alert,
  examples,
  fewDigits,
  longMoons,
  noSmallDisk,
  noTraining,
  noWindow,
  openFile,
  rows,
  stories,
} from './stories';

const { place, start } = stories();

describe.skipIf(noSmallDisk)('through the socket', () => {
  it('refuses to save, keeps the file and the drawing, and saves once there is room', async () => {
    const disk = new SmallDisk();
    try {
      const file = path.join(disk.folder, 'net.axon');
      copyFileSync(path.join(examples, 'moons.axon'), file);
      const before = readFileSync(file, 'utf8');
      const application = await start(disk.folder, { AXONRY_DATA: path.join(disk.folder, 'data') });
      const client = await HostClient.connect(application.address);
      const { project, document } = await client.need('openProject', { path: file });
      document.blocks.dense.params.units = 9;
      disk.fill();
      for (const method of ['saveProject', 'autosave'] as const) {
        const refused = await client.ask(method, { project, document });
        expect(refused).toMatchObject({ ok: false, problem: { code: 'file/enospc' } });
        if (!refused.ok)
          expect(refused.problem.message).toMatch(/could not be saved: the disk is full\. Free some space/);
      }
      expect(readFileSync(file, 'utf8')).toBe(before);
      expect(readdirSync(disk.folder).filter((name) => name.startsWith('.net'))).toEqual([]);
      disk.free();
      await client.need('saveProject', { project, document });
      expect(readFileSync(file, 'utf8')).toContain('"units": 9');
      const below = await client.ask('saveProject', {
        project,
        document,
        path: path.join(file, 'inside.axon'),
      });
      expect(below).toMatchObject({ ok: false, problem: { code: 'file/enotdir' } });
      client.close();
      await application.close();
    } finally {
      disk.close();
    }
  });
});

describe.skipIf(noSmallDisk || noWindow || noTraining)('in the window', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser?.close());

  it('a full disk is told, takes nothing away, and both work and run go on once there is room', async () => {
    const disk = new SmallDisk();
    try {
      const file = path.join(disk.folder, 'digits.axon');
      const text = fewDigits((document) => (document.blocks.train.params.epochs = 3));
      writeFileSync(file, text);
      const application = await start(disk.folder, { AXONRY_DATA: path.join(disk.folder, '.data') });
      const { page, problems } = await openWindow(browser, application.address);
      await page.locator('.react-flow__node').first().waitFor();
      await openFile(page, 'digits.axon');
      await expect.poll(() => page.locator('.saved-state').innerText()).toContain('Saved');
      const canvas = new Canvas(page);
      disk.fill();
      await canvas.select('train');
      await page.getByLabel('batch_size', { exact: true }).fill('48');
      await page.getByLabel('batch_size', { exact: true }).press('Enter');
      await alert(page)
        .filter({ hasText: /\.data.* could not be saved: the disk is full\. Free some space/ })
        .waitFor();
      await page.getByRole('button', { name: 'Dismiss' }).click();
      await page.keyboard.press('Control+s');
      await alert(page)
        .filter({ hasText: /digits\.axon could not be saved: the disk is full\. Free some space/ })
        .waitFor();
      expect(readFileSync(file, 'utf8')).toBe(text);
      await page.getByRole('button', { name: 'Dismiss' }).click();
      disk.free();
      await page.keyboard.press('Control+s');
      await expect.poll(() => readFileSync(file, 'utf8')).toContain('"batch_size": 48');

      await page.keyboard.press('Control+Enter');
      await page.getByRole('status').filter({ hasText: 'Failed, run 1' }).waitFor({ timeout: 60_000 });
      expect(await alert(page).innerText()).toMatch(
        /the disk is full\. Free some space\. Everything up to epoch 1 is kept/,
      );
      disk.grow();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('status').filter({ hasText: 'Finished, run 1' }).waitFor({ timeout: 60_000 });
      await expect.poll(() => rows(page)).toBe(3);
      expect(problems).toEqual([]);
      await page.context().close();
      await application.close();
    } finally {
      disk.close();
    }
  }, 120_000);

  it('a folder that can only be read in the middle of a run is told, and the run goes on when it can be written', async () => {
    const disk = new SmallDisk();
    const { env } = place();
    try {
      disk.grow();
      writeFileSync(path.join(disk.folder, 'long.axon'), saveText(longMoons()));
      const application = await start(disk.folder, env);
      const { page, problems } = await openWindow(browser, application.address);
      await page.locator('.react-flow__node').first().waitFor();
      await openFile(page, 'long.axon');
      await page.locator('.project-menu', { hasText: 'long' }).waitFor();
      await page.keyboard.press('Control+Enter');
      await expect.poll(() => rows(page), { timeout: 60_000 }).toBeGreaterThan(2);
      // A file that is being written at this moment keeps the disk as it is.
      await expect.poll(() => disk.makeReadOnly()).toBe(true);
      await page.getByRole('status').filter({ hasText: 'Failed, run 1' }).waitFor();
      const words = await alert(page).filter({ hasText: 'The run could not go on' }).innerText();
      const [, kept] = /can only be read\. .*Everything up to epoch (\d+) is kept/.exec(words) ?? [];
      expect(Number(kept)).toBeGreaterThan(2);
      disk.makeWritable();
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByRole('status').filter({ hasText: 'Training, run 1' }).waitFor({ timeout: 60_000 });
      await expect.poll(() => rows(page), { timeout: 30_000 }).toBeGreaterThan(Number(kept));
      expect(problems).toEqual([]);
      await page.context().close();
      await application.close();
    } finally {
      disk.makeWritable();
      disk.close();
    }
  }, 120_000);
});
