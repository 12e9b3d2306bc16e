/** Owns making a composite block of some blocks: wires that cross the border become ports, ids inside stay as they were. */
import type { Port } from '../blocks/block';
import type {
  Block,
  BlockId,
  Composite,
  Document,
  Endpoint,
  Point,
  Wire,
  WireId,
} from '../document/document';
import { removeBlocks, type Edit } from '../document/edits';
import { nextId, nextWireIds, snakeCase, sortedEntries } from '../document/ids';
import { fail, ok, type Result } from '../result';
import { definitionIn, portsIn } from './composites';
import { titleOf } from './connect';
import { newBlock } from './insert';

/** Room between the blocks inside and the junctions left and right of them, and between two junctions. */
const MARGIN = 192;
const ROW = 80;

export interface Grouped {
  edit: Edit;
  /** The new block, and the composite that it is made of. */
  block: BlockId;
  composite: string;
}

type Side = 'inputs' | 'outputs';
interface Crossing {
  wire: WireId;
  inner: Endpoint;
  outer: Endpoint;
}
interface NewPort {
  name: string;
  kind: Port['kind'];
  /** Ends inside; for an output only one. */
  ends: Endpoint[];
  crossings: Crossing[];
}

const key = ({ block, port }: Endpoint) => `${block} ${port}`;

function refusal(document: Document, inside: ReadonlySet<BlockId>): string | null {
  if (inside.size === 0) return 'Select the blocks that belong together first.';
  for (const id of inside) {
    const { behaviour } = definitionIn(document.composites, document.blocks[id].type) ?? {};
    if (behaviour?.kind === 'source')
      return `${titleOf(document, id)} reads data and stays outside of composite blocks. Select the blocks after it.`;
  }
  const between = blockBetween(document, inside);
  return between === null
    ? null
    : `${titleOf(document, between)} lies on a way out of the selection and back into it. Select it too.`;
}

/** A block outside that the blocks feed and that feeds them: around it a composite would be a loop. */
function blockBetween({ wires }: Document, inside: ReadonlySet<BlockId>): BlockId | null {
  const walk = (next: (wire: Wire) => [BlockId, BlockId]): Set<BlockId> => {
    const onward = new Map<BlockId, BlockId[]>();
    for (const wire of Object.values(wires)) {
      const [here, there] = next(wire);
      onward.set(here, [...(onward.get(here) ?? []), there]);
    }
    const found = new Set<BlockId>();
    const queue = [...inside];
    for (let here = queue.pop(); here !== undefined; here = queue.pop())
      for (const there of onward.get(here) ?? [])
        if (!inside.has(there) && !found.has(there)) {
          found.add(there);
          queue.push(there);
        }
    return found;
  };
  const after = walk(({ from, to }) => [from.block, to.block]);
  const before = walk(({ from, to }) => [to.block, from.block]);
  return [...after].find((id) => before.has(id)) ?? null;
}

/** One input for every outer source, one output for every inner one. */
function crossings(document: Document, inside: ReadonlySet<BlockId>, side: Side): Crossing[][] {
  const groups = new Map<string, Crossing[]>();
  for (const [id, { from, to }] of sortedEntries(document.wires)) {
    const [inner, outer] = side === 'inputs' ? [to, from] : [from, to];
    if (!inside.has(inner.block) || inside.has(outer.block)) continue;
    const group = key(from);
    groups.set(group, [...(groups.get(group) ?? []), { wire: id, inner, outer }]);
  }
  return [...groups.values()];
}

/** Ports of the blocks inside that have no wire at all: they show outside where nothing crosses the border there. */
function looseEnds(document: Document, inside: ReadonlySet<BlockId>, side: Side): Endpoint[] {
  const wires = Object.values(document.wires);
  return [...inside].flatMap((id) =>
    (portsIn(document.composites, document.blocks[id])?.[side] ?? [])
      .filter(({ optional }) => !optional)
      .map(({ name }) => ({ block: id, port: name }))
      .filter((end) => !wires.some(({ from, to }) => key(side === 'inputs' ? to : from) === key(end))),
  );
}

function portsOfGroup(document: Document, inside: ReadonlySet<BlockId>, side: Side): NewPort[] {
  const crossing = crossings(document, inside, side).map((group) => ({
    ends: side === 'inputs' ? group.map(({ inner }) => inner) : [group[0].inner],
    crossings: group,
  }));
  const found =
    crossing.length > 0
      ? crossing
      : looseEnds(document, inside, side).map((end) => ({ ends: [end], crossings: [] }));
  const taken = new Set<string>();
  return found.map(({ ends, crossings: group }) => {
    const [{ block, port }] = ends;
    const kind = portsIn(document.composites, document.blocks[block])?.[side].find(
      ({ name }) => name === port,
    )?.kind;
    const name = nextId({ blocks: {} }, port === 'inputs' ? 'input' : port, taken);
    taken.add(name);
    return { name, kind: kind ?? 'tensor', ends, crossings: group };
  });
}

const boxOf = (positions: readonly Point[]) => ({
  left: Math.min(...positions.map(({ x }) => x)),
  right: Math.max(...positions.map(({ x }) => x)),
  top: Math.min(...positions.map(({ y }) => y)),
  bottom: Math.max(...positions.map(({ y }) => y)),
});

interface Inside {
  composite: Composite;
  /** By the side and name of the port. */
  junctions: Map<string, BlockId>;
}

function compositeOf(
  document: Document,
  inside: ReadonlySet<BlockId>,
  ports: Record<Side, NewPort[]>,
  title: string,
): Inside {
  const box = boxOf([...inside].map((id) => document.blocks[id].position));
  const blocks: Record<BlockId, Block> = {};
  for (const id of inside) {
    const { x, y } = document.blocks[id].position;
    blocks[id] = { ...document.blocks[id], position: { x: x - box.left + MARGIN, y: y - box.top } };
  }
  const wires = Object.fromEntries(
    Object.entries(document.wires).filter(
      ([, { from, to }]) => inside.has(from.block) && inside.has(to.block),
    ),
  );
  const junctions = new Map<string, BlockId>();
  const ends: Composite['ports'] = { inputs: {}, outputs: {} };
  for (const side of ['inputs', 'outputs'] as const)
    ports[side].forEach(({ name, kind, ends: inner, crossings: crossing }, i) => {
      const id = nextId({ blocks }, name);
      const x = side === 'inputs' ? 0 : box.right - box.left + 2 * MARGIN;
      const y = (box.bottom - box.top) / 2 + (i - (ports[side].length - 1) / 2) * ROW;
      blocks[id] = { ...newBlock('Junction', { x, y }, kind === 'tensor' ? {} : { kind }), title: name };
      ends[side][name] = { block: id, port: side === 'inputs' ? 'input' : 'output' };
      junctions.set(`${side} ${name}`, id);
      // A wire that came in keeps its id inside, and with it its place among the wires of the block that it goes to.
      const ids =
        side === 'inputs' && crossing.length > 0
          ? crossing.map(({ wire }) => wire)
          : nextWireIds({ wires: { ...wires, ...document.wires } }, inner.length);
      inner.forEach((end, n) => {
        wires[ids[n]] =
          side === 'inputs'
            ? { from: { block: id, port: 'output' }, to: end }
            : { from: end, to: { block: id, port: 'input' } };
      });
    });
  return { composite: { title, blocks, wires, ports: ends, exposed: {} }, junctions };
}

/** An id for a composite that is no block type and no other composite. */
export function compositeId(document: Document, title: string): string {
  const wanted = snakeCase(title.trim().replace(/\s+/g, '_')) || 'composite';
  const isFree = (id: string) => definitionIn(document.composites, id) === undefined;
  if (isFree(wanted)) return wanted;
  let n = 2;
  while (!isFree(`${wanted}_${n}`)) n += 1;
  return `${wanted}_${n}`;
}

/** Puts the blocks into a new composite, in whose place one block stands. Codes: `composite/blocks`. */
export function group(document: Document, ids: readonly BlockId[], title: string): Result<Grouped> {
  const inside = new Set(ids.filter((id) => Object.hasOwn(document.blocks, id)));
  const reason = refusal(document, inside);
  if (reason !== null) return fail('composite/blocks', reason);
  const ports = {
    inputs: portsOfGroup(document, inside, 'inputs'),
    outputs: portsOfGroup(document, inside, 'outputs'),
  };
  const { composite } = compositeOf(document, inside, ports, title);
  const id = compositeId(document, title);
  const kept = {
    blocks: Object.fromEntries(Object.entries(document.blocks).filter(([other]) => !inside.has(other))),
  };
  const block = nextId(kept, id);
  const wires = [
    ...ports.inputs.flatMap(({ name, crossings: [first] }): [WireId, Wire][] =>
      first ? [[first.wire, { from: first.outer, to: { block, port: name } }]] : [],
    ),
    ...ports.outputs.flatMap(({ name, crossings: all }) =>
      all.map(({ wire, outer }): [WireId, Wire] => [wire, { from: { block, port: name }, to: outer }]),
    ),
  ];
  // Where the wires arrive a person looks for the new block.
  const first = ports.inputs.at(0)?.ends[0].block ?? [...inside][0];
  const { position } = document.blocks[first];
  const edits: Edit[] = [
    { kind: 'set-composite', id, composite },
    removeBlocks(document, [...inside]),
    { kind: 'add-block', id: block, block: newBlock(id, position) },
    ...wires.map(([wire, value]): Edit => ({ kind: 'add-wire', id: wire, wire: value })),
  ];
  return ok({ edit: { kind: 'batch', label: `Group into ${title}`, edits }, block, composite: id });
}
