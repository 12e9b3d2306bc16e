/** The whole way in a real Chromium on the real engine: draw, train, see the mistakes, save, open again, take it away. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { processorName } from '../../electron/setup/computer';
import { openBrowser, openWindow, startApplication, type Application } from '../application';
import { chromium, lacks, nativeReady } from '../environment';
import { Canvas } from './canvas';

const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry whole way '));
const skip = lacks('Chromium', chromium !== null) || lacks('the native engine', nativeReady);

/** Columns and rows that leave room for the palette's neighbours. */
const at = (column: number, row: number): [number, number] => [40 + column * 176, 80 + row * 130];

async function draw(page: Page, canvas: Canvas): Promise<void> {
  const blocks: [string, string, number, number][] = [
    ['Digits', 'Digits', 0, 0],
    ['Scale', 'Scale', 1, 0],
    ['OneHot', 'OneHot', 2, 0],
    ['Split', 'Split', 3, 0],
    ['Input', 'Input', 0, 1],
    ['Flatten', 'Flatten', 1, 1],
    ['Dense', 'Dense', 2, 1],
    ['CategoricalCrossentropy', 'Categorical', 0, 2],
    ['Adam', 'Adam', 1, 3],
    ['Train', 'Train', 3, 2],
  ];
  for (const [type, query, column, row] of blocks) await canvas.place(type, query, ...at(column, row));
  await expect.poll(() => page.locator('.react-flow__node').count()).toBe(blocks.length);
  await canvas.wire(['digits', 'data'], ['scale', 'data']);
  await canvas.wire(['scale', 'data'], ['one_hot', 'data']);
  await canvas.wire(['one_hot', 'data'], ['split', 'data']);
  await canvas.wire(['split', 'data'], ['input', 'data']);
  await canvas.wire(['input', 'output'], ['flatten', 'input']);
  await canvas.wire(['flatten', 'output'], ['dense', 'input']);
  await canvas.wire(['dense', 'output'], ['categorical_crossentropy', 'prediction']);
  await canvas.wire(['split', 'data'], ['categorical_crossentropy', 'labels']);
  await canvas.wire(['categorical_crossentropy', 'loss'], ['train', 'loss']);
  await canvas.wire(['adam', 'optimizer'], ['train', 'optimizer']);
  await expect.poll(() => canvas.wires()).toBe(10);
}

describe.skipIf(skip)('a person draws a network and trains it', () => {
  let application: Application;
  let browser: Browser;
  let page: Page;
  let canvas: Canvas;
  let problems: string[];

  beforeAll(async () => {
    application = await startApplication(folder, { AXONRY_DATA: path.join(folder, 'data') });
    browser = await openBrowser();
    ({ page, problems } = await openWindow(browser, application.address));
    canvas = new Canvas(page);
  });
  // Where a step fails, what the person saw lies beside the temporary files.
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      await page.screenshot({ path: path.join(os.tmpdir(), 'axonry-failed-step.png') });
  });
  afterAll(async () => {
    await browser?.close();
    await application?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  });

  it('opens on the handwritten digits example, compiled', async () => {
    await page.locator('.react-flow__node').first().waitFor();
    await expect.poll(() => page.getByLabel('Totals').innerText()).toContain('weights');
    await expect.poll(() => page.locator('.react-flow__node').count()).toBeGreaterThan(10);
  });

  it('draws a small network by mouse', async () => {
    await page.locator('.project-menu').click();
    await page.getByRole('menuitem', { name: 'New project' }).click();
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(0);
    await draw(page, canvas);
  });

  it('refuses a wire of the wrong kind and says why while it is dragged', async () => {
    const before = await canvas.wires();
    await canvas.drag(['adam', 'optimizer'], ['dense', 'input']);
    await page.getByText('Optimizer goes to Train, not to Dense.').waitFor();
    await page.mouse.up();
    expect(await canvas.wires()).toBe(before);
  });

  it('shows shapes and mends a problem with one click', async () => {
    // Dense has 32 units at first, the digits are ten classes.
    const fix = page.getByRole('button', { name: /Set units.* to 10/ });
    await fix.first().click();
    await expect.poll(() => canvas.block('dense').innerText()).toContain('10 units');
    await canvas.select('dense');
    await page.getByLabel('activation', { exact: true }).click();
    await page.getByRole('option', { name: 'softmax', exact: true }).click();
    await expect.poll(() => canvas.block('dense').innerText()).toContain('7,850');
  });

  it('takes back and repeats', async () => {
    await page.locator('[data-area=canvas]').click({ position: { x: 700, y: 560 } });
    await page.keyboard.press('Control+z');
    await expect.poll(() => canvas.block('dense').innerText()).not.toContain('softmax');
    await page.keyboard.press('Control+Shift+z');
    await expect.poll(() => canvas.block('dense').innerText()).toContain('softmax');
  });

  it('says how long it will take on this computer, once that was measured', async () => {
    await page.getByLabel('Totals').getByText(/(About .+|A few seconds) on this computer/).waitFor({ timeout: 60_000 }); // prettier-ignore
    await page.getByRole('button', { name: 'Cost' }).click();
    await page.getByLabel('Cost that the blocks show').selectOption('Estimated time');
    expect(await canvas.block('dense').innerText()).toMatch(/ms/);
    await page.getByRole('button', { name: 'Shapes' }).click();
  });

  it('trains it on the real engine and shows the curves', async () => {
    await canvas.select('train');
    await page.getByLabel('epochs', { exact: true }).fill('4');
    await page.getByLabel('epochs', { exact: true }).press('Enter');
    await page.keyboard.press('Control+Enter');
    await page
      .getByRole('status')
      .filter({ hasText: /Training|Preparing|Waiting/ })
      .waitFor();
    await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor({ timeout: 120_000 });
    await expect.poll(() => page.locator('.curve path.recharts-line-curve').count()).toBeGreaterThan(1);
    await expect.poll(() => page.locator('.epoch-table tbody tr').count()).toBe(4);
    expect(await page.locator('.run-bar').innerText()).toContain(processorName());
  });

  it('opens a cell of the confusion matrix and shows the mistaken digits', async () => {
    await page.getByRole('button', { name: 'See the mistakes' }).click();
    await page.locator('.matrix [aria-label]').first().waitFor();
    const name = await page.locator('.matrix [aria-label]').evaluateAll((cells) => {
      const names = cells.map((element) => element.getAttribute('aria-label') ?? '');
      return names.find((text) => /^(\d) read as (?!\1)\d: [1-9]/.test(text)) ?? '';
    });
    expect(name).not.toBe('');
    await page.locator(`[aria-label="${name}"]`).click();
    const picture = page.locator('.samples canvas').first();
    await picture.waitFor();
    const [, truth, predicted] = /^(\d) read as (\d)/.exec(name) ?? [];
    await expect
      .poll(() => page.locator('main').innerText())
      .toContain(`True ${truth}, predicted ${predicted}`);
    const lit = await picture.evaluate((element) => {
      const { width, height } = element as HTMLCanvasElement;
      const data =
        (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height).data ??
        new Uint8ClampedArray();
      return data.filter((value, i) => i % 4 === 0 && value > 128).length;
    });
    expect(lit).toBeGreaterThan(20);
  });

  it('saves the project, opens it again and finds its run', async () => {
    await page.keyboard.press('Control+s');
    await page.getByLabel('Name').fill('drawn');
    await page.keyboard.press('Enter');
    await expect.poll(() => existsSync(path.join(folder, 'drawn.axon'))).toBe(true);
    const saved = JSON.parse(readFileSync(path.join(folder, 'drawn.axon'), 'utf8')) as { blocks: object };
    expect(Object.keys(saved.blocks)).toHaveLength(10);
    await expect.poll(() => existsSync(path.join(folder, 'drawn.runs', 'run-0001', 'run.json'))).toBe(true);
    await page.keyboard.press('Control+o');
    await page.getByRole('option', { name: /drawn\.axon/ }).dblclick();
    await expect.poll(() => page.locator('.react-flow__node').count()).toBe(10);
    await page.getByRole('tab', { name: 'Train' }).click();
    await page.getByRole('status').filter({ hasText: 'Finished, run 1' }).waitFor();
  });

  it('exports the trained model', async () => {
    await page.getByRole('tab', { name: 'Examine' }).click();
    await page.getByRole('button', { name: /Export/ }).click();
    await page.getByLabel('Name').fill('model');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => existsSync(path.join(folder, 'model', 'model.json')), { timeout: 30_000 })
      .toBe(true);
    expect(existsSync(path.join(folder, 'model', 'preparation.json'))).toBe(true);
  });

  it('reported no error of its own on the way', () => {
    expect(problems).toEqual([]);
  });
});
