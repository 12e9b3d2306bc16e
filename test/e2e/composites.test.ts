/** Composite blocks in a real Chromium: made of a selection, opened, edited in place, shown outside, unpacked. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openWindow, startApplication, type Application } from '../application';
import { chromium, lacks } from '../environment';
import { Canvas } from './canvas';

const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry composites '));

describe.skipIf(lacks('Chromium', chromium !== null))('a person makes a block of blocks', () => {
  let application: Application;
  let browser: Browser;
  let page: Page;
  let canvas: Canvas;
  let problems: string[];
  const nodes = () => page.locator('.react-flow__node-block').count();
  const totals = () => page.getByLabel('Totals').innerText();
  let before = '';

  beforeAll(async () => {
    application = await startApplication(folder, { AXONRY_DATA: path.join(folder, 'data') });
    browser = await openBrowser();
    ({ page, problems } = await openWindow(browser, application.address));
    canvas = new Canvas(page);
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail')
      await page.screenshot({ path: path.join(os.tmpdir(), 'axonry-failed-step.png') });
  });
  afterAll(async () => {
    await browser?.close();
    await application?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  });

  it('of a selection by keyboard: the network weighs the same', async () => {
    await expect.poll(nodes).toBe(20);
    await expect.poll(totals).toContain('weights');
    before = (await totals()).split(' weights')[0];
    await canvas.select('conv2d_2');
    await canvas
      .block('re_lu_2')
      .locator('.block-head')
      .click({ modifiers: ['Control'] });
    await canvas
      .block('max_pooling2d_2')
      .locator('.block-head')
      .click({ modifiers: ['Control'] });
    await page.keyboard.press('Control+g');
    await expect.poll(nodes).toBe(18);
    expect((await totals()).split(' weights')[0]).toBe(before);
    expect(await canvas.block('my_block').innerText()).toContain('3 blocks');
    expect(await page.locator('.palette-item[data-type="my_block"]').count()).toBe(1);
    await page.screenshot({ path: path.join(os.tmpdir(), 'axonry-composite-outside.png') });
  });

  it('opens it, changes it in place and shows a parameter outside', async () => {
    await canvas.block('my_block').locator('.block-head').dblclick();
    await expect.poll(nodes).toBe(5);
    expect(await page.getByLabel('Opened block').innerText()).toContain('My block');
    await canvas.select('conv2d_2');
    const filters = page.getByLabel('filters', { exact: true });
    await filters.fill('8');
    await filters.press('Enter');
    await expect.poll(async () => (await totals()).split(' weights')[0]).not.toBe(before);
    await page.getByLabel('Show filters outside').click();
    await page.screenshot({ path: path.join(os.tmpdir(), 'axonry-composite-inside.png') });
    await page.locator('[data-area=canvas]').focus();
    await page.keyboard.press('Shift+O');
    await expect.poll(nodes).toBe(18);
    expect(await page.getByLabel('filters', { exact: true }).inputValue()).toBe('8');
    expect(await page.getByLabel('repeat', { exact: true }).count()).toBe(1);
  });

  it('places another one from the palette and takes it back', async () => {
    await canvas.place('my_block', 'My block', 640, 420);
    await expect.poll(nodes).toBe(19);
    await page.locator('[data-area=canvas]').focus();
    await page.keyboard.press('Control+z');
    await expect.poll(nodes).toBe(18);
  });

  it('unpacks it, and every step can be taken back', async () => {
    await canvas.select('my_block');
    await page.keyboard.press('Control+Shift+G');
    await expect.poll(nodes).toBe(20);
    await page.locator('[data-area=canvas]').focus();
    for (let steps = 0; steps < 8 && (await totals()).split(' weights')[0] !== before; steps++)
      await page.keyboard.press('Control+z');
    await page.keyboard.press('Control+z');
    await expect.poll(nodes).toBe(20);
    expect(await page.locator('.palette-item[data-type="my_block"]').count()).toBe(0);
  });

  it('without an error in the window', () => {
    expect(problems).toEqual([]);
  });
});
