/** Help pages: every block says what it does, its shapes, its parameters, what goes wrong, and where that is from. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { catalogue, definitionOf, valuesOf } from '../../shared/blocks/catalogue';
import type { Json } from '../../shared/document/document';
import { helpFiles } from '../../shared/help/html';
import { helpPage } from '../../shared/help/page';
import { openBrowser } from '../application';
import { chromium, lacks } from '../environment';

const pages = Object.values(catalogue).map((definition) => helpPage(definition));
/** Blocks of these kinds compute something, which a formula says. */
const COMPUTE = ['layer', 'loss', 'optimizer'];

describe.each(pages.map((page) => [page.type, page] as const))('the help of %s', (type, page) => {
  const kind = definitionOf(type)?.behaviour.kind ?? '';

  it('has its parts', () => {
    expect(page.summary).toMatch(/\.$/);
    expect(page.what.length).toBeGreaterThan(0);
    expect(page.mistakes.length).toBeGreaterThan(0);
    for (const mistake of page.mistakes) expect(mistake).toMatch(/^["`\p{Lu}\d].*[.)`]$/su);
    expect(page.source).not.toBe('');
    if (COMPUTE.includes(kind)) expect(page.formulas.length).toBeGreaterThan(0);
    if (kind === 'layer') expect(page.shapes.length).toBeGreaterThan(0);
  });

  it('has a picture that says what is seen', () => {
    const { width, height, caption, marks } = page.picture;
    expect(caption).toMatch(/\.$/);
    expect(marks.length).toBeGreaterThan(2);
    expect(JSON.stringify(marks)).not.toMatch(/null|NaN|Infinity|undefined/);
    for (const mark of marks) {
      if (mark.kind !== 'text') continue;
      expect(mark.x).toBeLessThanOrEqual(width);
      expect(mark.y).toBeLessThanOrEqual(height);
    }
  });

  it('explains each parameter and what it may be', () => {
    for (const { help, values, usual } of page.parameters) {
      expect(help).not.toBe('');
      expect(values).not.toBe('');
      expect(usual).not.toBe('');
    }
  });
});

describe('the picture of a block on the canvas', () => {
  const pictureOf = (type: string, params: Record<string, Json>) => {
    const definition = definitionOf(type);
    if (!definition) throw new Error(`there is no ${type}`);
    return helpPage(definition, valuesOf({ type, params })).picture;
  };

  it('shows the block’s own numbers, not the usual ones', () => {
    expect(JSON.stringify(pictureOf('Dense', { units: 64 }).marks)).toContain('6 of 64');
    expect(pictureOf('Dropout', { rate: 0.25 }).caption).toContain('25 %');
  });

  it('of a window larger than the drawn map shows the shapes only', () => {
    const { caption } = pictureOf('Conv2D', { kernel_size: [31, 31], padding: 'same' });
    expect(caption).not.toContain('window');
  });
});

describe('the help as HTML', () => {
  const files = helpFiles(pages);
  const text = (name: string) => files.find((file) => file.name === name)?.text ?? '';

  it('has a page for each block and an index that leads to all of them', () => {
    expect(files).toHaveLength(pages.length + 1);
    for (const { type } of pages) {
      expect(text('index.html')).toContain(`href="${type}.html"`);
      expect(text(`${type}.html`)).toContain('href="index.html"');
    }
  });

  it('is well-formed and follows the light or dark of the system', () => {
    for (const { name, text: html } of files) {
      expect(html.includes('<script'), name).toBe(name === 'index.html');
      expect(html).toContain('prefers-color-scheme: dark');
      for (const tag of ['section', 'figure', 'svg', 'table', 'ul', 'p', 'code', 'tr', 'td', 'a'])
        expect(html.split(`<${tag}>`).length + html.split(`<${tag} `).length - 1).toBe(
          html.split(`</${tag}>`).length,
        );
      expect(html).not.toMatch(/>undefined|>NaN|\[object/);
    }
  });

  it('leads from page to page, and nowhere else', () => {
    const names = new Set(files.map(({ name }) => name));
    for (const { text: html } of files)
      for (const [, target] of html.matchAll(/href="([^"#]+)/g)) expect(names).toContain(target);
    expect(text('Bidirectional.html')).toContain('href="LSTM.html"');
    expect(text('LayerNormalization.html')).toContain(
      '<a href="BatchNormalization.html">BatchNormalization</a>',
    );
    expect(text('Add.html')).not.toContain('<a href="Add.html">');
  });

  it('draws activations with their slope and lists what a parameter may be', () => {
    expect(text('Sigmoid.html').match(/<path class="line (strong|mark dashed)"/g)).toHaveLength(2);
    expect(text('Adam.html')).toContain('<code>CosineDecay</code>');
    expect(text('Dense.html')).toContain('<code>he_normal</code>');
    for (const part of [
      'What it does',
      'Formula',
      'Shapes',
      'Ports',
      'Parameters',
      'Typical mistakes',
      'Source',
    ])
      expect(text('Dense.html')).toContain(`<h2>${part}</h2>`);
  });
});

describe.skipIf(lacks('Chromium', chromium !== null))('the index of the help', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-help-'));
  let browser: Browser | null = null;
  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  it('finds blocks by other words that people use, and says where there is none', async () => {
    for (const { name, text } of helpFiles(pages)) writeFileSync(path.join(folder, name), text);
    browser = await openBrowser();
    const page = await browser.newPage();
    await page.goto(pathToFileURL(path.join(folder, 'index.html')).href);
    const shown = () => page.locator('tr:visible a').allTextContents();
    await page.keyboard.type('fully connected');
    expect(await shown()).toContain('Dense');
    expect(await shown()).not.toContain('Conv2D');
    await page.getByRole('searchbox').fill('no such thing');
    expect(await shown()).toEqual([]);
    expect(await page.getByText('No block has these words.').isVisible()).toBe(true);
    await page.getByRole('searchbox').fill('');
    expect(await shown()).toHaveLength(pages.length);
    await page.getByRole('link', { name: 'LSTM', exact: true }).click();
    expect(await page.getByRole('heading', { level: 1 }).textContent()).toBe('LSTM');
    expect(await page.getByRole('img').count()).toBe(1);
  });
});
