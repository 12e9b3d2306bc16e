/**
 * From a document to a plan, in five phases, after the blocks of composites were put in their place. Every diagnostic is
 * collected; nothing is thrown, whatever the document holds. The same document and facts always give the same answer.
 */
import type { Document } from '../document/document';
import { assemble } from './assemble';
import type { Compilation } from './compilation';
import type { Diagnostic } from './diagnostic';
import { expand } from './expand';
import type { Graph } from './graph';
import { inferShapes, lacksData } from './infer-shapes';
import { inline } from './inline';
import { liveNodes, type Network } from './network';
import { drawnDiagnostics, withDroppedWires, withInstances } from './outward';
import { resolveData, type FactsByBlock } from './resolve-data';
import { blockResults, bySeverity, totalsOf, wireResults } from './results';
import { CODES, lint } from './rules';

export function compile(document: Document, facts: FactsByBlock = document.facts): Compilation {
  const inlined = inline(document);
  const { graph, diagnostics: ofBlocksAndWires } = expand(inlined.document);
  const network = emptyNetwork(graph);
  const ofData = resolveData(network, facts);
  const ofShapes = inferShapes(network);
  const found: Diagnostic[] = [...inlined.diagnostics, ...ofBlocksAndWires, ...ofData, ...ofShapes];
  const diagnostics = drawnDiagnostics(document, inlined, bySeverity([...found, ...lint(network)]));

  const totals = totalsOf(network);
  const hasErrors = diagnostics.some(({ severity }) => severity === 'error');
  return {
    plan: hasErrors || lacksData(network) ? null : assemble(network, totals),
    diagnostics,
    blocks: withInstances(inlined, blockResults(network, diagnostics), diagnostics),
    wires: withDroppedWires(document, wireResults(network, diagnostics)),
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
