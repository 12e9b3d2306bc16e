/** In a real Chromium: a generator's pictures show while it trains, and a person goes back through the epochs. */
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { documentOf, templateOf } from '../../shared/architectures/templates';
import type { Document } from '../../shared/document/document';
import { chromium, lacks, nativeReady } from '../environment';
import { openProjectPage, type ProjectPage } from './project-page';

const skip = lacks('Chromium', chromium !== null) || lacks('the native engine', nativeReady);

/** An architecture of the start page with few samples and few epochs. */
function small(name: string): Document {
  const template = templateOf(name);
  if (!template) throw new Error(`there is no template ${name}`);
  const document = documentOf(template);
  for (const { type, params } of Object.values(document.blocks)) {
    if (type === 'Digits') params.count = 640;
    if (type === 'Train') params.epochs = 3;
  }
  return document;
}

const pixels = (canvas: Locator): Promise<string> =>
  canvas.evaluate((element) => (element as HTMLCanvasElement).toDataURL());

describe.skipIf(skip)('a person watches what a network makes', () => {
  let opened: ProjectPage | undefined;
  let page: Page;
  const open = async (name: string): Promise<void> => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry pictures '));
    opened = await openProjectPage(folder, name, small(name));
    ({ page } = opened);
  };
  const runToTheEnd = async (): Promise<void> => {
    await page.keyboard.press('Control+Enter');
    await page.getByRole('heading', { name: /^Pictures after epoch/ }).waitFor({ timeout: 60_000 });
    await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor({ timeout: 120_000 });
    await page.getByRole('heading', { name: 'Pictures after epoch 3' }).waitFor();
  };
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      await page.screenshot({ path: path.join(os.tmpdir(), 'axonry-failed-pictures.png') });
  });

  describe('of random numbers', () => {
    beforeAll(() => open('dcgan'));
    afterAll(() => opened?.close());

    it('beside the curves, and epoch by epoch in Examine', async () => {
      await runToTheEnd();
      await page.getByRole('button', { name: 'See the pictures' }).click();
      const made = page.getByRole('img', { name: '36 pictures that the network makes' });
      const last = await pixels(made);
      await page.getByRole('slider', { name: 'Epoch' }).focus();
      await page.keyboard.press('Home');
      await page.getByText('Epoch 1', { exact: true }).waitFor();
      await expect.poll(() => pixels(made)).not.toBe(last);
    });
  });

  describe('of samples', () => {
    beforeAll(() => open('autoencoder-denoising'));
    afterAll(() => opened?.close());

    it('beside what it was given and what it should make, with the samples that it finds hardest', async () => {
      await runToTheEnd();
      await page.getByRole('button', { name: 'See the pictures' }).click();
      for (const row of ['Given', 'Made', 'Wanted'])
        await page.getByRole('img', { name: `${row}: 10 pictures` }).waitFor();
      const hardest = page.getByRole('region', { name: 'Samples with the largest loss' });
      await hardest.getByRole('img', { name: 'What the network makes of it' }).first().waitFor();
      const losses = (await hardest.locator('.loss-card b').allInnerTexts()).map(Number);
      expect(losses).toEqual([...losses].sort((a, b) => b - a));
    });
  });
});
