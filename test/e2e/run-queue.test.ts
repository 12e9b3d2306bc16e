/** Several runs in a real Chromium while the real engine trains: their list, their order, and the settings. */
import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { chromium, lacks, nativeReady } from '../environment';
import { moons } from '../host/hosted';
import { openProjectPage, type ProjectPage } from './project-page';

const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry run queue '));
const skip = lacks('Chromium', chromium !== null) || lacks('the native engine', nativeReady);
const cores = os.cpus().length;

describe.skipIf(skip)('a person who has several runs', () => {
  let opened: ProjectPage | undefined;
  let page: Page;

  const list = (name: string) => page.getByLabel('Runs', { exact: true }).getByLabel(name, { exact: true });
  const rows = async (name: string): Promise<string[]> =>
    (await list(name).getByRole('listitem').allInnerTexts()).map((text) => text.trim());
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));

  beforeAll(async () => {
    const endless = moons({ epochs: 1_000_000, count: 2000, batch_size: 4 });
    opened = await openProjectPage(folder, 'moons', endless);
    ({ page } = opened);
    for (let run = 1; run <= 4; run++) {
      await page.keyboard.press('Control+Enter');
      await page
        .getByRole('status')
        .filter({ hasText: `run ${run}` })
        .waitFor({ timeout: 60_000 });
    }
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      await page.screenshot({ path: path.join(os.tmpdir(), 'axonry-failed-queue.png') });
  });
  afterAll(() => opened?.close());

  it('sees which one trains and in which order the others wait', async () => {
    await expect.poll(() => rows('Training')).toEqual(['Run 1, training']);
    expect(await rows('Waiting')).toEqual(['Run 2, waiting', 'Run 3, waiting', 'Run 4, waiting']);
    expect(await page.locator('.run-progress').innerText()).toBe('Starts after 2 others that wait');
    await page.getByLabel('Run', { exact: true }).getByText('waiting since').waitFor();
  });

  it('sees from the other pages that a run trains', async () => {
    await page.getByRole('tab', { name: 'Build' }).click();
    await page.getByRole('tab', { name: /^Train.*run 1 is training$/ }).waitFor();
    await page.getByRole('tab', { name: 'Train' }).click();
  });

  it('changes the order by keys, and the focus stays on the button', async () => {
    await page.getByRole('button', { name: 'Move run 4 up' }).focus();
    await page.keyboard.press('Enter');
    await expect.poll(() => rows('Waiting')).toEqual(['Run 2, waiting', 'Run 4, waiting', 'Run 3, waiting']);
    expect(await focused()).toBe('Move run 4 up');
    await page.keyboard.press('Enter');
    await expect.poll(() => rows('Waiting')).toEqual(['Run 4, waiting', 'Run 2, waiting', 'Run 3, waiting']);
    await page.getByRole('button', { name: 'Move run 4 down' }).click();
    await expect.poll(() => rows('Waiting')).toEqual(['Run 2, waiting', 'Run 4, waiting', 'Run 3, waiting']);
    await page.getByRole('button', { name: 'Start next' }).click();
    await expect.poll(() => rows('Waiting')).toEqual(['Run 4, waiting', 'Run 2, waiting', 'Run 3, waiting']);
    await page.getByText('Starts when a run has ended').waitFor();
  });

  it('takes one from the queue', async () => {
    await page.getByRole('button', { name: 'Cancel run 2' }).click();
    await expect.poll(() => rows('Waiting')).toEqual(['Run 4, waiting', 'Run 3, waiting']);
    await expect.poll(() => rows('Ended')).toEqual(['Run 2, stopped']);
  });

  it('lets two train at once and leaves a core free, in the settings, which are kept', async () => {
    await page.keyboard.press('Control+,');
    const dialog = page.getByRole('dialog', { name: 'Settings' });
    await dialog.getByText(`Each run computes with ${cores} of ${cores} core`).waitFor();
    await dialog.getByRole('group', { name: 'Runs at once' }).getByRole('button', { name: '2' }).focus();
    await page.keyboard.press('Space');
    await dialog.getByText(`Each run computes with ${Math.max(1, Math.floor(cores / 2))} of`).waitFor();
    if (cores > 1) {
      await dialog.getByLabel('Cores left free').click();
      await page.getByRole('option', { name: `1 of ${cores}` }).click();
    }
    const kept = () => JSON.parse(readFileSync(path.join(folder, 'data', 'settings.json'), 'utf8')) as object;
    await expect.poll(kept).toMatchObject({ settings: { runsAtOnce: 2, leaveCores: cores > 1 ? 1 : 0 } });
    if (cores === 2) await dialog.getByText('fewer are left free than asked for').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => rows('Training')).toEqual(['Run 1, training', 'Run 4, training']);
    expect(await rows('Waiting')).toEqual(['Run 3, waiting']);
  });

  it('looks at another one and steers it alone', async () => {
    await list('Training').getByRole('button', { name: 'Run 1' }).click();
    await page.getByRole('status').filter({ hasText: 'Training, run 1' }).waitFor();
    await page.getByRole('button', { name: 'Stop and keep best' }).click();
    await expect.poll(() => rows('Training')).toEqual(['Run 4, training', 'Run 3, training']);
    await expect.poll(async () => (await rows('Ended'))[0]).toMatch(/^Run 2, stopped/);
    expect((await rows('Ended'))[1]).toMatch(/^Run 1, stopped, [\d.]+\u2009% test$/);
  });
});
