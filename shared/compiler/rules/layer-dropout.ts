/** layer/dropout-high: a dropout that drops more than it keeps, or that spoils the answer itself. */
import type { Diagnostic } from '../diagnostic';
import { feeder, type Graph, type Node } from '../graph';
import { removeReconnecting } from '../insert';
import { nodesOfKind, type Network } from '../network';
import { numberText, warning, type Rule } from './rule';

/** Srivastava et al. (2014): 0.5 for hidden units, 0.2 for inputs; more than half is usually keep and drop mixed up. */
const HIGHEST_RATE = 0.5;

const isDropout = (node: Node) =>
  node.definition.type.endsWith('Dropout') || node.definition.type.startsWith('SpatialDropout');

export const layerDropout: Rule = (network) => [
  ...network.graph.order.flatMap((node) => tooHigh(node) ?? []),
  ...nodesOfKind(network.graph, 'loss').flatMap((loss) => beforeTheEnd(network, loss) ?? []),
];

function tooHigh(node: Node): Diagnostic | null {
  const { rate } = node.values;
  if (!isDropout(node) || typeof rate !== 'number' || rate <= HIGHEST_RATE) return null;
  const kept = Number((1 - rate).toFixed(6));
  return warning('layer/dropout-high', node, {
    message: `${node.label} drops ${numberText(100 * rate)} % of the values and keeps ${numberText(100 * kept)} %.`,
    why: 'rate is the share that is dropped. Older books give the share that is kept (keep_prob), so the two are easily mixed up.',
    fixes: [
      {
        label: `Set rate to ${kept}`,
        edit: { kind: 'set-param', id: node.id, name: 'rate', value: kept },
      },
    ],
  });
}

/** The dropout between the last layer with weights and the loss. */
function dropoutAtEnd(graph: Graph, { inferences }: Network, loss: Node): Node | null {
  const seen = new Set<Node>();
  let node = feeder(graph, loss, 'prediction');
  while (node && !seen.has(node)) {
    seen.add(node);
    if (isDropout(node)) return node;
    if (inferences.get(node.id)?.weights.length !== 0) return null;
    node = feeder(graph, node);
  }
  return null;
}

function beforeTheEnd(network: Network, loss: Node): Diagnostic | null {
  const { graph } = network;
  const node = dropoutAtEnd(graph, network, loss);
  if (!node) return null;
  return warning('layer/dropout-high', node, {
    message: `${node.label} stands after the last layer with weights, right before ${loss.label}.`,
    why: 'It sets parts of the answer itself to zero while training, which no weight can make good.',
    fixes: [{ label: `Remove ${node.label}`, edit: removeReconnecting(graph.document, [node.id]) }],
  });
}
