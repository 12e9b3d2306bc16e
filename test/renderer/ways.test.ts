// @vitest-environment jsdom
/** Wires that have nothing to do with each other can be told apart, and labels can be read. */
import { describe, expect, it, vi } from 'vitest';
import { clearOf, waysOf } from '../../renderer/canvas/ways';
import { templateOf, documentOf } from '../../shared/architectures/templates';
import type { Document } from '../../shared/document/document';

// jsdom draws no text: widths are then estimated.
vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);

function drawing(name: string): Document {
  const template = templateOf(name);
  if (!template) throw new Error(`there is no ${name}`);
  return documentOf(template);
}

describe('the wires of a crowded drawing', () => {
  it('run upon each other only where they come from one output or go to one input', () => {
    const document = drawing('dcgan');
    const { upright } = waysOf(document);
    expect(upright.length).toBeGreaterThan(8);
    for (const [i, a] of upright.entries())
      for (const b of upright.slice(i + 1)) {
        const together = Math.abs(a.at - b.at) < 4 && a.start < b.end - 1 && b.start < a.end - 1;
        if (together) expect(a.from === b.from || a.to === b.to).toBe(true);
      }
  });

  it('stay where they are when nothing but a parameter changes', () => {
    const document = drawing('dcgan');
    expect(waysOf(document)).toBe(waysOf({ ...document }));
  });
});

describe('the label of a wire', () => {
  const upright = [{ wire: 'other', from: 'a/x', to: 'b/y', at: 60, start: -100, end: 100 }];
  const ends = { sourceX: 0, sourceY: 0, targetX: 110, targetY: 0 };

  it('moves aside where another wire runs through it, and not beyond its own', () => {
    expect(clearOf({ of: new Map(), upright }, 'own', { x: 55, y: 0 }, 40, ends)).toBe(35);
    expect(clearOf({ of: new Map(), upright }, 'own', { x: 55, y: 0 }, 90, ends)).toBe(55);
    expect(clearOf({ of: new Map(), upright }, 'own', { x: 20, y: 0 }, 30, ends)).toBe(20);
  });
});
