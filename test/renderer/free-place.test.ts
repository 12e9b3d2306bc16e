// @vitest-environment jsdom
/** What a fix adds lies on no other block, as large as blocks really are. */
import { describe, expect, it, vi } from 'vitest';
import { withRoom } from '../../renderer/canvas/free-place';
import { boxesOf } from '../../renderer/canvas/geometry';
import { compile } from '../../shared/compiler/compile';
import { apply } from '../../shared/document/edits';
import { draw } from '../shared/draw';

// jsdom draws no text: widths are then estimated.
vi.spyOn(HTMLCanvasElement.prototype, 'getContext').mockReturnValue(null);

describe('a fix that adds a block', () => {
  it('finds room beside a loss with two ports, which is taller than a layer', () => {
    const drawing = draw()
      .place('Input', {}, { id: 'input' })
      .place('MeanSquaredError', {}, { id: 'loss' })
      .place('Train', {}, { id: 'train' })
      .wire('input', 'loss')
      .wire('loss', 'train');
    const moved = apply(drawing.document, {
      kind: 'move',
      positions: { input: { x: 0, y: 0 }, loss: { x: 240, y: 0 }, train: { x: 456, y: 0 } },
    });
    const fix = compile(moved)
      .diagnostics.flatMap(({ fixes }) => fixes)
      .find(({ label }) => label === 'Insert Adam');
    if (!fix) throw new Error('nothing offers an optimizer');
    const after = withRoom(moved, fix.edit).reduce(apply, moved);
    const boxes = boxesOf(after.blocks);
    expect(boxes).toHaveLength(4);
    for (const [i, a] of boxes.entries())
      for (const b of boxes.slice(i + 1))
        expect(
          a.x >= b.x + b.width || b.x >= a.x + a.width || a.y >= b.y + b.height || b.y >= a.y + a.height,
        ).toBe(true);
  });
});
