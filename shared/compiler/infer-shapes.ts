/** Phase 3: shapes, weights and costs, in the order of computation. What stands behind an error is left open, not blamed. */
import type { Inference, InputShape, Lender } from '../blocks/block';
import type { ColumnFacts, DataFacts } from '../document/facts';
import { columnsOfRole } from '../document/facts';
import type { Diagnostic } from './diagnostic';
import { diagnose } from './fixes';
import { isFrozen, linksTo, type Node } from './graph';
import { openInputs, type Network } from './network';
import type { Shape } from './shape';

export function inferShapes(network: Network): Diagnostic[] {
  return network.graph.order.flatMap((node) => {
    switch (node.definition.behaviour.kind) {
      case 'input':
        return inferInput(network, node);
      case 'layer':
        return inferLayer(network, node);
      case 'loss':
        return checkLoss(network, node);
      case 'source':
      case 'preparation':
      case 'optimizer':
      case 'train':
        return [];
    }
  });
}

const factsAt = (network: Network, node: Node, port: string): DataFacts | null => {
  const [link] = linksTo(node, port);
  return link && !network.broken.has(link.from.block) ? (network.facts.get(link.from.block) ?? null) : null;
};

/** What arrives at a tensor port; null where any of it is not known. */
function arrivingAt(network: Network, node: Node, port: string): InputShape[] | null {
  const inputs: InputShape[] = [];
  for (const { from } of linksTo(node, port)) {
    const shape = network.shapes.get(from.block);
    if (!shape || network.broken.has(from.block)) return null;
    inputs.push({ shape, from: network.graph.nodes.get(from.block)?.label ?? from.block });
  }
  return inputs;
}

function inferInput(network: Network, node: Node): Diagnostic[] {
  const { behaviour } = node.definition;
  const facts = factsAt(network, node, node.ports.inputs[0].name);
  if (behaviour.kind !== 'input' || !facts || network.broken.has(node.id)) {
    network.broken.add(node.id);
    return [];
  }
  const reading = behaviour.read(facts, node.values);
  if (!reading.ok) {
    network.broken.add(node.id);
    return [diagnose(network.graph, node, reading.finding)];
  }
  network.shapes.set(node.id, reading.shape);
  network.columns.set(node.id, reading.columns);
  return [];
}

function inferLayer(network: Network, node: Node): Diagnostic[] {
  const { behaviour } = node.definition;
  if (behaviour.kind !== 'layer') return [];
  const ports = node.ports.inputs.filter(({ kind }) => kind === 'tensor');
  const arriving = ports.map(({ name }) => arrivingAt(network, node, name));
  if (arriving.includes(null) || openInputs(node).length > 0 || network.broken.has(node.id)) {
    network.broken.add(node.id);
    return [];
  }
  const byPort = arriving.map((inputs) => inputs ?? []);
  network.arriving.set(
    node.id,
    Object.fromEntries(ports.map(({ name }, i) => [name, byPort[i].map(({ shape }) => shape)])),
  );
  if (node.lender && network.broken.has(node.lender.id)) {
    network.broken.add(node.id);
    return [];
  }
  const result = behaviour.infer(byPort.flat(), node.values, lenderOf(network, node));
  if (!result.ok) {
    network.broken.add(node.id);
    return [diagnose(network.graph, node, result.finding)];
  }
  network.inferences.set(node.id, isFrozen(node) ? frozen(result.value) : result.value);
  network.shapes.set(node.id, result.value.shape);
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

const frozen = (inference: Inference): Inference => ({
  ...inference,
  weights: inference.weights.map((weight) => ({ ...weight, trainable: false })),
});

function labelColumn(facts: DataFacts, names: unknown): ColumnFacts | string | null {
  const [name] = Array.isArray(names) ? (names as string[]) : [];
  if (name === undefined) return columnsOfRole(facts, 'target').at(0) ?? null;
  return facts.columns.find((column) => column.name === name) ?? name;
}

function checkLoss(network: Network, node: Node): Diagnostic[] {
  const { behaviour, title } = node.definition;
  if (behaviour.kind !== 'loss') return [];
  const predictions = arrivingAt(network, node, 'prediction');
  const facts = factsAt(network, node, 'labels');
  if (predictions) network.arriving.set(node.id, { prediction: predictions.map(({ shape }) => shape) });
  const label = facts && labelColumn(facts, node.values.column);
  if (facts && (label === null || typeof label === 'string')) {
    network.broken.add(node.id);
    return [noLabel(node, title, facts, label)];
  }
  if (label && typeof label !== 'string') network.columns.set(node.id, [label]);
  const prediction = predictions?.at(0);
  if (!label || typeof label === 'string' || !prediction || network.broken.has(node.id)) {
    network.broken.add(node.id);
    return [];
  }
  const findings = behaviour.check(prediction, label, node.values);
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
