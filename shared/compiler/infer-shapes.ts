/** Phase 3: shapes, weights and costs, in the order of computation. What stands behind an error is left open, not blamed. */
import type { Behaviour, InferenceResult, InputBehaviour, InputShape, Lender, Values } from '../blocks/block';
import { checkWeights } from '../blocks/loss/loss-weights';
import type { ColumnFacts, DataFacts } from '../document/facts';
import { columnsOfRole } from '../document/facts';
import type { Diagnostic } from './diagnostic';
import { dtypeOfColumns, dtypeOfLayer } from './dtypes';
import { diagnose } from './fixes';
import { isFrozen, linksRead, linksTo, type Link, type Node } from './graph';
import { Memory } from './memory';
import { nodesOfKind, openInputs, type Network } from './network';
import type { Settled } from './settled';
import { shapeText, type Shape } from './shape';

const readings = new Memory<ReturnType<InputBehaviour<Values>['read']>>();
const inferences = new Memory<{ arriving: Record<string, Shape[]>; result: InferenceResult }>();

export function inferShapes(network: Network, settled: Settled): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const node of network.graph.order) {
    const infer = PHASE[node.definition.behaviour.kind];
    if (!infer || settled.has(node)) continue;
    const remarks = infer(network, node);
    if (remarks.length > 0) network.remarked.add(node.id);
    found.push(...remarks);
    settled.looked(node);
  }
  return found;
}

const PHASE: Partial<Record<Behaviour<Values>['kind'], (network: Network, node: Node) => Diagnostic[]>> = {
  input: inferInput,
  layer: inferLayer,
  loss: checkLoss,
};

const factsAt = (network: Network, node: Node, port: string): DataFacts | null => {
  const [link] = linksTo(node, port);
  return link && !network.broken.has(link.from.block) ? (network.facts.get(link.from.block) ?? null) : null;
};

/** What arrives at a tensor port; null where any of it is not known. */
function arrivingAt(network: Network, links: readonly Link[]): InputShape[] | null {
  const inputs: InputShape[] = [];
  for (const { from } of links) {
    const shape = network.shapes.get(from.block);
    if (!shape || network.broken.has(from.block)) return null;
    const before = network.graph.nodes.get(from.block);
    inputs.push({
      shape,
      from: before?.label ?? from.block,
      isSequence: network.sequences.has(from.block),
      hasZeroEdge: before?.definition.type.startsWith('ZeroPadding') ?? false,
    });
  }
  return inputs;
}

function inferInput(network: Network, node: Node): Diagnostic[] {
  const { behaviour } = node.definition;
  if (behaviour.kind === 'input' && linksTo(node, node.ports.inputs[0].name).length === 0) {
    const shape = behaviour.withoutData(node.values);
    if (shape && !network.broken.has(node.id)) {
      network.shapes.set(node.id, shape);
      network.dtypes.set(node.id, 'float32');
      return [withoutData(node, shape)];
    }
  }
  const facts = factsAt(network, node, node.ports.inputs[0].name);
  if (behaviour.kind !== 'input' || !facts || network.broken.has(node.id)) {
    network.broken.add(node.id);
    return [];
  }
  const reading = readings.of(node.block.params, node.id, [facts, node.values, behaviour], () =>
    behaviour.read(facts, node.values),
  );
  if (!reading.ok) {
    network.broken.add(node.id);
    return [diagnose(network.graph, node, reading.finding)];
  }
  network.shapes.set(node.id, reading.shape);
  network.columns.set(node.id, reading.columns);
  network.dtypes.set(node.id, dtypeOfColumns(reading.columns));
  return [];
}

/** Nothing is wrong, but no plan can be made. */
const withoutData = (node: Node, shape: Shape): Diagnostic => ({
  code: 'data/none',
  severity: 'hint',
  block: node.id,
  port: node.ports.inputs[0].name,
  message: `${node.label} has a shape, ${shapeText(shape)}, but no data: the network is checked and counted, and cannot be trained yet.`,
  why: 'Wire data of this shape to it, and their labels to a loss, before Run.',
  fixes: [],
});

/** True where an Input works without data: shapes and costs are known, a plan is not. */
export const lacksData = (network: Network): boolean =>
  nodesOfKind(network.graph, 'input').some(
    (node) => network.shapes.has(node.id) && !network.columns.has(node.id),
  );

/** Layers of the family make sequences; others keep them while they keep the number of axes. */
const isSequence = (node: Node, inputs: readonly InputShape[], shape: Shape): boolean =>
  shape.length >= 3 &&
  (node.definition.category === 'Sequence' ||
    inputs.some((input) => input.isSequence === true && input.shape.length === shape.length));

function inferLayer(network: Network, node: Node): Diagnostic[] {
  const { behaviour } = node.definition;
  if (behaviour.kind !== 'layer') return [];
  const ports = node.ports.inputs.filter(({ kind }) => kind === 'tensor');
  const found = ports.map((port) => arrivingAt(network, linksRead(node, port)));
  const isLenderBroken = node.lender !== null && network.broken.has(node.lender.id);
  if (found.includes(null) || openInputs(node).length > 0 || network.broken.has(node.id) || isLenderBroken) {
    network.broken.add(node.id);
    return [];
  }
  const byPort = found.map((inputs) => inputs ?? []);
  const lender = lenderOf(network, node);
  const inputs = byPort.flat();
  const key = [
    node.values,
    behaviour,
    lender?.label,
    lender?.values,
    lender?.weights,
    ...byPort.map(({ length }) => length),
    ...inputs.flatMap((input) => [input.shape, input.from, input.isSequence, input.hasZeroEdge]),
  ];
  const known = inferences.of(node.block.params, node.id, key, () => ({
    arriving: Object.fromEntries(ports.map(({ name }, i) => [name, byPort[i].map(({ shape }) => shape)])),
    result: keptFixed(node, behaviour.infer(inputs, node.values, lender)),
  }));
  const { result } = known;
  network.arriving.set(node.id, known.arriving);
  if (!result.ok) {
    network.broken.add(node.id);
    return [diagnose(network.graph, node, result.finding)];
  }
  network.inferences.set(node.id, result.value);
  network.shapes.set(node.id, result.value.shape);
  const from = ports.flatMap((port) => linksRead(node, port).map((link) => link.from.block));
  network.dtypes.set(
    node.id,
    dtypeOfLayer(
      node,
      from.flatMap((id) => network.dtypes.get(id) ?? []),
    ),
  );
  if (isSequence(node, inputs, result.value.shape)) network.sequences.add(node.id);
  return (result.value.findings ?? []).map((finding) => diagnose(network.graph, node, finding));
}

/** null where there is none, or where it uses the weights of another one itself. */
export function lenderOf(network: Network, { lender }: Node): Lender | null {
  const inference = lender && network.inferences.get(lender.id);
  const behaviour = lender?.definition.behaviour;
  if (!lender || !inference || behaviour?.kind !== 'layer' || behaviour.lender) return null;
  if (inference.weights.length === 0) return null;
  return { label: lender.label, behaviour, values: lender.values, weights: inference.weights };
}

/** Of a layer that is switched off for training no weight can be trained. */
function keptFixed(node: Node, result: InferenceResult): InferenceResult {
  if (!result.ok || !isFrozen(node)) return result;
  const weights = result.value.weights.map((weight) => ({ ...weight, trainable: false }));
  return { ok: true, value: { ...result.value, weights } };
}

const isColumn = (column: ColumnFacts | string | null | undefined): column is ColumnFacts =>
  typeof column === 'object' && column !== null;

/** A name that the data do not have is answered as it is. */
function labelColumn(facts: DataFacts, names: unknown): ColumnFacts | string | null {
  const [name] = Array.isArray(names) ? (names as string[]) : [];
  if (name === undefined) return columnsOfRole(facts, 'target').at(0) ?? null;
  return facts.columns.find((column) => column.name === name) ?? name;
}

/** undefined where all samples count the same. */
function weightColumn(facts: DataFacts, names: unknown): ColumnFacts | string | undefined {
  const [name] = Array.isArray(names) ? (names as string[]) : [];
  return name === undefined ? undefined : (facts.columns.find((column) => column.name === name) ?? name);
}

function checkLoss(network: Network, node: Node): Diagnostic[] {
  const { behaviour, title } = node.definition;
  if (behaviour.kind !== 'loss') return [];
  const predictions = arrivingAt(network, linksTo(node, 'prediction'));
  const facts = factsAt(network, node, 'labels');
  if (predictions) network.arriving.set(node.id, { prediction: predictions.map(({ shape }) => shape) });
  const label = facts && labelColumn(facts, node.values.column);
  const weights = facts && weightColumn(facts, node.values.sample_weight);
  const missing = [label, weights].find((column) => typeof column === 'string') ?? null;
  if (facts && (label === null || missing !== null)) {
    network.broken.add(node.id);
    return [noLabel(node, title, facts, label === null ? null : missing)];
  }
  const columns = [label, weights].filter(isColumn);
  if (columns.length > 0) network.columns.set(node.id, columns);
  const [column, weighed] = columns;
  const prediction = predictions?.at(0);
  const others = arrivingAt(network, linksTo(node, 'others'));
  if (column === undefined || !prediction || !others || network.broken.has(node.id)) {
    network.broken.add(node.id);
    return [];
  }
  const findings = [
    ...behaviour.check(prediction, column, node.values, others),
    ...(weighed !== undefined ? checkWeights(title, prediction, weighed, !behaviour.ofWholeSamples) : []),
  ];
  if (findings.some(({ severity }) => severity === 'error')) network.broken.add(node.id);
  return findings.map((finding) => diagnose(network.graph, node, finding));
}

const noLabel = (node: Node, title: string, facts: DataFacts, name: string | null): Diagnostic => ({
  code: 'data/column',
  severity: 'error',
  block: node.id,
  port: 'labels',
  message:
    name === null
      ? `${facts.source} has no target column that ${title} could compare with.`
      : `${title} reads the column "${name}", which ${facts.source} does not have.`,
  why: `Its columns are ${
    facts.columns
      .map((column) => column.name)
      .slice(0, 12)
      .join(', ') || 'none'
  }.`,
  fixes: [],
});

/** True where a layer leaves the shape as it was. */
export const leavesShape = (inputs: readonly Shape[], output: Shape): boolean =>
  inputs.length === 1 &&
  inputs[0].length === output.length &&
  inputs[0].every((size, axis) => size === output[axis]);
