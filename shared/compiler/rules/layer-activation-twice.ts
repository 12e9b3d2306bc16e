/** layer/activation-twice: an activation straight after an activation. */
import type { Fix } from '../diagnostic';
import { feeder, type Node } from '../graph';
import { removeReconnecting } from '../insert';
import { activationOf, setActivation, shapedBy } from './activations';
import { warning, type Rule } from './rule';

export const layerActivationTwice: Rule = ({ graph }) =>
  graph.order.flatMap((node) => {
    const second = activationOf(node);
    const isBlock = node.definition.category === 'Activation';
    if (second === null || (!isBlock && second !== 'softmax')) return [];
    const before =
      second === 'softmax' && isBlock ? shapedBy(graph, node) : isBlock ? feeder(graph, node) : null;
    const first = before && activationOf(before);
    if (!before || !first) return [];
    const remove: Fix = {
      label: `Remove ${node.label}`,
      edit: removeReconnecting(graph.document, [node.id]),
    };
    return [
      warning('layer/activation-twice', node, {
        port: 'input',
        message:
          first === second
            ? `${before.label} applies ${first}, and ${node.label} applies it again.`
            : `${before.label} applies ${first}, and ${node.label} applies ${second} to the result.`,
        why: whyNot(first, second),
        fixes: first === second ? [remove, off(before)] : [off(before), remove],
      }),
    ];
  });

const off = (node: Node): Fix | null =>
  Object.hasOwn(node.values, 'activation') ? setActivation(node, 'linear') : null;

function whyNot(first: string, second: string): string {
  if (first === 'softmax' && second === 'softmax')
    return 'Softmax of probabilities makes them nearly equal, and learning is slow.';
  if (second === 'softmax')
    return `What ${first} cuts off or squeezes is lost to softmax, which works on any values.`;
  return 'One activation between two layers is enough; the second only narrows what the first let through.';
}
