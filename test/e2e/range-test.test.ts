/** A learning-rate range test in a real Chromium with the real engine: the run ends by itself, and its rate can be taken over. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Document } from '../../shared/document/document';
import { openBrowser, openWindow, startApplication, type Application } from '../application';
import { chromium, lacks, nativeReady } from '../environment';
import { moons } from '../host/hosted';

const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry range test '));
const skip = lacks('Chromium', chromium !== null) || lacks('the native engine', nativeReady);

describe.skipIf(skip)('a person looks for a learning rate', () => {
  let application: Application;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    const document = moons({ epochs: 100, count: 2000 });
    document.blocks.optimizer.params.schedule = { class_name: 'RangeTest', config: { range_steps: 120 } };
    writeFileSync(path.join(folder, 'moons.axon'), JSON.stringify(document));
    application = await startApplication(folder, { AXONRY_DATA: path.join(folder, 'data') });
    browser = await openBrowser();
    ({ page } = await openWindow(browser, application.address));
    await page.locator('.react-flow__node').first().waitFor();
    await page.keyboard.press('Control+o');
    await page.getByRole('option', { name: /moons\.axon/ }).dblclick();
    await page.locator('.project-menu', { hasText: 'moons' }).waitFor();
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      await page.screenshot({ path: path.join(os.tmpdir(), 'axonry-failed-range.png') });
  });
  afterAll(async () => {
    await browser?.close();
    await application?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  });

  it('sees the loss by learning rate when the test has ended by itself', async () => {
    await page.keyboard.press('Control+Enter');
    const chart = page.getByRole('figure', { name: /Learning-rate range test\. The loss falls fastest/ });
    await chart.waitFor({ timeout: 60_000 });
    await chart.locator('.recharts-line-curve').first().waitFor();
    if (process.env.AXONRY_SCREENSHOTS)
      await page.screenshot({ path: path.join(process.env.AXONRY_SCREENSHOTS, 'range-test.png') });
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
