/** Owns how a wire of the document becomes a link between two nodes, and what is said where it cannot be one. */
import type { Port, PortKind } from '../blocks/block';
import type { BlockId, Document, Endpoint, Wire, WireId } from '../document/document';
import { compareIds, sortedEntries } from '../document/ids';
import type { Diagnostic } from './diagnostic';
import type { Graph, Link, Node } from './graph';

const KIND_WORDS: Record<PortKind, string> = {
  tensor: 'a tensor',
  dataset: 'data',
  loss: 'a loss',
  optimizer: 'an optimizer',
  metric: 'metrics',
};

const findPort = (ports: readonly Port[], name: string) => ports.find((port) => port.name === name);

/** The kind of both its ends; null where an end is missing or they are of different kinds. */
export function kindOfWire({ nodes }: Pick<Graph, 'nodes'>, { from, to }: Wire): PortKind | null {
  const output = findPort(nodes.get(from.block)?.ports.outputs ?? [], from.port);
  const input = findPort(nodes.get(to.block)?.ports.inputs ?? [], to.port);
  return output && output.kind === input?.kind ? output.kind : null;
}

/** The port takes one wire only, and has it. */
export const isTaken = ({ ports, inputs }: Node, name: string): boolean =>
  inputs.has(name) && findPort(ports.inputs, name)?.many !== true;

const links = new WeakMap<Wire, Link>();

/** The same object for the same wire, so that nodes can be told to be wired as before. */
export function linkOf(id: WireId, wire: Wire, kind: PortKind): Link {
  const known = links.get(wire);
  if (known?.kind === kind && known.wires[0] === id) return known;
  const link: Link = { from: wire.from, to: wire.to, kind, wires: [id] };
  links.set(wire, link);
  return link;
}

export function arrive({ inputs }: Node, link: Link) {
  const others = inputs.get(link.to.port);
  if (others) others.push(link);
  else inputs.set(link.to.port, [link]);
}

/** Every wire that a node is tied by. */
export const wiresOf = (node: Node | undefined): WireId[] =>
  node ? [...node.inputs.values(), node.outputs].flatMap((tied) => tied.flatMap(({ wires }) => wires)) : [];

/** Every wire of the document with an end at one of the blocks, whether that is a node or not. */
export const wiresAt = ({ wires }: Pick<Document, 'wires'>, blocks: ReadonlySet<BlockId>): WireId[] =>
  blocks.size === 0
    ? []
    : Object.keys(wires).filter((id) => blocks.has(wires[id].from.block) || blocks.has(wires[id].to.block));

/** In the order in which the wires were drawn. */
export function tieWires(graph: Graph, diagnostics: Diagnostic[]) {
  for (const [id, wire] of sortedEntries(graph.document.wires)) {
    const kind = kindOfWire(graph, wire);
    const target = graph.nodes.get(wire.to.block);
    if (kind !== null && target && !isTaken(target, wire.to.port)) {
      tie(graph, linkOf(id, wire, kind));
      continue;
    }
    const problem = wireProblem(graph, wire);
    if (problem) reportWire(graph, id, wire, problem, diagnostics);
  }
}

export function tie({ nodes }: Graph, link: Link) {
  const to = nodes.get(link.to.block);
  if (!to) return;
  arrive(to, link);
  nodes.get(link.from.block)?.outputs.push(link);
}

export function untie({ nodes }: Graph, link: Link) {
  const to = nodes.get(link.to.block);
  const others = (to?.inputs.get(link.to.port) ?? []).filter((other) => other !== link);
  if (others.length > 0) to?.inputs.set(link.to.port, others);
  else to?.inputs.delete(link.to.port);
  const from = nodes.get(link.from.block);
  if (from) from.outputs = from.outputs.filter((other) => other !== link);
}

const lastWire = (link: Link) => link.wires[link.wires.length - 1];

/** As the last wires of the links were drawn. */
export function sortLinks({ nodes }: Graph, { block, port }: Endpoint) {
  nodes
    .get(block)
    ?.inputs.get(port)
    ?.sort((a, b) => compareIds(lastWire(a), lastWire(b)));
}

const isThere = ({ blocks }: Document, id: BlockId): boolean => Object.hasOwn(blocks, id);

/** One of its ends is switched off, so that the wire lies there and means nothing. */
export const endsAtMuted = (document: Document, { from, to }: Wire): boolean =>
  [from, to].every(({ block }) => isThere(document, block)) &&
  [from, to].some(({ block }) => document.blocks[block].mode === 'muted');

/** null where one of the ends takes no part: a muted block, or one that was reported already. */
function endsOf(graph: Graph, wire: Wire): { from: Node; to: Node } | null {
  const from = graph.nodes.get(wire.from.block);
  const to = graph.nodes.get(wire.to.block);
  if (from && to) return { from, to };
  if (to && !endsAtMuted(graph.document, wire)) graph.broken.add(to.id);
  return null;
}

function wireProblem(graph: Graph, wire: Wire): string | null {
  for (const { block } of [wire.from, wire.to])
    if (!isThere(graph.document, block)) return `A wire ends at "${block}", which is not there.`;
  const ends = endsOf(graph, wire);
  if (!ends) return null;
  const output = findPort(ends.from.ports.outputs, wire.from.port);
  const input = findPort(ends.to.ports.inputs, wire.to.port);
  if (!output) return `${ends.from.label} has no output called "${wire.from.port}".`;
  if (!input) return `${ends.to.label} has no input called "${wire.to.port}".`;
  if (output.kind !== input.kind)
    return `${ends.to.label} takes ${KIND_WORDS[input.kind]} at "${input.name}", but ${ends.from.label} gives ${KIND_WORDS[output.kind]}.`;
  return `${ends.to.label} takes one wire at "${input.name}"; there are several.`;
}

function reportWire(graph: Graph, id: WireId, wire: Wire, problem: string, diagnostics: Diagnostic[]) {
  const block = [wire.to.block, wire.from.block].find((end) => isThere(graph.document, end)) ?? null;
  graph.wrongWires.add(id);
  diagnostics.push({
    code: 'graph/wire',
    severity: 'error',
    block,
    port: block === wire.to.block ? wire.to.port : null,
    message: problem,
    why: 'Such a wire cannot be drawn; the file was changed by another program or comes from another version.',
    fixes: [{ label: 'Remove the wire', edit: { kind: 'remove-wire', id } }],
  });
}
