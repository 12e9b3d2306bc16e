/** Owns what canvas and inspector show for each block and wire, derived from the phases. */
import type { PortKind } from '../blocks/block';
import { definitionOf, valuesOf } from '../blocks/catalogue';
import type { BlockId, Document, Wire } from '../document/document';
import type { BlockResult, WireResult } from './compilation';
import type { Diagnostic, Severity } from './diagnostic';
import { sourceBehind } from './expand';
import { leavesShape } from './infer-shapes';
import { Memory } from './memory';
import type { Network } from './network';
import type { Plan } from './plan';
import { valuesPerSample } from './shape';

const BYTES = 4;
const ORDER: Record<Severity, number> = { error: 0, warning: 1, hint: 2 };

/** Errors first; inside a severity in the order in which they were found: along the wires. */
export const bySeverity = (diagnostics: readonly Diagnostic[]): Diagnostic[] =>
  [...diagnostics].sort((a, b) => ORDER[a.severity] - ORDER[b.severity]);

export function blockResults(
  network: Network,
  diagnostics: readonly Diagnostic[],
): Record<BlockId, BlockResult> {
  const worst = new Map<BlockId, Severity>();
  for (const { block, severity } of bySeverity(diagnostics))
    if (block !== null && !worst.has(block)) worst.set(block, severity);
  return Object.fromEntries(
    Object.keys(network.graph.document.blocks).map((id) => [
      id,
      blockResult(network, id, worst.get(id) ?? null),
    ]),
  );
}

function blockResult(network: Network, id: BlockId, severity: Severity | null): BlockResult {
  const source = sourceBehind(network.graph, { block: id, port: '' });
  const output = (source === null ? undefined : network.shapes.get(source)) ?? null;
  const inference = network.inferences.get(id);
  const arriving = network.arriving.get(id);
  const facts = (source === null ? undefined : network.facts.get(source)) ?? null;
  const { params } = network.graph.document.blocks[id];
  return blocks.of(params, id, [output, inference, arriving, facts, severity], () => ({
    inputs: arriving ?? {},
    output,
    facts,
    weights: inference?.weights ?? [],
    parameters: countOf(inference?.weights ?? []),
    multiplyAdds: inference?.multiplyAdds ?? 0,
    outputBytes: output && inference ? BYTES * (valuesPerSample(output) ?? 0) : 0,
    severity,
  }));
}

const blocks = new Memory<BlockResult>();
const wires = new Memory<WireResult>();

const countOf = (weights: readonly { shape: readonly number[] }[]) =>
  weights.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);

/** Of what trains; of every layer that is understood, while nothing trains yet. */
export function totalsOf(network: Network): Plan['totals'] {
  const totals = { parameters: 0, trainableParameters: 0, multiplyAdds: 0, activationBytes: 0 };
  const nodes = network.live.size > 0 ? network.live : network.graph.order;
  for (const { id } of nodes) {
    const inference = network.inferences.get(id);
    if (!inference) continue;
    totals.parameters += countOf(inference.weights);
    totals.trainableParameters += countOf(inference.weights.filter(({ trainable }) => trainable));
    totals.multiplyAdds += inference.multiplyAdds;
    totals.activationBytes += BYTES * (valuesPerSample(inference.shape) ?? 0);
  }
  return totals;
}

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

export function wireResults(
  network: Network,
  diagnostics: readonly Diagnostic[],
): Record<string, WireResult> {
  const { document, wrongWires } = network.graph;
  const blamed = new Set(
    diagnostics
      .filter(({ severity, code }) => severity === 'error' && code.startsWith('shape/'))
      .map(({ block, port }) => `${block} ${port}`),
  );
  return Object.fromEntries(
    Object.entries(document.wires).map(([id, wire]) => {
      const port = network.graph.nodes
        .get(wire.from.block)
        ?.ports.outputs.find(({ name }) => name === wire.from.port);
      const kind = port?.kind ?? kindOf(document, wire);
      const source = sourceBehind(network.graph, wire.from);
      const shape = (kind === 'tensor' && source !== null ? network.shapes.get(source) : undefined) ?? null;
      const arriving = network.arriving.get(wire.from.block) ?? null;
      const isBypassed = source !== wire.from.block;
      const wrong = wrongWires.has(id) || (blamed.size > 0 && blamed.has(`${wire.to.block} ${wire.to.port}`));
      const result = wires.of(wire, id, [kind, shape, arriving, isBypassed, wrong], () => ({
        kind,
        shape,
        unchanged: shape !== null && (isBypassed || leavesShape(Object.values(arriving ?? {}).flat(), shape)),
        wrong,
      }));
      return [id, result];
    }),
  );
}
