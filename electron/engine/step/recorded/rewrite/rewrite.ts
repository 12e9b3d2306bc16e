/** Owns how rules change a recorded graph: each node is offered to each rule, and what nothing needs any more is left out. */
import { Graph, only, type GraphNode, type Ref } from '../graph';

/**
 * Looks at a node whose inputs are already rewritten. Answers what stands in its place, having added new nodes to the
 * graph, or null where it does not apply. Only for nodes with one output.
 */
export type Rule = (node: GraphNode, graph: Graph) => Ref | null;

export interface Rewritten {
  graph: Graph;
  roots: Ref[];
}

/** `roots` are what is wanted of the graph; their places after the rewriting are answered in the same order. */
export function rewrite(graph: Graph, roots: readonly Ref[], rules: readonly Rule[]): Rewritten {
  const result = new Graph(`${graph.scope}/rewritten`);
  const replaced = new Map<Ref, Ref>();
  const resolve = (ref: Ref): Ref => replaced.get(ref) ?? ref;
  for (const original of graph) {
    const node = { ...original, inputs: original.inputs.map(resolve) };
    const replacement = node.outputs.length === 1 ? applied(rules, node, result) : null;
    if (replacement === null) result.insert(node);
    else replaced.set(node.name, replacement);
  }
  const ends = roots.map(resolve);
  return { graph: only(result, ends), roots: ends };
}

function applied(rules: readonly Rule[], node: GraphNode, graph: Graph): Ref | null {
  for (const rule of rules) {
    const replacement = rule(node, graph);
    if (replacement !== null) return replacement;
  }
  return null;
}
