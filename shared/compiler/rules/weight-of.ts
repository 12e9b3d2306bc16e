/** Owns which array of weights a parameter such as `kernel_initializer` speaks of. */
import type { WeightSpec } from '../../blocks/block';
import type { Node } from '../graph';
import type { Network } from '../network';

/** `name` ends in `suffix`; undefined while the layer's weights are not known. */
export function weightOf(
  { inferences }: Network,
  node: Node,
  name: string,
  suffix: '_initializer' | '_regularizer',
): WeightSpec | undefined {
  const stem = name.slice(0, -suffix.length);
  return inferences
    .get(node.id)
    ?.weights.find((each) => each.name === stem || each.name === `${stem}_kernel`);
}
