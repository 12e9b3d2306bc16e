/** layer/init: first weights that are all alike, or far larger or smaller than suits the layer. */
import type { WeightSpec } from '../../blocks/block';
import { configOf, optionName, optionOf } from '../../blocks/configured';
import { NEEDS_MATRIX } from '../../blocks/core/initializers';
import type { ConfiguredParameter } from '../../blocks/parameter';
import type { Json } from '../../document/document';
import type { Diagnostic } from '../diagnostic';
import { consumers, type Graph, type Node } from '../graph';
import type { Network } from '../network';
import { activationOf } from './activations';
import { error, hint, numberText, warning, type Rule } from './rule';
import { weightOf } from './weight-of';

/** Of the initialisers whose spread does not depend on the layer. Truncated at two deviations 0.77 of the variance are left. */
const FIXED_VARIANCE: Partial<Record<string, (config: Readonly<Record<string, Json>>) => number>> = {
  RandomNormal: ({ stddev }) => Number(stddev) ** 2,
  TruncatedNormal: ({ stddev }) => 0.774 * Number(stddev) ** 2,
  RandomUniform: ({ minval, maxval }) => (Number(maxval) - Number(minval)) ** 2 / 12,
};
const ALIKE = new Set(['Zeros', 'Ones', 'Constant']);
const FAR = 10;
const RECTIFIERS = new Set(['relu', 'relu6', 'leaky_relu', 'elu', 'selu', 'gelu', 'silu', 'swish', 'mish']);

const kernelOf = ({ inferences }: Network, node: Node): WeightSpec | undefined =>
  inferences.get(node.id)?.weights.find(({ name }) => name === 'kernel');

/** The activation of the layer, or of the block that follows it. */
function activationAfter(graph: Graph, node: Node): string | null {
  const own = activationOf(node);
  if (own !== null) return own;
  const [next] = consumers(graph, node).filter(({ definition }) => definition.category === 'Activation');
  return next ? activationOf(next) : null;
}

/** True where a layer with weights comes later: what all units of this one answer alike stays alike. */
function isHidden(network: Network, node: Node): boolean {
  const seen = new Set<Node>();
  let next = consumers(network.graph, node);
  while (next.length > 0) {
    const fresh = next.filter((other) => !seen.has(other));
    if (fresh.some((other) => kernelOf(network, other))) return true;
    for (const other of fresh) seen.add(other);
    next = fresh.flatMap((other) => consumers(network.graph, other));
  }
  return false;
}

export const layerInit: Rule = (network) =>
  network.graph.order.flatMap((node) => {
    const unfit = needsMatrix(network, node);
    if (unfit) return [unfit];
    const { kernel_initializer: value } = node.values;
    const { kernel_initializer: parameter } = node.definition.parameters;
    const option = parameter?.kind === 'configured' ? optionOf(value, parameter) : undefined;
    if (parameter?.kind !== 'configured' || option === undefined) return [];
    const name = optionName(option);
    if (ALIKE.has(option.class_name)) return isHidden(network, node) ? [allAlike(network, node, name)] : [];
    const variance = FIXED_VARIANCE[option.class_name]?.(configOf(value, parameter));
    return variance === undefined ? [] : (wrongSize(network, node, name, variance) ?? []);
  });

const SUFFIX = '_initializer';

const initializers = new WeakMap<Node['definition'], [name: string, parameter: ConfiguredParameter][]>();

/** The parameters of a block type that choose first weights. */
function initializersOf(definition: Node['definition']) {
  const known = initializers.get(definition);
  if (known) return known;
  const found = Object.entries(definition.parameters).flatMap(([name, parameter]) =>
    name.endsWith(SUFFIX) && parameter.kind === 'configured'
      ? [[name, parameter] as [string, ConfiguredParameter]]
      : [],
  );
  initializers.set(definition, found);
  return found;
}

/** Identity for a weight that has no diagonal, by any of the layer's initialisers. */
function needsMatrix(network: Network, node: Node): Diagnostic | null {
  for (const [name, parameter] of initializersOf(node.definition)) {
    if (optionOf(node.values[name], parameter)?.class_name !== NEEDS_MATRIX) continue;
    const weight = weightOf(network, node, name, SUFFIX);
    if (weight === undefined || weight.shape.length === 2) continue;
    return error('layer/init', node, {
      message: `${node.label}: ${name} is identity, but its ${weight.name} has the shape [${weight.shape.join(', ')}].`,
      why: 'Only a matrix has a diagonal to put ones on.',
      fixes: [{ label: `Set ${name} to the default`, edit: { kind: 'set-param', id: node.id, name } }],
    });
  }
  return null;
}

const suited = (activation: string | null) =>
  activation !== null && RECTIFIERS.has(activation) ? 'he_uniform' : 'glorot_uniform';

const setInitializer = (node: Node, value: string) => ({
  label: `Set kernel_initializer to ${value}`,
  edit: { kind: 'set-param', id: node.id, name: 'kernel_initializer', value } as const,
});

const allAlike = (network: Network, node: Node, name: string): Diagnostic =>
  warning('layer/init', node, {
    message: `All weights of ${node.label} start as ${name}.`,
    why: 'Units that start alike get the same gradient and stay alike, so the layer is worth no more than one unit.',
    fixes: [setInitializer(node, suited(activationAfter(network.graph, node)))],
  });

/** He et al. (2015) for rectifiers: 2 / fan in; Glorot and Bengio (2010) else: 2 / (fan in + fan out). */
function wrongSize(network: Network, node: Node, name: string, variance: number): Diagnostic | null {
  const kernel = kernelOf(network, node);
  if (!kernel) return null;
  const size = kernel.shape.reduce((product, axis) => product * axis, 1);
  const fanIn = size / (kernel.shape.at(-1) ?? 1);
  const fanOut = size / (kernel.shape.at(-2) ?? 1);
  const better = suited(activationAfter(network.graph, node));
  const wanted = better === 'he_uniform' ? 2 / fanIn : 2 / (fanIn + fanOut);
  const ratio = Math.sqrt(variance / wanted);
  if (variance === 0 || (ratio ** 2 < FAR && ratio ** 2 > 1 / FAR)) return null;
  const times = numberText(Number((ratio > 1 ? ratio : 1 / ratio).toPrecision(2)));
  return hint('layer/init', node, {
    message: `The first weights of ${node.label} (${name}) are about ${times} times ${ratio > 1 ? 'larger' : 'smaller'} than suits its ${fanIn.toLocaleString('en')} inputs.`,
    why:
      ratio > 1
        ? 'Values grow from layer to layer, until activations saturate or the loss is no number any more.'
        : 'Values and gradients shrink from layer to layer, and the first layers hardly learn.',
    fixes: [setInitializer(node, better)],
  });
}
