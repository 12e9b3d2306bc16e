/** loss/threshold-on-logits: a threshold of a probability, set on values that are none. */
import { feeder, type Graph, type Node } from '../graph';
import { insertBefore } from '../insert';
import { activationOf, shaperOf } from './activations';
import { warning, type Rule } from './rule';

/** The values that are cut: of a layer without activation, so that they have no bounds. */
function logitsBefore(graph: Graph, node: Node): Node | null {
  const shaper = shaperOf(graph, feeder(graph, node));
  const isLayer = shaper?.definition.behaviour.kind === 'layer' && shaper.definition.behaviour.affine;
  return shaper && isLayer && activationOf(shaper) === null ? shaper : null;
}

/** A probability of 0.5 is a logit of 0 (Pattanayak 2017 and Michelucci 2018 both cut after the sigmoid). */
export const lossThresholdOnLogits: Rule = ({ graph }) =>
  graph.order.flatMap((node) => {
    const { threshold } = node.values;
    if (node.definition.type !== 'BinaryThreshold' || typeof threshold !== 'number') return [];
    const logits = threshold > 0 && threshold < 1 ? logitsBefore(graph, node) : null;
    if (!logits) return [];
    const edit = insertBefore(graph.document, node.id, 'input', { type: 'Sigmoid' });
    return [
      warning('loss/threshold-on-logits', node, {
        port: 'input',
        message: `${node.label} cuts at ${threshold}, but ${logits.label} gives values without bounds, not probabilities.`,
        why: 'Behind a sigmoid a half is the border between no and yes; before it the border is 0.',
        fixes: [
          edit && { label: 'Insert Sigmoid', edit },
          { label: 'Set threshold to 0', edit: { kind: 'set-param', id: node.id, name: 'threshold' } },
        ],
      }),
    ];
  });
