/** A learning-rate range test in a real Chromium with the real engine: the run ends by itself, and its rate can be taken over. */
import { mkdtempSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '../../shared/document/document';
import { chromium, lacks, nativeReady } from '../environment';
import { moons } from '../host/hosted';
import { openProjectPage, type ProjectPage } from './project-page';

const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry range test '));
const skip = lacks('Chromium', chromium !== null) || lacks('the native engine', nativeReady);

describe.skipIf(skip)('a person looks for a learning rate', () => {
  let opened: ProjectPage | undefined;
  let page: Page;

  beforeAll(async () => {
    const document = moons({ epochs: 100, count: 2000 });
    document.blocks.optimizer.params.schedule = { class_name: 'RangeTest', config: { range_steps: 120 } };
    opened = await openProjectPage(folder, 'moons', document);
    ({ page } = opened);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      await page.screenshot({ path: path.join(os.tmpdir(), 'axonry-failed-range.png') });
  });
  afterAll(() => opened?.close());

  it('sees the loss by learning rate when the test has ended by itself', async () => {
    await page.keyboard.press('Control+Enter');
    const chart = page.getByRole('figure', { name: /Learning-rate range test\. The loss falls fastest/ });
    await chart.waitFor({ timeout: 60_000 });
    await chart.locator('.recharts-line-curve').first().waitFor();
    await page.getByRole('status').filter({ hasText: 'Rates tried, run 1' }).waitFor();
    const bar = page.getByRole('region', { name: 'Run', exact: true });
    expect(await bar.innerText()).toMatch(/\d+ learning rates tried/);
    expect(await bar.innerText()).not.toMatch(/Epoch|%|See the mistakes/);
  });

  it('takes the suggested rate over, and the next run is no test any more', async () => {
    const button = page.getByRole('button', { name: /^Use 0?\.?\d/ });
    const wanted = (await button.innerText()).replace('Use ', '');
    await button.click();
    await page.keyboard.press('Control+s');
    const saved = () =>
      (JSON.parse(readFileSync(path.join(folder, 'moons.axon'), 'utf8')) as Document).blocks.optimizer.params;
    await expect.poll(saved).toEqual({ learning_rate: Number(wanted) });
  });
});
