/** The colours of both themes can be told from their grounds: text 4.5 : 1, marks 3 : 1 (WCAG 2.1, 1.4.3 and 1.4.11). */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const css = readFileSync(path.resolve(import.meta.dirname, '../../renderer/theme/tokens.css'), 'utf8');

function tokensOf(theme: 'dark' | 'light'): Readonly<Record<string, string>> {
  const [, body] = new RegExp(`html\\.${theme} \\{([^}]*)\\}`).exec(css) ?? [];
  return Object.fromEntries(
    [...body.matchAll(/--([\w-]+): (#[\da-f]{6});/g)].map(([, name, colour]) => [name, colour]),
  );
}

/** Of a colour #rrggbb, from 0 (black) to 1 (white). */
function luminance(colour: string): number {
  const [r, g, b] = [1, 3, 5]
    .map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(a: string, b: string): number {
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const GROUNDS = ['canvas', 'panel', 'block', 'raised', 'sunken'];
const KINDS = ['k-tensor', 'k-dataset', 'k-loss', 'k-optimizer', 'k-metric'];
const TEXT: readonly (readonly [string, readonly string[]])[] = [
  ...['ink', 'ink-2', 'ink-3'].map((ink) => [ink, GROUNDS] as const),
  ['accent', ['canvas', 'panel', 'block']],
  ['on-accent', ['accent-fill', 'accent-fill-hover']],
  ['accent-soft-ink', ['accent-soft']],
  ['error', ['panel', 'block', 'error-soft']],
  ['warn', ['panel', 'block', 'canvas', 'warn-soft']],
  ['ok', ['panel', 'block', 'ok-soft']],
  ['ink', ['note', 'm0', 'diag', 'e1', 'e2', 'e3', 'e4']],
];
const MARKS: readonly (readonly [string, readonly string[]])[] = [
  ...KINDS.map((kind) => [kind, ['canvas', 'block', 'panel']] as const),
  ['edge', GROUNDS],
  ['accent', GROUNDS],
  ['pos', ['panel', 'block']],
  ['neg', ['panel', 'block']],
  ['error', ['canvas']],
];

describe.each(['dark', 'light'] as const)('the %s theme', (theme) => {
  const tokens = tokensOf(theme);
  const pairs = (list: typeof TEXT) =>
    list.flatMap(([colour, grounds]) => grounds.map((ground): [string, string] => [colour, ground]));

  it.each(pairs(TEXT))('lets %s be read on %s', (colour, ground) => {
    expect(contrast(tokens[colour], tokens[ground])).toBeGreaterThanOrEqual(4.5);
  });

  it.each(pairs(MARKS))('lets %s be seen on %s', (colour, ground) => {
    expect(contrast(tokens[colour], tokens[ground])).toBeGreaterThanOrEqual(3);
  });
});
