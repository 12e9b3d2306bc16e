/** Owns what canvas and inspector show for each block and wire, derived from the phases. */
import type { PortKind } from '../blocks/block';
import { definitionOf, valuesOf } from '../blocks/catalogue';
import type { BlockId, Document, Wire, WireId } from '../document/document';
import type { BlockResult, WireResult } from './compilation';
import { BYTES, costOf, NO_COST } from './costs';
import type { Diagnostic, Severity } from './diagnostic';
import { sourceBehind } from './expand';
import { isKind } from './graph';
import { leavesShape } from './infer-shapes';
import { maskedIn } from './masked';
import { wiresAt, wiresOf } from './links';
import type { Network } from './network';
import { optimizerSlots } from './optimizer-memory';
import type { Plan } from './plan';
import type { Shape } from './shape';

const ORDER: Record<Severity, number> = { error: 0, warning: 1, hint: 2 };

/** Errors first; inside a severity in the order in which they were found: along the wires. */
export const bySeverity = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  [...diagnostics].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);

/** What is shown of blocks and wires. An entry that is as before is the same object, and need not be drawn again. */
export interface Results {
  blocks: Record<BlockId, BlockResult>;
  wires: Record<WireId, WireResult>;
  /** Blocks that a diagnostic belongs to. */
  said: ReadonlySet<BlockId>;
  /** Blocks whose output has a mask. */
  masked: ReadonlySet<BlockId>;
  /** How many arrays of their own size the optimizers keep for the weights of blocks. */
  slots: ReadonlyMap<BlockId, number>;
}

const NONE: Results = {
  blocks: {},
  wires: {},
  said: new Set(),
  masked: new Set(),
  slots: new Map(),
};

/** The record before with other answers for these ids; the very same one where the answers are the same. */
function answers<A>(
  ids: Iterable<string>,
  before: Readonly<Record<string, A>>,
  there: Readonly<Record<string, unknown>>,
  answer: (id: string, was: A | undefined) => A,
): Record<string, A> {
  const changed = new Map<string, A>();
  const gone: string[] = [];
  for (const id of ids) {
    const was = Object.hasOwn(before, id) ? before[id] : undefined;
    if (!Object.hasOwn(there, id)) {
      if (was !== undefined) gone.push(id);
      continue;
    }
    const is = answer(id, was);
    if (is !== was) changed.set(id, is);
  }
  if (changed.size + gone.length === 0) return before;
  const after = { ...before, ...Object.fromEntries(changed) };
  for (const id of gone) delete after[id];
  return after;
}

/** Blocks of which something else may be known now, and the wires at them: of all of them, `touched` is null. */
function lookedAt(
  network: Network,
  before: Results,
  now: Pick<Results, 'said' | 'masked' | 'slots'>,
): { blocks: Set<BlockId>; wires: Set<WireId> } {
  const { document, edit } = network.graph;
  if (network.touched === null || edit === null)
    return {
      blocks: new Set([...Object.keys(before.blocks), ...Object.keys(document.blocks)]),
      wires: new Set([...Object.keys(before.wires), ...Object.keys(document.wires)]),
    };
  const blocks = new Set([
    ...network.touched,
    ...edit.blocks,
    ...now.said,
    ...before.said,
    ...differing(now.masked, before.masked),
    ...unlike(now.slots, before.slots),
  ]);
  const wires = new Set(edit.wires);
  const others = new Set<BlockId>();
  for (const id of blocks) {
    const node = network.graph.nodes.get(id);
    if (node) wiresOf(node).forEach((wire) => wires.add(wire));
    else if (Object.hasOwn(document.blocks, id)) others.add(id);
  }
  for (const wire of wiresAt(document, others)) wires.add(wire);
  return { blocks, wires };
}

const differing = (a: ReadonlySet<BlockId>, b: ReadonlySet<BlockId>): BlockId[] =>
  a === b ? [] : [...[...a].filter((id) => !b.has(id)), ...[...b].filter((id) => !a.has(id))];

const unlike = (a: Results['slots'], b: Results['slots']): BlockId[] =>
  a === b
    ? []
    : [...[...b.keys()].filter((id) => !a.has(id)), ...[...a.keys()].filter((id) => a.get(id) !== b.get(id))];

/** No wire, no Train block and no optimizer is another one than before. */
const keepsSlots = ({ graph, touched }: Network): boolean =>
  touched !== null &&
  graph.edit?.isRewired === false &&
  [...touched].every((id) => {
    const node = graph.nodes.get(id);
    return node === undefined || !isKind(node, 'train', 'optimizer');
  });

export function resultsOf(
  network: Network,
  diagnostics: readonly Diagnostic[],
  before: Results = NONE,
): Results {
  const { document, wrongWires } = network.graph;
  const worst = new Map<BlockId, Severity>();
  for (const { block, severity } of bySeverity(diagnostics))
    if (block !== null && !worst.has(block)) worst.set(block, severity);
  const blamed = new Set(
    diagnostics
      .filter(({ severity, code }) => severity === 'error' && code.startsWith('shape/'))
      .map(({ block, port }) => `${block} ${port}`),
  );
  const now = {
    said: new Set(worst.keys()),
    masked: maskedIn(network).blocks,
    slots: keepsSlots(network) ? before.slots : optimizerSlots(network),
  };
  const { masked, slots } = now;
  const ids = lookedAt(network, before, now);
  return {
    ...now,
    blocks: answers(ids.blocks, before.blocks, document.blocks, (id, was) =>
      blockResult(network, id, { severity: worst.get(id) ?? null, slots: slots.get(id) ?? 0, masked }, was),
    ),
    wires: answers(ids.wires, before.wires, document.wires, (id, was) => {
      const wire = document.wires[id];
      const isBlamed = blamed.size > 0 && blamed.has(`${wire.to.block} ${wire.to.port}`);
      return wireResult(network, wire, { wrong: wrongWires.has(id) || isBlamed, masked }, was);
    }),
  };
}

const NOTHING: BlockResult['inputs'] = {};
const NO_WEIGHTS: BlockResult['weights'] = [];

interface Around {
  severity: Severity | null;
  slots: number;
  masked: ReadonlySet<BlockId>;
}

/** `before` where nothing differs from it. */
function kept<A extends object>(is: A, before: A | undefined): A {
  const isSame = before && (Object.keys(is) as (keyof A)[]).every((name) => is[name] === before[name]);
  return isSame ? before : is;
}

function blockResult(
  network: Network,
  id: BlockId,
  { severity, slots, masked }: Around,
  before: BlockResult | undefined,
): BlockResult {
  const source = sourceBehind(network.graph, { block: id, port: '' });
  const output = (source === null ? undefined : network.shapes.get(source)) ?? null;
  const inference = network.inferences.get(id);
  const cost = inference ? costOf(inference) : NO_COST;
  const result: BlockResult = {
    inputs: network.arriving.get(id) ?? NOTHING,
    output,
    facts: (source === null ? undefined : network.facts.get(source)) ?? null,
    weights: inference?.weights ?? NO_WEIGHTS,
    parameters: cost.parameters,
    trainableParameters: cost.trainableParameters,
    multiplyAdds: cost.multiplyAdds,
    outputBytes: output ? cost.outputBytes : 0,
    activationBytes: cost.activationBytes,
    optimizerBytes: BYTES * cost.trainableParameters * slots,
    dtype: (source === null ? undefined : network.dtypes.get(source)) ?? null,
    masked: source !== null && masked.has(source),
    severity,
  };
  return kept(result, before);
}

/** Of what trains; of every layer that is understood, while nothing trains yet. */
export function totalsOf(network: Network): Plan['totals'] {
  const totals = { parameters: 0, trainableParameters: 0, multiplyAdds: 0, activationBytes: 0 };
  const nodes = network.live.size > 0 ? network.live : network.graph.order;
  for (const { id } of nodes) {
    const inference = network.inferences.get(id);
    if (!inference) continue;
    const cost = costOf(inference);
    totals.parameters += cost.parameters;
    totals.trainableParameters += cost.trainableParameters;
    totals.multiplyAdds += cost.multiplyAdds;
    totals.activationBytes += cost.activationBytes;
  }
  return totals;
}

export const optimizerBytes = (blocks: Results['blocks']): number =>
  Object.values(blocks).reduce((sum, block) => sum + block.optimizerBytes, 0);

function kindOf(document: Document, wire: Wire): PortKind {
  const ends = [
    { end: wire.from, side: 'outputs' },
    { end: wire.to, side: 'inputs' },
  ] as const;
  for (const { end, side } of ends) {
    const block = Object.hasOwn(document.blocks, end.block) ? document.blocks[end.block] : undefined;
    const definition = block && definitionOf(block.type);
    const port = block && definition?.ports(valuesOf(block))[side].find(({ name }) => name === end.port);
    if (port) return port.kind;
  }
  return 'tensor';
}

/** Shapes that were compared already, by what came in. */
const leaving = new WeakMap<BlockResult['inputs'], { shape: Shape; unchanged: boolean }>();

function isUnchanged(inputs: BlockResult['inputs'], shape: Shape): boolean {
  const known = leaving.get(inputs);
  if (known?.shape === shape) return known.unchanged;
  const unchanged = leavesShape(Object.values(inputs).flat(), shape);
  leaving.set(inputs, { shape, unchanged });
  return unchanged;
}

function wireResult(
  { graph, shapes, dtypes, arriving }: Network,
  wire: Wire,
  { wrong, masked }: { wrong: boolean; masked: ReadonlySet<BlockId> },
  before: WireResult | undefined,
): WireResult {
  const { block } = wire.from;
  const port = graph.nodes.get(block)?.ports.outputs.find(({ name }) => name === wire.from.port);
  const kind = port?.kind ?? kindOf(graph.document, wire);
  const source = kind === 'tensor' ? sourceBehind(graph, wire.from) : null;
  const shape = (source === null ? undefined : shapes.get(source)) ?? null;
  const unchanged =
    shape !== null && (source !== block || isUnchanged(arriving.get(block) ?? NOTHING, shape));
  const dtype = (source === null ? undefined : dtypes.get(source)) ?? null;
  return kept(
    { kind, shape, dtype, masked: source !== null && masked.has(source), unchanged, wrong },
    before,
  );
}
