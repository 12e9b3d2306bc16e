/** Owns the network as the compiler sees it: blocks that take part, links between them, the order in which they compute. */
import type { AnyBlockDefinition, Port, PortKind, Ports, Values } from '../blocks/block';
import type { Block, BlockId, Document, Endpoint, WireId } from '../document/document';

/** From an output to an input, through bypassed blocks where there are any. */
export interface Link {
  from: Endpoint;
  to: Endpoint;
  kind: PortKind;
  /** The wires that it runs along; the last one ends at `to`. */
  wires: readonly WireId[];
}

export interface Node {
  id: BlockId;
  block: Block;
  definition: AnyBlockDefinition;
  /** Complete and checked: a value that is out of range is replaced by its default, and the node is broken. */
  values: Values;
  ports: Ports;
  /** What sentences call it. */
  label: string;
  /** By input port, in the order in which the wires were drawn. */
  inputs: Map<string, Link[]>;
  outputs: Link[];
  /** The node whose weights it uses. */
  lender: Node | null;
  /** The nodes that use its weights. */
  borrowers: Node[];
}

export interface GraphEdit {
  /** Blocks that came, went, or are other objects. */
  blocks: readonly BlockId[];
  wires: readonly WireId[];
  /** Links or nodes came or went. */
  isRewired: boolean;
}

export interface Graph {
  document: Document;
  /** In the order of their ids. */
  nodes: Map<BlockId, Node>;
  /** Every node that is in no cycle and behind none, after the nodes that it reads. */
  order: Node[];
  /** Groups of nodes that wait for each other. */
  cycles: Node[][];
  /** Nodes that cannot be computed: wrong parameters, inputs from blocks that are not known. */
  broken: Set<BlockId>;
  /** Wires that a diagnostic blames. */
  wrongWires: Set<WireId>;
  /** The output at the other end of a bypassed block. */
  through: Map<BlockId, Endpoint | null>;
  /** Nothing was said while it was made, nothing is joined over, and no block names another one. */
  isPlain: boolean;
  /** Where it is the graph before with a few nodes replaced: what an edit did. */
  edit: GraphEdit | null;
}

export const isKind = <K extends AnyBlockDefinition['behaviour']['kind']>(
  node: Node,
  ...kinds: K[]
): boolean => (kinds as string[]).includes(node.definition.behaviour.kind);

/** A layer whose weights are to stay as they are. */
export const isFrozen = (node: Node): boolean => isKind(node, 'layer') && node.values.trainable === false;

export const linksTo = (node: Node, port: string): readonly Link[] => node.inputs.get(port) ?? [];

/** What a port reads: its own links, else those of the port that stands in for it. */
export function linksRead(node: Node, port: Port): readonly Link[] {
  const own = linksTo(node, port.name);
  const other = node.ports.inputs.find(({ name }) => name === port.instead);
  return own.length > 0 || other === undefined ? own : linksRead(node, other);
}

export const firstPort = (node: Node): string | null => node.ports.inputs[0]?.name ?? null;

/** The only or first node that feeds an input port. */
export function feeder(graph: Graph, node: Node, port: string | null = firstPort(node)): Node | null {
  const link = port === null ? undefined : linksTo(node, port)[0];
  return link ? (graph.nodes.get(link.from.block) ?? null) : null;
}

export const consumers = (graph: Graph, node: Node): Node[] =>
  node.outputs.flatMap((link) => graph.nodes.get(link.to.block) ?? []);

/** What must be computed after a node: those that read it and those that use its weights. */
export const dependents = (graph: Graph, node: Node): Node[] => [
  ...consumers(graph, node),
  ...node.borrowers,
];

/** Everything that can be reached from `starts` along `next`, the starts included. */
export function reach(starts: Iterable<Node>, next: (node: Node) => Iterable<Node>): Set<Node> {
  const found = new Set<Node>(starts);
  for (const node of found) for (const other of next(node)) found.add(other);
  return found;
}

export function predecessors(graph: Graph, node: Node): Node[] {
  const before: Node[] = node.lender ? [node.lender] : [];
  for (const links of node.inputs.values())
    for (const { from } of links) {
      const other = graph.nodes.get(from.block);
      if (other) before.push(other);
    }
  return before;
}

const feeding = new WeakMap<Graph, Map<Node, Set<Node>>>();

/** Everything that a node needs, itself included. */
export function needsOf(graph: Graph, node: Node): Set<Node> {
  const known = feeding.get(graph) ?? new Map<Node, Set<Node>>();
  feeding.set(graph, known);
  const before = known.get(node);
  if (before) return before;
  const found = new Set([node]);
  for (const { lender, inputs } of found) {
    if (lender) found.add(lender);
    for (const links of inputs.values())
      for (const { from } of links) {
        const other = graph.nodes.get(from.block);
        if (other) found.add(other);
      }
  }
  known.set(node, found);
  return found;
}
