/** The example projects open, compile without a remark and are laid out so that they can be read. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { compile } from '../../shared/compiler/compile';
import { loadDocument, saveText } from '../../shared/document/load';

const folder = path.resolve(import.meta.dirname, '../../assets/examples');
const names = readdirSync(folder).filter((name) => name.endsWith('.axon'));
const [WIDTH, HEIGHT, CANVAS, GRID] = [144, 72, 928, 8];

it('there are the eleven of the start page', () => {
  expect(names.sort()).toEqual(
    [
      'dcgan-digits',
      'digits-cnn',
      'digits-lstm',
      'housing',
      'iris',
      'mnist-cnn',
      'mnist-mlp',
      'moons',
      'reviews',
      'waves',
      'xor',
    ].map((name) => `${name}.axon`),
  );
});

describe.each(names)('%s', (name) => {
  const text = readFileSync(path.join(folder, name), 'utf8');
  const loaded = loadDocument(text, name);
  if (!loaded.ok) throw new Error(loaded.problem.message);
  const { value: document } = loaded;

  it('compiles without errors or warnings', () => {
    const { diagnostics, plan } = compile(document);
    expect(diagnostics.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    expect(plan?.trainers.length).toBe(name.startsWith('dcgan') ? 2 : 1);
  });

  it('is written as the application writes it', () => {
    expect(saveText(document)).toBe(text);
  });

  it('has blocks on a grid that do not touch, and a note that says what to look at', () => {
    const boxes = [
      ...Object.values(document.blocks).map(({ position }) => ({
        ...position,
        width: WIDTH,
        height: HEIGHT,
      })),
      ...Object.values(document.notes).map(({ position, width, height }) => ({ ...position, width, height })),
    ];
    for (const box of boxes) {
      expect([box.x % GRID, box.y % GRID]).toEqual([0, 0]);
      expect(box.x + box.width).toBeLessThanOrEqual(CANVAS);
      const others = boxes.filter((other) => other !== box);
      const touching = others.filter(
        (o) =>
          o.x < box.x + box.width &&
          box.x < o.x + o.width &&
          o.y < box.y + box.height &&
          box.y < o.y + o.height,
      );
      expect(touching).toEqual([]);
    }
    expect(Object.values(document.notes)[0].text.length).toBeGreaterThan(80);
  });

  it('finds its table beside it, or says where to get the data', () => {
    for (const { params } of Object.values(document.blocks)) {
      if (typeof params.path === 'string') expect(existsSync(path.join(folder, params.path))).toBe(true);
      if (typeof params.folder === 'string') expect(Object.values(document.notes)[0].text).toContain('LeCun');
    }
  });
});
