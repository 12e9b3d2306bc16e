/**
 * From a document to a plan, in five phases. Every diagnostic is collected; nothing is thrown, whatever the document
 * holds. The same document and facts always give the same answer.
 */
import type { Document } from '../document/document';
import { assemble } from './assemble';
import type { Compilation } from './compilation';
import type { Diagnostic } from './diagnostic';
import { expand } from './expand';
import type { Graph } from './graph';
import { inferShapes } from './infer-shapes';
import { liveNodes, type Network } from './network';
import { resolveData, type FactsByBlock } from './resolve-data';
import { blockResults, bySeverity, totalsOf, wireResults } from './results';
import { CODES, lint } from './rules';

export function compile(document: Document, facts: FactsByBlock = document.facts): Compilation {
  const { graph, diagnostics: ofBlocksAndWires } = expand(document);
  const network = emptyNetwork(graph);
  const ofData = resolveData(network, facts);
  const ofShapes = inferShapes(network);
  const found: Diagnostic[] = [...ofBlocksAndWires, ...ofData, ...ofShapes];
  const diagnostics = bySeverity([...found, ...lint(network)]);

  const totals = totalsOf(network);
  const hasErrors = diagnostics.some(({ severity }) => severity === 'error');
  return {
    plan: hasErrors ? null : assemble(network, totals),
    diagnostics,
    blocks: blockResults(network, diagnostics),
    wires: wireResults(network, diagnostics),
    totals,
    checks: Object.keys(CODES).length,
  };
}

const emptyNetwork = (graph: Graph): Network => ({
  graph,
  facts: new Map(),
  rows: new Map(),
  shapes: new Map(),
  arriving: new Map(),
  sequences: new Set(),
  inferences: new Map(),
  columns: new Map(),
  broken: new Set(graph.broken),
  live: liveNodes(graph),
});
