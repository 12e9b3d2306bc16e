/** Owns what is known of a network between the phases: data and shapes by block. Rules read it and change nothing. */
import type { Inference, LossKind } from '../blocks/block';
import type { BlockId } from '../document/document';
import type { ColumnFacts, DataFacts } from '../document/facts';
import type { Dtype } from './dtypes';
import { linksTo, needsOf, type Graph, type Node } from './graph';
import type { Shape } from './shape';

export interface Network {
  graph: Graph;
  /** The data that leave a data block or preparation. */
  facts: Map<BlockId, DataFacts>;
  /** Which rows, in which parts: equal where two dataset wires can be read side by side. */
  rows: Map<BlockId, string>;
  /** What leaves an Input or a layer. */
  shapes: Map<BlockId, Shape>;
  /** What kind of number leaves an Input or a layer. */
  dtypes: Map<BlockId, Dtype>;
  /** What arrives at a layer or loss, by port; filled where all of it is known. */
  arriving: Map<BlockId, Record<string, Shape[]>>;
  /** Layers whose output has steps after the batch axis, for sure. */
  sequences: Set<BlockId>;
  inferences: Map<BlockId, Inference>;
  /** Columns that an Input reads, or the label column of a loss, and behind it that of its weights. */
  columns: Map<BlockId, readonly ColumnFacts[]>;
  /** Nodes with an error of their own, and all that depend on one: they are not blamed again. */
  broken: Set<BlockId>;
  /** Nodes that something was said of while data and shapes were found. */
  remarked: Set<BlockId>;
  /** Blocks about which something may be known now that was not known before; null: all of them. */
  touched: Set<BlockId> | null;
  /** Losses that a Train block makes smaller, and everything that they need. */
  live: Set<Node>;
}

/** What is known of the machine that is to train. */
export interface Machine {
  /** Bytes that a training may take. */
  memory: number;
}

export const lossesOf = (graph: Graph, train: Node): Node[] =>
  linksTo(train, 'loss').flatMap((link) => graph.nodes.get(link.from.block) ?? []);

/** What a loss is given and asked; the labels or a setting may decide it. null for other blocks. */
export function lossKindOf({ columns }: Network, { id, definition, values }: Node): LossKind | null {
  const { behaviour } = definition;
  if (behaviour.kind !== 'loss') return null;
  const label = columns.get(id)?.at(0);
  const { labels, task } = { ...behaviour, ...(label && behaviour.ofLabel?.(label, values)) };
  return { labels, task };
}

type Kind = Node['definition']['behaviour']['kind'];

const sorted = new WeakMap<readonly Node[], Map<Kind, Node[]>>();

/** In the order of computation. Nearly every rule asks, so the nodes of a graph are sorted once. */
export function nodesOfKind({ order }: Graph, kind: Kind): readonly Node[] {
  const known = sorted.get(order) ?? new Map<Kind, Node[]>();
  if (!sorted.has(order)) {
    sorted.set(order, known);
    for (const node of order) {
      const others = known.get(node.definition.behaviour.kind);
      if (others) others.push(node);
      else known.set(node.definition.behaviour.kind, [node]);
    }
  }
  return known.get(kind) ?? [];
}

/** Train blocks as they take their turns: by stage, then by id, in which 10 comes after 9. */
export const trainsInOrder = (graph: Graph): Node[] =>
  [...nodesOfKind(graph, 'train')].sort(
    (a, b) =>
      Number(a.values.stage) - Number(b.values.stage) || a.id.localeCompare(b.id, 'en', { numeric: true }),
  );

/** Train blocks of the same stage, where there are several. */
export function alternating({ graph }: Network): [Node, ...Node[]][] {
  const stages = new Map<number, Node[]>();
  for (const train of trainsInOrder(graph)) {
    const stage = Number(train.values.stage);
    stages.set(stage, [...(stages.get(stage) ?? []), train]);
  }
  return [...stages.values()].filter((trains): trains is [Node, ...Node[]] => trains.length > 1);
}

/** The losses of a Train block and everything that they need. */
export function trainedBy(graph: Graph, train: Node): Set<Node> {
  const needed = lossesOf(graph, train).map((loss) => needsOf(graph, loss));
  return needed.length === 1 ? needed[0] : new Set(needed.flatMap((nodes) => [...nodes]));
}

export function liveNodes(graph: Graph): Set<Node> {
  const trained = nodesOfKind(graph, 'train').map((train) => trainedBy(graph, train));
  return trained.length === 1 ? trained[0] : new Set(trained.flatMap((nodes) => [...nodes]));
}

/** Required ports without a wire. */
export const openInputs = (node: Node): string[] =>
  node.ports.inputs
    .filter((port) => !port.optional && linksTo(node, port.name).length === 0)
    .map((port) => port.name);
