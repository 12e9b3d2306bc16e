/** layer/regularizer: a penalty on rows or columns that are not at right angles, of weights that have no two of them. */
import { isOrthogonal, type Regularizer } from '../../blocks/parameter';
import type { Node } from '../graph';
import type { Network } from '../network';
import { error, type Rule } from './rule';
import { weightOf } from './weight-of';

export const layerRegularizer: Rule = (network) =>
  network.graph.order.flatMap((node) =>
    Object.entries(node.definition.parameters).flatMap(([name, { kind }]) =>
      kind === 'regularizer' ? (withoutAngles(network, node, name) ?? []) : [],
    ),
  );

function withoutAngles(network: Network, node: Node, name: string) {
  // Phase 1 checked the value against its kind.
  const value = node.values[name] as unknown as Regularizer | null;
  const weight = weightOf(network, node, name, '_regularizer');
  if (value === null || !isOrthogonal(value) || value.orthogonal === 0 || weight === undefined) return null;
  const count = weight.shape[value.mode === 'rows' ? 0 : 1] ?? 1;
  if (weight.shape.length === 2 && count > 1) return null;
  return error('layer/regularizer', node, {
    message: `${node.label}: ${name} is orthogonal by ${value.mode}, but its ${weight.name} has the shape [${weight.shape.join(', ')}].`,
    why: 'Angles are measured between the rows or columns of a matrix, and there must be two of them.',
    fixes: [{ label: `Set ${name} to the default`, edit: { kind: 'set-param', id: node.id, name } }],
  });
}
