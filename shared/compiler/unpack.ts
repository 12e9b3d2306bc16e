/** Owns taking a composite block apart: its blocks come out, with the values that its parameters had set. */
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
import { nextId, nextWireIds, sortedEntries } from '../document/ids';
import { innerParameters, REPEAT, valuesIn } from './composites';

/** A wire of the unpacked network; `id` where one outside goes on under its own. */
interface Edge extends Wire {
  id?: WireId;
}

interface Copy {
  names: ReadonlyMap<BlockId, BlockId>;
  blocks: readonly [BlockId, Block][];
}

const GAP = 64;
const BLOCK_WIDTH = 160;

function widthOf(composite: Composite): number {
  const xs = Object.values(composite.blocks).map(({ position }) => position.x);
  return xs.length === 0 ? 0 : Math.max(...xs) - Math.min(...xs) + BLOCK_WIDTH;
}

/** The blocks inside under new ids; junctions at the ports are only names and stay behind. */
function copyOf(
  composite: Composite,
  instance: Block,
  taken: { blocks: Record<BlockId, unknown> },
  at: Point,
): Copy {
  const sets = innerParameters(composite, instance.params);
  const positions = Object.values(composite.blocks).map(({ position }) => position);
  const left = Math.min(...positions.map(({ x }) => x));
  const middle = positions.reduce((sum, { y }) => sum + y, 0) / Math.max(1, positions.length);
  const names = new Map<BlockId, BlockId>();
  const blocks = sortedEntries(composite.blocks).map(([id, block]): [BlockId, Block] => {
    const name = nextId(taken as Pick<Document, 'blocks'>, block.type);
    taken.blocks[name] = block;
    names.set(id, name);
    const { x, y } = block.position;
    const position = { x: at.x + x - left, y: at.y + Math.round((y - middle) / 8) * 8 };
    return [name, { ...block, params: { ...block.params, ...sets.get(id) }, position }];
  });
  return { names, blocks };
}

const key = ({ block, port }: Endpoint) => `${block} ${port}`;

/** Joins what comes to a junction with what leaves it. */
function without(edges: readonly Edge[], junction: BlockId): Edge[] {
  const arriving = edges.filter(({ to }) => to.block === junction);
  const kept = edges.filter(({ to }) => to.block !== junction);
  return kept.flatMap((edge): Edge[] =>
    edge.from.block === junction ? arriving.map(({ from }) => ({ ...edge, from })) : [edge],
  );
}

function edgesOf(document: Document, id: BlockId, composite: Composite, copies: readonly Copy[]): Edge[] {
  const inner = ({ names }: Copy, end: Endpoint): Endpoint => ({
    ...end,
    block: names.get(end.block) ?? end.block,
  });
  const first = copies[0];
  const last = copies[copies.length - 1];
  const outside = sortedEntries(document.wires).flatMap(([wire, { from, to }]): Edge[] => {
    if (to.block === id && Object.hasOwn(composite.ports.inputs, to.port))
      return [{ id: wire, from, to: inner(first, composite.ports.inputs[to.port]) }];
    if (from.block === id && Object.hasOwn(composite.ports.outputs, from.port))
      return [{ id: wire, from: inner(last, composite.ports.outputs[from.port]), to }];
    return [];
  });
  const inside = copies.flatMap((copy) =>
    sortedEntries(composite.wires).map(([, { from, to }]): Edge => ({
      from: inner(copy, from),
      to: inner(copy, to),
    })),
  );
  const [input] = Object.values(composite.ports.inputs);
  const [output] = Object.values(composite.ports.outputs);
  const between = copies
    .slice(1)
    .map((copy, i): Edge => ({ from: inner(copies[i], output), to: inner(copy, input) }));
  return [...outside, ...inside, ...between];
}

/** The junctions that stand for ports, in a copy. */
const portJunctions = (composite: Composite, { names }: Copy): BlockId[] =>
  [...Object.values(composite.ports.inputs), ...Object.values(composite.ports.outputs)].flatMap(
    ({ block }) =>
      Object.hasOwn(composite.blocks, block) && composite.blocks[block].type === 'Junction'
        ? (names.get(block) ?? [])
        : [],
  );

/** What lies to the right makes room for what comes out. */
function makeRoom(document: Document, id: BlockId, width: number): Edit[] {
  const { x } = document.blocks[id].position;
  const moved = Object.entries(document.blocks).filter(
    ([other, { position }]) => other !== id && position.x > x,
  );
  if (moved.length === 0 || width <= BLOCK_WIDTH) return [];
  const shift = Math.round((width - BLOCK_WIDTH) / 16) * 16;
  const positions = moved.map(
    ([other, { position }]) => [other, { ...position, x: position.x + shift }] as const,
  );
  return [{ kind: 'move', positions: Object.fromEntries(positions) }];
}

/** The edit that puts the blocks inside in the place of the block, and the blocks that came out; null where it is no composite. */
export function unpack(document: Document, id: BlockId): { edit: Edit; blocks: BlockId[] } | null {
  const instance = Object.hasOwn(document.blocks, id) ? document.blocks[id] : undefined;
  if (!instance || !Object.hasOwn(document.composites, instance.type)) return null;
  const composite = document.composites[instance.type];
  const repeat = Math.max(1, Number(valuesIn(document.composites, instance)[REPEAT] ?? 1));
  const width = widthOf(composite) + GAP;
  const taken = { blocks: { ...document.blocks } as Record<BlockId, unknown> };
  const copies = Array.from({ length: repeat }, (_, i) =>
    copyOf(composite, instance, taken, { x: instance.position.x + i * width, y: instance.position.y }),
  );
  const junctions = new Set(copies.flatMap((copy) => portJunctions(composite, copy)));
  const edges = [...junctions].reduce(without, edgesOf(document, id, composite, copies));
  const blocks = copies.flatMap((copy) => copy.blocks).filter(([name]) => !junctions.has(name));
  const free = nextWireIds(document, edges.length);
  const used = new Set<WireId>();
  const wires = [...new Map(edges.map((edge) => [`${key(edge.from)} ${key(edge.to)}`, edge])).values()]
    .filter(({ from, to }) => !junctions.has(from.block) && !junctions.has(to.block))
    .map(({ id: own, from, to }): Edit => {
      const name = own !== undefined && !used.has(own) ? own : (free.shift() ?? '');
      used.add(name);
      return { kind: 'add-wire', id: name, wire: { from, to } };
    });
  const edits: Edit[] = [
    removeBlocks(document, [id]),
    ...makeRoom(document, id, width * repeat),
    ...blocks.map(([name, block]): Edit => ({ kind: 'add-block', id: name, block })),
    ...wires,
  ];
  return { edit: { kind: 'batch', label: 'Unpack', edits }, blocks: blocks.map(([name]) => name) };
}
