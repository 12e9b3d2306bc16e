/** layer/init: weights that start in a way that the layer cannot use or cannot learn from. */
import { optionOf } from '../../blocks/configured';
import { NEEDS_MATRIX } from '../../blocks/core/initializers';
import type { WeightSpec } from '../../blocks/block';
import type { Diagnostic } from '../diagnostic';
import { consumers, reach, type Node } from '../graph';
import { nodesOfKind, type Network } from '../network';
import { error, warning, type Rule } from './rule';

const SUFFIX = '_initializer';
const ALIKE = ['Zeros', 'Ones', 'Constant'];

export const layerInit: Rule = (network) =>
  nodesOfKind(network.graph, 'layer').flatMap((node) =>
    Object.keys(node.values)
      .filter((name) => name.endsWith(SUFFIX))
      .flatMap((name) => judge(network, node, name)),
  );

function judge(network: Network, node: Node, name: string): Diagnostic[] {
  const parameter = node.definition.parameters[name];
  const stem = name.slice(0, -SUFFIX.length);
  const weight = network.inferences
    .get(node.id)
    ?.weights.find((each) => each.name === stem || each.name === `${stem}_kernel`);
  const chosen =
    parameter.kind === 'configured' ? optionOf(node.values[name], parameter)?.class_name : undefined;
  if (weight === undefined || chosen === undefined) return [];
  const fixes = [
    { label: `Set ${name} to the default`, edit: { kind: 'set-param', id: node.id, name } as const },
  ];
  if (chosen === NEEDS_MATRIX && weight.shape.length !== 2)
    return [
      error('layer/init', node, {
        message: `${node.label}: ${name} is identity, but its ${weight.name} has the shape [${weight.shape.join(', ')}].`,
        why: 'Only a matrix has a diagonal to put ones on.',
        fixes,
      }),
    ];
  if (!ALIKE.includes(chosen) || !isHiddenKernel(network, node, weight)) return [];
  return [
    warning('layer/init', node, {
      message: `${node.label}: all values of its ${weight.name} start alike.`,
      why: 'Units that start alike get the same gradient and stay alike, so that together they are no more than one.',
      fixes,
    }),
  ];
}

/** Weights between units, with layers behind them that learn too. */
function isHiddenKernel({ graph, inferences }: Network, node: Node, { name, shape }: WeightSpec): boolean {
  if (!name.endsWith('kernel') || shape.length < 2) return false;
  const behind = reach(consumers(graph, node), (each) => consumers(graph, each));
  return [...behind].some((each) => (inferences.get(each.id)?.weights.length ?? 0) > 0);
}
