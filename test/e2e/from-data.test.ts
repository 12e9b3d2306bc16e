/** A newcomer in a real Chromium: places a table and nothing else, and comes to a trained network by one click and Run. */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { emptyDocument } from '../../shared/document/document';
import { apply } from '../../shared/document/edits';
import { saveText } from '../../shared/document/load';
import { openBrowser, openWindow, startApplication, type Application } from '../application';
import { chromium, lacks, nativeReady } from '../environment';
import { Canvas } from './canvas';

const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry newcomer '));
const examples = path.resolve(import.meta.dirname, '../../assets/examples/data');

/** A project with a table and nothing else. */
const onlyTable = () =>
  apply(emptyDocument('only-table', '0.0.0'), {
    kind: 'add-block',
    id: 'table',
    block: {
      type: 'CSVTable',
      version: 1,
      title: '',
      params: { path: 'iris.csv' },
      position: { x: 64, y: 64 },
    },
  });

describe.skipIf(lacks('Chromium', chromium !== null))('a person who placed a table only', () => {
  let application: Application;
  let browser: Browser;
  let page: Page;
  let canvas: Canvas;
  let problems: string[];
  const nodes = () => page.locator('.react-flow__node-block').count();
  const told = () => page.getByLabel('Problems').innerText();

  beforeAll(async () => {
    copyFileSync(path.join(examples, 'iris.csv'), path.join(folder, 'iris.csv'));
    writeFileSync(path.join(folder, 'table.axon'), saveText(onlyTable()));
    application = await startApplication(folder, { AXONRY_DATA: path.join(folder, 'data') });
    browser = await openBrowser();
    ({ page, problems } = await openWindow(browser, application.address));
    canvas = new Canvas(page);
    await page.locator('.react-flow__node').first().waitFor();
    await page.keyboard.press('Control+o');
    await page.getByRole('option', { name: 'table.axon' }).dblclick();
  });
  afterAll(async () => {
    await browser?.close();
    await application?.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  });

  it('is told that it leads to no network, and gets a whole one by one click', async () => {
    await expect.poll(nodes).toBe(1);
    await expect.poll(told).toContain('CSV table leads to no network yet');
    await page.getByRole('button', { name: 'Draw a network for iris.csv' }).first().click();
    await expect.poll(nodes).toBe(10);
    expect(await told()).not.toMatch(/error|no wire/);
    await page.screenshot({ path: path.join(os.tmpdir(), 'axonry-from-data.png') });
  });

  it('opens the search by Tab after a click on a block, and not after moving there by keys', async () => {
    const search = page.locator('input[aria-controls=search-popup-list]');
    await canvas.select('input');
    await page.keyboard.press('Tab');
    await search.waitFor();
    await page.keyboard.press('Escape');
    await canvas.block('table').focus();
    await page.keyboard.press('Tab');
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.className ?? ''))
      .toContain('react-flow__node');
  });

  it('replaces a loss by the menu with one that fits', async () => {
    const loss = canvas.block('sparse_categorical_crossentropy');
    await loss.locator('.block-head').click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Replace with' }).hover();
    await page.getByRole('menuitem', { name: 'MeanSquaredError' }).click();
    await expect.poll(() => loss.innerText()).toContain('MeanSquaredError');
    await page.keyboard.press('Control+z');
    await expect.poll(() => loss.innerText()).toContain('SparseCategorical');
  });

  it.skipIf(lacks('the native engine', nativeReady))(
    'trains it to an accuracy that is worth having',
    async () => {
      await page.keyboard.press('Control+Enter');
      await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor({ timeout: 120_000 });
      expect(problems).toEqual([]);
    },
    150_000,
  );
});
