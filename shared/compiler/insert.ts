/** Owns edits that put a block into a wire or take one out of it, with room on the canvas. */
import { definitionOf } from '../blocks/catalogue';
import type { Port } from '../blocks/block';
import type { Block, BlockId, Document, Json, Point, Wire, WireId } from '../document/document';
import type { Edit } from '../document/edits';
import { removeBlocks } from '../document/edits';
import { compareIds, nextId, nextWireIds, sortedEntries } from '../document/ids';
import { portsIn } from './composites';
import { firstOfKind, portsOf } from './connect';

/** Distance between blocks of a row, and how far apart two blocks must be to take a third between them. */
const COLUMN = 184;
const ROOM = 2 * 160;
const SAME_ROW = 48;
const GRID = 16;

export const newBlock = (type: string, position: Point, params: Record<string, Json> = {}): Block => ({
  type,
  version: definitionOf(type)?.version ?? 1,
  title: '',
  params,
  position,
});

const snap = (value: number) => Math.round(value / GRID) * GRID;

/** A place after `from` in its row; what stands in the way there is moved to the right. */
function makeRoom(document: Document, from: BlockId, to: BlockId): { position: Point; moves: Edit[] } {
  const [a, b] = [document.blocks[from].position, document.blocks[to].position];
  const sameRow = Math.abs(a.y - b.y) <= SAME_ROW && b.x > a.x;
  if (sameRow && b.x - a.x >= ROOM) return { position: { x: snap((a.x + b.x) / 2), y: a.y }, moves: [] };
  const position = { x: a.x + COLUMN, y: a.y };
  const inTheWay = Object.entries(document.blocks).filter(
    ([id, { position: p }]) => id !== from && Math.abs(p.y - a.y) <= SAME_ROW && p.x > a.x,
  );
  const isBlocked = inTheWay.some(([, { position: p }]) => p.x < a.x + 2 * COLUMN - GRID);
  if (!isBlocked) return { position, moves: [] };
  const positions = Object.fromEntries(
    inTheWay.map(([id, { position: p }]) => [id, { x: p.x + COLUMN, y: p.y }]),
  );
  return { position, moves: [{ kind: 'move', positions }] };
}

interface Insertion {
  type: string;
  params?: Record<string, Json>;
  label?: string;
}

/** The input and the output by which a block of this type can stand in such a wire. */
function passage(
  document: Document,
  wire: Wire,
  { type, params = {} }: Insertion,
): { input: Port; output: Port } | null {
  const ports = portsIn(document.composites, { type, params });
  const kind = portsOf(document, wire.from.block)?.outputs.find((port) => port.name === wire.from.port)?.kind;
  if (!ports || !kind || !Object.hasOwn(document.blocks, wire.to.block)) return null;
  const [input, output] = [firstOfKind(ports.inputs, kind), firstOfKind(ports.outputs, kind)];
  return input && output ? { input, output } : null;
}

/**
 * Puts a new block into wires that come from the same output; all of them then come from the new block. Null where a
 * block of this type cannot stand there. The new block's id is `nextId(document, type)`.
 */
export function insertOnWires(
  document: Document,
  wireIds: readonly WireId[],
  insertion: Insertion,
): Edit | null {
  const wires = wireIds.flatMap((id) =>
    Object.hasOwn(document.wires, id) ? [{ id, wire: document.wires[id] }] : [],
  );
  if (wires.length === 0) return null;
  const { from, to } = wires[0].wire;
  const way = passage(document, wires[0].wire, insertion);
  if (!way) return null;
  const id = nextId(document, insertion.type);
  const [first, ...others] = nextWireIds(document, wires.length + 1);
  const { position, moves } = makeRoom(document, from.block, to.block);
  return {
    kind: 'batch',
    label: insertion.label ?? `Insert ${insertion.type}`,
    edits: [
      ...moves,
      ...wires.map((wire): Edit => ({ kind: 'remove-wire', id: wire.id })),
      { kind: 'add-block', id, block: newBlock(insertion.type, position, insertion.params) },
      { kind: 'add-wire', id: first, wire: { from, to: { block: id, port: way.input.name } } },
      ...wires.map(({ wire }, i): Edit => ({
        kind: 'add-wire',
        id: others[i],
        wire: { from: { block: id, port: way.output.name }, to: wire.to },
      })),
    ],
  };
}

/** Puts a new block into one wire: what a drop on the wire does. */
export const insertOnWire = (
  document: Document,
  wireId: WireId,
  type: string,
  params?: Record<string, Json>,
): Edit | null => insertOnWires(document, [wireId], { type, params });

const wiresWhere = (document: Document, isMeant: (wire: Wire) => boolean): WireId[] =>
  sortedEntries(document.wires)
    .filter(([, wire]) => isMeant(wire))
    .map(([id]) => id);

/** Puts a new block before an input port. */
export function insertBefore(
  document: Document,
  id: BlockId,
  port: string,
  insertion: Insertion,
): Edit | null {
  const [wire] = wiresWhere(document, ({ to }) => to.block === id && to.port === port);
  return wire === undefined ? null : insertOnWires(document, [wire], insertion);
}

/** Puts a new block after an output port, before everything that reads it. */
export function insertAfter(
  document: Document,
  id: BlockId,
  port: string,
  insertion: Insertion,
): Edit | null {
  const wires = wiresWhere(document, ({ from }) => from.block === id && from.port === port);
  return insertOnWires(document, wires, insertion);
}

/** Follows wires back through blocks that go away, to an output that stays. */
function sourceThatStays(document: Document, gone: ReadonlySet<BlockId>, wire: Wire): Wire['from'] | null {
  const seen = new Set<BlockId>();
  let from = wire.from;
  while (gone.has(from.block)) {
    if (seen.has(from.block)) return null;
    seen.add(from.block);
    const ports = portsOf(document, from.block);
    const kind = ports?.outputs.find((port) => port.name === from.port)?.kind;
    const input = ports && kind ? firstOfKind(ports.inputs, kind) : undefined;
    const [before] = wiresWhere(document, ({ to }) => to.block === from.block && to.port === input?.name);
    if (input === undefined || before === undefined) return null;
    from = document.wires[before].from;
  }
  return from;
}

/** Deletes blocks and joins what they stood between, where input and output are of one kind. */
export function removeReconnecting(document: Document, ids: readonly BlockId[]): Edit {
  const gone = new Set(ids);
  const leaving = wiresWhere(document, ({ from, to }) => gone.has(from.block) && !gone.has(to.block));
  const joined = leaving.flatMap((id) => {
    const from = sourceThatStays(document, gone, document.wires[id]);
    return from ? [{ from, to: document.wires[id].to }] : [];
  });
  const wireIds = nextWireIds(document, joined.length);
  const removal = removeBlocks(document, [...gone].sort(compareIds));
  return {
    kind: 'batch',
    label: 'Delete and reconnect',
    edits: [removal, ...joined.map((wire, i): Edit => ({ kind: 'add-wire', id: wireIds[i], wire }))],
  };
}
