/**
 * From a document to a plan, in five phases, after the blocks of composites were put in their place. Every diagnostic is
 * collected; nothing is thrown, whatever the document holds. The same document and facts always give the same answer:
 * what is left over from the compilation before saves work and changes nothing.
 */
import type { Composites, Document } from '../document/document';
import { assemble } from './assemble';
import type { Compilation } from './compilation';
import type { Diagnostic } from './diagnostic';
import { expand } from './expand';
import type { Graph } from './graph';
import { inferShapes, lacksData } from './infer-shapes';
import { inline } from './inline';
import { liveNodes, type Machine, type Network } from './network';
import { drawnDiagnostics, withDroppedWires, withInstances } from './outward';
import { cutUp, ofWholes } from './pieces';
import { resolveData, type FactsByBlock } from './resolve-data';
import { bySeverity, optimizerBytes, resultsOf, totalsOf, type Results } from './results';
import { CODES, lint } from './rules';
import { costTooLarge } from './rules/cost-too-large';
import { carryOver } from './settled';

/** The compilation before, of the same document or one that it was edited from: edits leave its composites as they are. */
const last = new WeakMap<Composites, { network: Network; results: Results }>();

export function compile(
  document: Document,
  facts: FactsByBlock = document.facts,
  machine: Machine | null = null,
): Compilation {
  const before = last.get(document.composites);
  const inlined = inline(document);
  const cut = cutUp(inlined.document);
  const { graph, diagnostics: ofBlocksAndWires } = expand(cut.document, before?.network.graph);
  const network = emptyNetwork(graph);
  const settled = carryOver(before?.network, network);
  const ofData = resolveData(network, facts, settled);
  const ofShapes = inferShapes(network, settled);
  const found: Diagnostic[] = [
    ...inlined.diagnostics, ...ofBlocksAndWires, ...ofData, ...ofShapes, ...lint(network),
  ]; // prettier-ignore

  const totals = totalsOf(network);
  const hasErrors = found.some(({ severity }) => severity === 'error');
  const plan = hasErrors || lacksData(network) ? null : assemble(network, totals);
  if (plan && machine) found.push(...costTooLarge(plan, network, machine));
  const diagnostics = drawnDiagnostics(document, inlined, ofWholes(cut, bySeverity(found)));
  const results = resultsOf(network, diagnostics, before?.results);
  last.set(document.composites, { network, results });
  return {
    plan,
    rows: plan && (network.facts.get(plan.losses[0].dataset)?.parts ?? null),
    diagnostics,
    blocks: withInstances(inlined, results.blocks, diagnostics),
    wires: inlined.document === document ? results.wires : withDroppedWires(document, results.wires),
    totals: { ...totals, optimizerBytes: optimizerBytes(results.blocks) },
    checks: Object.keys(CODES).length,
  };
}

const emptyNetwork = (graph: Graph): Network => ({
  graph,
  facts: new Map(),
  rows: new Map(),
  shapes: new Map(),
  dtypes: new Map(),
  arriving: new Map(),
  sequences: new Set(),
  inferences: new Map(),
  columns: new Map(),
  broken: new Set(graph.broken),
  remarked: new Set(),
  touched: null,
  live: liveNodes(graph),
});
