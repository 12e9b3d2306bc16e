/**
 * Works out the small drawing of a network from its document: blocks in rows and columns as they lie on the canvas, without
 * the gaps between them. Document in, boxes and lines out.
 */
import type { PortKind } from '../../shared/blocks/block';
import type { Document } from '../../shared/document/document';
import { definitionOfBlock, portOf } from '../state/blocks';

export interface DrawnBox {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
  category: string;
}
export interface DrawnWire {
  id: string;
  path: string;
  kind: PortKind;
}
export interface Drawing {
  boxes: DrawnBox[];
  wires: DrawnWire[];
}

/** Blocks whose places differ by less than this stand in one column, or in one row. */
const SAME_COLUMN = 60;
const SAME_ROW = 40;

/** Which group of values that lie together each value belongs to. */
function groupsOf(values: readonly number[], closer: number): { groups: number[]; count: number } {
  const starts: number[] = [];
  for (const value of [...values].sort((a, b) => a - b))
    if (starts.length === 0 || value - starts[starts.length - 1] >= closer) starts.push(value);
  return {
    groups: values.map((value) => starts.filter((start) => start <= value).length - 1),
    count: starts.length,
  };
}

const HOLDS_WEIGHTS: ReadonlySet<string> = new Set(['Core', 'Convolution', 'Composite']);

/** Upper edge and height of each row: the rows of the network itself are twice as high as those below it. */
function rowsOf(groups: readonly number[], count: number, categories: readonly string[], height: number) {
  const shares = Array.from({ length: count }, (_, row) =>
    groups.some((group, i) => group === row && HOLDS_WEIGHTS.has(categories[i])) ? 2 : 1,
  );
  const unit =
    height /
    Math.max(
      1,
      shares.reduce((sum, share) => sum + share, 0),
    );
  return shares.map((share, row) => ({
    top: unit * shares.slice(0, row).reduce((sum, one) => sum + one, 0),
    height: unit * share,
  }));
}

/** Share of its place that a block fills: what holds weights is large, what only passes values on is small. */
const FILL: Readonly<Record<string, readonly [number, number]>> = {
  Data: [0.86, 0.8],
  Preparation: [0.56, 0.5],
  Core: [0.62, 0.9],
  Convolution: [0.86, 0.9],
  Pooling: [0.44, 0.6],
  Sequence: [0.8, 0.7],
  Activation: [0.34, 0.5],
  Normalization: [0.4, 0.6],
  Regularization: [0.34, 0.5],
  Tensor: [0.4, 0.5],
  Merge: [0.4, 0.5],
  Loss: [0.6, 0.5],
  Optimizer: [0.6, 0.5],
  Training: [0.86, 0.6],
  Composite: [0.86, 0.9],
};
/** A place is never wider or higher than this: three blocks are not three walls. */
const LARGEST = { width: 40, height: 46 };

/** How far a wire goes from a box before it turns. */
const TURN = 3;

/** Leaves to the right, arrives from the left. A wire that runs back turns at corners, above the box that it goes to. */
function wirePath(from: DrawnBox, to: DrawnBox): string {
  const x1 = from.x + from.width;
  const y1 = from.y + from.height / 2;
  const y2 = to.y + to.height / 2;
  if (to.x < x1) return `M${x1} ${y1}h${TURN}V${to.y - TURN}H${to.x - TURN}V${y2}h${TURN}`;
  const reach = Math.max(5, (to.x - x1) / 2);
  return `M${x1} ${y1}C${x1 + reach} ${y1} ${to.x - reach} ${y2} ${to.x} ${y2}`;
}

export function drawingOf({ blocks, wires, composites }: Document, width: number, height: number): Drawing {
  const all = Object.entries(blocks);
  const categories = all.map(([, block]) => definitionOfBlock(block, composites)?.category ?? '');
  const columns = groupsOf(
    all.map(([, block]) => block.position.x),
    SAME_COLUMN,
  );
  const lines = groupsOf(
    all.map(([, block]) => block.position.y),
    SAME_ROW,
  );
  const rows = rowsOf(lines.groups, lines.count, categories, height);
  const column = width / Math.max(1, columns.count);
  const boxes = all.map(([id], i): DrawnBox => {
    const row = rows[lines.groups[i]];
    const [fillX, fillY] = FILL[categories[i]] ?? [0.6, 0.6];
    const size = {
      width: Math.max(4, Math.min(LARGEST.width, column * 0.78) * fillX),
      height: Math.max(4, Math.min(LARGEST.height, row.height * 0.78) * fillY),
    };
    const centre = { x: (columns.groups[i] + 0.5) * column, y: row.top + row.height / 2 };
    return {
      id,
      category: categories[i],
      ...size,
      x: centre.x - size.width / 2,
      y: centre.y - size.height / 2,
    };
  });
  const byId = new Map(boxes.map((drawn) => [drawn.id, drawn]));
  return {
    boxes,
    wires: Object.entries(wires).flatMap(([id, { from, to }]): DrawnWire[] => {
      const start = byId.get(from.block);
      const end = byId.get(to.block);
      if (!start || !end) return [];
      const kind = portOf(blocks[from.block], 'output', from.port, composites)?.kind ?? 'tensor';
      return [{ id, path: wirePath(start, end), kind }];
    }),
  };
}
