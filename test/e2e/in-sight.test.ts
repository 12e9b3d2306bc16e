/** A person at the window in a real Chromium: everything can be read in both themes, at any zoom, and reached by keys. */
import { mkdtempSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogue } from '../../shared/blocks/catalogue';
import { chromium, lacks, nativeReady } from '../environment';
import { moons } from '../host/hosted';
import { Canvas } from './canvas';
import { faintTexts, focused, hidden } from './in-sight';
import { openProjectPage, type ProjectPage } from './project-page';

const skip = lacks('Chromium', chromium !== null) || lacks('the native engine', nativeReady);
/** As a window of 1440 × 900 is seen at a zoom of 100, 125 and 150 %, and a small one. */
const SIZES = [
  { width: 1440, height: 900 },
  { width: 1280, height: 720 },
  { width: 1152, height: 720 },
  { width: 960, height: 600 },
];

describe.skipIf(skip)('a person looks at every page of the window', () => {
  let opened: ProjectPage;
  let page: Page;
  const tab = (name: string) => page.getByRole('tab', { name, exact: true }).click();
  const PAGES: Readonly<Record<string, () => Promise<void>>> = {
    Start: async () => {
      await page.getByRole('button', { name: 'Start page' }).click();
      await page.getByText('What should the network do?').waitFor();
    },
    Build: async () => {
      await tab('Build');
      await new Canvas(page).block('train').waitFor();
    },
    Train: async () => {
      await tab('Train');
      await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor();
    },
    Examine: async () => {
      await tab('Examine');
      await page.getByRole('heading', { name: 'Confusion matrix' }).waitFor();
    },
  };

  beforeAll(async () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry in sight '));
    const document = moons({ epochs: 3, count: 400 });
    document.blocks.alone = { type: 'LSTM', version: 1, title: '', params: {}, position: { x: 0, y: 320 } };
    opened = await openProjectPage(folder, 'moons', document);
    ({ page } = opened);
    await page.keyboard.press('Control+Enter');
    await page.getByRole('status').filter({ hasText: 'Finished' }).waitFor({ timeout: 90_000 });
  });
  afterAll(() => opened?.close());

  it('in the theme of the system, also when that changes, until one is chosen', async () => {
    const theme = () => page.evaluate(() => document.documentElement.className);
    const turnSystemTo = async (colorScheme: 'dark' | 'light') => page.emulateMedia({ colorScheme });
    const other = (await theme()) === 'dark' ? 'light' : 'dark';
    await turnSystemTo(other);
    await expect.poll(theme).toBe(other);
    await page.getByRole('button', { name: 'Switch between dark and light' }).click();
    const chosen = await theme();
    await turnSystemTo(chosen as 'dark' | 'light');
    await turnSystemTo(other);
    expect(await theme()).toBe(chosen);
  });

  it.each(Object.keys(PAGES))('and reads %s in both themes', async (name) => {
    await PAGES[name]();
    await page.mouse.move(720, 890);
    expect(await faintTexts(page)).toEqual([]);
    await page.getByRole('button', { name: 'Switch between dark and light' }).click();
    expect(await faintTexts(page)).toEqual([]);
  });

  it('and reads the inspector of a block, the settings and the list of keys', async () => {
    await PAGES.Build();
    await new Canvas(page).select('train');
    await page.getByLabel('Inspector').getByText('batch_size').waitFor();
    expect(await faintTexts(page)).toEqual([]);
    for (const keys of ['Control+,', '?']) {
      await page.keyboard.press(keys);
      await page.getByRole('dialog').waitFor();
      expect(await faintTexts(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
    }
  });

  it.each([...SIZES].reverse())('and nothing is cut off or covered at $width × $height', async (size) => {
    await page.setViewportSize(size);
    for (const [name, open] of Object.entries(PAGES)) {
      await open();
      await expect.poll(() => hidden(page), { message: name }).toEqual([]);
    }
  });

  it('and goes from area to area by F6 and through the top bar by Tab; the focus always shows', async () => {
    await PAGES.Build();
    await page.getByRole('button', { name: 'Start page' }).focus();
    const areas: (string | null)[] = [];
    for (let i = 0; i < 6; i++) {
      await page.keyboard.press('F6');
      const at = await focused(page);
      expect(at).toEqual({ ...at, shows: true });
      areas.push(at.area);
    }
    const turn = [...areas, ...areas].join(' ');
    expect(turn).toContain('palette canvas inspector problems');
    await page.getByRole('button', { name: 'Start page' }).focus();
    for (let i = 0; i < 8; i++) {
      await page.keyboard.press('Tab');
      const at = await focused(page);
      expect(at).toEqual({ ...at, shows: true });
    }
  });

  it('and finds every block in the palette by keys, each row in sight when it has the focus', async () => {
    await PAGES.Build();
    const search = page.getByLabel('Search blocks');
    await search.fill('swish');
    await page.getByRole('region', { name: 'Found' }).getByText('SiLU', { exact: true }).waitFor();
    await search.fill('');
    const rows = page.locator('.palette-category, .palette-item');
    await search.focus();
    for (let i = 0; i < (await rows.count()); i++) {
      await page.keyboard.press('ArrowDown');
      if ((await rows.nth(i).getAttribute('aria-expanded')) === 'false')
        await page.keyboard.press('ArrowRight');
    }
    const types = await page
      .locator('.palette-item')
      .evaluateAll((items) => items.map((item) => item.getAttribute('data-type')));
    expect(types).toEqual(expect.arrayContaining(Object.keys(catalogue)));
    const last = rows.last();
    expect(await last.evaluate((row) => row === document.activeElement)).toBe(true);
    const [list, row] = [await page.locator('.palette-list').boundingBox(), await last.boundingBox()];
    expect((row?.y ?? 0) + (row?.height ?? 0)).toBeLessThanOrEqual((list?.y ?? 0) + (list?.height ?? 0) + 1);
  });

  it('and deletes a wire by keys: W selects one of the block, Del takes it out', async () => {
    await PAGES.Build();
    const canvas = new Canvas(page);
    await canvas.block('train').focus();
    const wires = await canvas.wires();
    const heading = page.getByLabel('Inspector').locator('h2');
    await page.keyboard.press('w');
    const first = await page.getByLabel('Inspector').innerText();
    expect(first).toContain('wire');
    await page.keyboard.press('w');
    await expect.poll(() => page.getByLabel('Inspector').innerText()).not.toBe(first);
    expect(await heading.innerText()).toMatch(/wire$/);
    await page.keyboard.press('Delete');
    await expect.poll(() => canvas.wires()).toBe(wires - 1);
    await page.keyboard.press('Control+z');
    await expect.poll(() => canvas.wires()).toBe(wires);
  });
});
