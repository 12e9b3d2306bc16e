/** layer/regularizer: a penalty on rows or columns that are not at right angles, of weights that have no two of them. */
import { isOrthogonal, type Regularizer } from '../../blocks/parameter';
import type { Node } from '../graph';
import type { Network } from '../network';
import { error, type Rule } from './rule';
import { weightOf } from './weight-of';

export const layerRegularizer: Rule = (network) =>
  network.graph.order.flatMap((node) =>
    regularizersOf(node.definition).flatMap((name) => withoutAngles(network, node, name) ?? []),
  );

const regularizers = new WeakMap<Node['definition'], readonly string[]>();

/** The parameters of a block type that penalise weights. */
function regularizersOf(definition: Node['definition']): readonly string[] {
  const known = regularizers.get(definition);
  if (known) return known;
  const { parameters } = definition;
  const found = Object.keys(parameters).filter((name) => parameters[name].kind === 'regularizer');
  regularizers.set(definition, found);
  return found;
}

function withoutAngles(network: Network, node: Node, name: string) {
  // Phase 1 checked the value against its kind.
  const value = node.values[name] as unknown as Regularizer | null;
  if (value === null || !isOrthogonal(value) || value.orthogonal === 0) return null;
  const weight = weightOf(network, node, name, '_regularizer');
  if (weight === undefined) return null;
  const count = weight.shape[value.mode === 'rows' ? 0 : 1] ?? 1;
  if (weight.shape.length === 2 && count > 1) return null;
  return error('layer/regularizer', node, {
    message: `${node.label}: ${name} is orthogonal by ${value.mode}, but its ${weight.name} has the shape [${weight.shape.join(', ')}].`,
    why: 'Angles are measured between the rows or columns of a matrix, and there must be two of them.',
    fixes: [{ label: `Set ${name} to the default`, edit: { kind: 'set-param', id: node.id, name } }],
  });
}
