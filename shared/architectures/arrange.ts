/**
 * Owns where the blocks of a drawn-up network stand: columns in the order of computation, folded into rows as a text is,
 * branches below each other. The window arranges more finely; this needs no fonts.
 */
import type { Block, BlockId, Point, Wire, WireId } from '../document/document';

/** The widest block has 208, and a wire needs room to be seen; a composite block with two ports a side is 118 high. */
const COLUMN = 240;
const LANE = 128;
const ROW_GAP = 48;
const FEWEST_PER_ROW = 4;

type Network = { blocks: Record<BlockId, Block>; wires: Record<WireId, Wire> };

/** How many blocks stand before each on the longest way to it; what nothing feeds stands just before its reader. */
function columnsOf({ blocks, wires }: Network): Map<BlockId, number> {
  const all = Object.values(wires);
  const columns = new Map<BlockId, number>(Object.keys(blocks).map((id) => [id, 0]));
  const fed = new Set(all.map(({ to }) => to.block));
  for (let round = 0, changed = true; changed && round <= all.length; round++) {
    changed = false;
    for (const { from, to } of all) {
      const least = (columns.get(from.block) ?? 0) + 1;
      if ((columns.get(to.block) ?? 0) >= least) continue;
      columns.set(to.block, least);
      changed = true;
    }
  }
  for (const id of columns.keys()) {
    const readers = all.filter(({ from }) => from.block === id).map(({ to }) => columns.get(to.block) ?? 0);
    if (!fed.has(id) && readers.length > 0) columns.set(id, Math.max(0, Math.min(...readers) - 1));
  }
  return columns;
}

/** The blocks of each column; a block keeps the lane of what feeds it where that is free. */
function lanesOf({ blocks, wires }: Network, columns: ReadonlyMap<BlockId, number>): Map<BlockId, number> {
  const lanes = new Map<BlockId, number>();
  const taken = new Set<string>();
  const order = Object.keys(blocks).sort((a, b) => (columns.get(a) ?? 0) - (columns.get(b) ?? 0));
  for (const id of order) {
    const before = Object.values(wires).find(({ to }) => to.block === id);
    let lane = before && Object.values(wires).filter(({ to }) => to.block === id).length === 1
      ? (lanes.get(before.from.block) ?? 0)
      : 0; // prettier-ignore
    while (taken.has(`${columns.get(id)} ${lane}`)) lane += 1;
    taken.add(`${columns.get(id)} ${lane}`);
    lanes.set(id, lane);
  }
  return lanes;
}

/**
 * So many columns side by side that the rows fill a window, in which the network can still be read, and are about
 * equally long: a last row of one block would draw its wires back across all others.
 */
function squarish({ blocks }: Network, columns: number): number {
  const perRow = Math.max(FEWEST_PER_ROW, Math.ceil(Math.sqrt(Object.keys(blocks).length)));
  return Math.ceil(columns / Math.max(1, Math.round(columns / perRow)));
}

/** The places of all blocks with at most `perRow` columns side by side. */
export function arranged(network: Network, wanted?: number): Map<BlockId, Point> {
  const columns = columnsOf(network);
  const perRow = wanted ?? squarish(network, Math.max(0, ...columns.values()) + 1);
  const lanes = lanesOf(network, columns);
  const rowOf = (id: BlockId) => Math.floor((columns.get(id) ?? 0) / perRow);
  const heights: number[] = [];
  for (const id of Object.keys(network.blocks))
    heights[rowOf(id)] = Math.max(heights[rowOf(id)] ?? 0, ((lanes.get(id) ?? 0) + 1) * LANE);
  const top = (row: number) =>
    heights.slice(0, row).reduce((sum, height) => sum + (height ?? 0) + ROW_GAP, 0);
  return new Map(
    Object.keys(network.blocks).map((id) => [
      id,
      { x: ((columns.get(id) ?? 0) % perRow) * COLUMN, y: top(rowOf(id)) + (lanes.get(id) ?? 0) * LANE },
    ]),
  );
}
