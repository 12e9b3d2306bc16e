/** Help pages: every block says what it does, its shapes, its parameters, what goes wrong, and where that is from. */
import { describe, expect, it } from 'vitest';
import { catalogue, definitionOf } from '../../shared/blocks/catalogue';
import { helpFiles } from '../../shared/help/html';
import { helpPage } from '../../shared/help/page';

const pages = Object.values(catalogue).map(helpPage);
/** Blocks of these kinds compute something, which a formula says. */
const COMPUTE = ['layer', 'loss', 'optimizer'];

describe.each(pages.map((page) => [page.type, page] as const))('the help of %s', (type, page) => {
  const kind = definitionOf(type)?.behaviour.kind ?? '';

  it('has its parts', () => {
    expect(page.summary).toMatch(/\.$/);
    expect([...page.what, ...page.shapes].length).toBeGreaterThan(0);
    expect(page.mistakes.length).toBeGreaterThan(0);
    for (const mistake of page.mistakes) expect(mistake).toMatch(/^["`\p{Lu}\d].*[.)`]$/su);
    expect(page.source).not.toBe('');
    if (COMPUTE.includes(kind)) expect([...page.what, ...page.shapes].join(' ')).toContain('`');
    if (kind === 'layer') expect(page.shapes.length).toBeGreaterThan(0);
  });

  it('explains each parameter and what it may be', () => {
    for (const { help, values, usual } of page.parameters) {
      expect(help).not.toBe('');
      expect(values).not.toBe('');
      expect(usual).not.toBe('');
    }
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
    for (const { text: html } of files) {
      expect(html).toContain('prefers-color-scheme: dark');
      for (const tag of ['section', 'table', 'ul', 'p', 'code', 'tr', 'td'])
        expect(html.split(`<${tag}>`).length + html.split(`<${tag} `).length - 1).toBe(
          html.split(`</${tag}>`).length,
        );
      expect(html).not.toMatch(/>undefined|>NaN|\[object|<script/);
    }
  });

  it('draws activations with their slope and lists what a parameter may be', () => {
    expect(text('Sigmoid.html').match(/<path class="line/g)).toHaveLength(2);
    expect(text('Adam.html')).toContain('<code>CosineDecay</code>');
    expect(text('Dense.html')).toContain('<code>he_normal</code>');
    expect(text('Dense.html')).toContain('<h2>Typical mistakes</h2>');
  });
});
