import { describe, expect, it } from 'vitest';
import { laneFor, runsThrough, type Box } from '../../renderer/canvas/lane';
import { laneOf, roundedPath, wirePath } from '../../renderer/canvas/wire-path';
import { shiftInto } from '../../renderer/canvas/shift';
import { inWireOrder } from '../../renderer/canvas/wire-order';
import { emptyDocument, type Block, type Document } from '../../shared/document/document';

const block = (x: number, y: number): Block => ({
  type: 'ReLU',
  version: 1,
  title: '',
  params: {},
  position: { x, y },
});
const wire = (from: string, to: string) => ({
  from: { block: from, port: 'output' },
  to: { block: to, port: 'input' },
});
const documentOf = (blocks: Document['blocks'], wires: Document['wires']): Document => ({
  ...emptyDocument('test-document', '0'),
  blocks,
  wires,
});

describe('the order in which Tab visits blocks', () => {
  it('follows the wires, not the places', () => {
    const document = documentOf(
      { c: block(0, 0), a: block(900, 0), b: block(400, 0) },
      { w1: wire('a', 'b'), w2: wire('b', 'c') },
    );
    expect(inWireOrder(document)).toEqual(['a', 'b', 'c']);
  });

  it('goes from left to right where the wires leave a choice', () => {
    expect(inWireOrder(documentOf({ z: block(0, 0), y: block(200, 0), x: block(0, 100) }, {}))).toEqual([
      'z',
      'x',
      'y',
    ]);
  });

  it('names every block once, also in a loop and with wires to blocks that are gone', () => {
    const document = documentOf(
      { a: block(0, 0), b: block(1, 0), c: block(2, 0) },
      { w1: wire('a', 'b'), w2: wire('b', 'a'), w3: wire('gone', 'c') },
    );
    expect(inWireOrder(document).sort()).toEqual(['a', 'b', 'c']);
  });
});

describe('the line of a wire', () => {
  const ends = { sourceX: 100, sourceY: 42, targetX: 300, targetY: 42 };

  it('is straight between level ports', () => {
    expect(laneOf([], ends)).toBeNull();
    expect(laneOf([], { ...ends, targetX: 130 })).toBeNull();
    expect(wirePath(ends, null).path).toBe('M100,42L300,42');
  });

  it('goes round a block that stands between level ports', () => {
    const between: Box = { x: 160, y: 0, width: 80, height: 72 };
    expect(runsThrough([between], ends)).toBe(true);
    const lane = laneOf([between], ends);
    expect(lane === null || (lane > -8 && lane < 80)).toBe(false);
  });

  it('runs back between two rows and not through their blocks', () => {
    const rows: Box[] = [
      { x: 600, y: 0, width: 100, height: 72 },
      { x: 0, y: 150, width: 100, height: 72 },
      { x: 200, y: 150, width: 100, height: 72 },
    ];
    const lane = laneFor(rows, { sourceX: 700, sourceY: 42, targetX: 0, targetY: 192 });
    expect(lane).toBeGreaterThan(80);
    expect(lane).toBeLessThan(142);
  });

  it('has corners that are never wider than the pieces beside them', () => {
    expect(
      roundedPath([
        { x: 0, y: 0 },
        { x: 10, y: 0 },
        { x: 10, y: 8 },
      ]),
    ).toBe('M0,0L6,0Q10,0 10,4L10,8');
  });
});

describe('moving the view to see a block', () => {
  it('moves no further than needed and not at all for what can be seen', () => {
    expect(shiftInto(100, 50, 40, 400)).toBe(0);
    expect(shiftInto(380, 50, 40, 400)).toBe(-30);
    expect(shiftInto(-100, 50, 40, 400)).toBe(140);
  });

  it('shows the beginning of what is larger than the view', () => {
    expect(shiftInto(300, 900, 40, 400)).toBe(-260);
  });
});
