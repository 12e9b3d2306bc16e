/** cost/more-weights-than-samples: far more weights than samples, and nothing that holds them back. */
import { costOf } from '../costs';
import type { Fix } from '../diagnostic';
import type { Node } from '../graph';
import { insertBefore } from '../insert';
import { nodesOfKind, trainedBy, type Network } from '../network';
import { hint, type Rule } from './rule';
import { trainingFacts } from './train-batch';

/** Networks with some more weights than samples are usual and learn well; with this many times more they need holding back. */
const TIMES = 10;

const isRegularised = (node: Node) =>
  /Dropout|Noise|Regularization|Sparsity/.test(node.definition.type) ||
  Object.entries(node.values).some(([name, value]) => name.endsWith('_regularizer') && value !== null);

function trainedWeights({ inferences }: Network, node: Node): number {
  const inference = inferences.get(node.id);
  return inference ? costOf(inference).trainableParameters : 0;
}

export const costWeights: Rule = (network) =>
  nodesOfKind(network.graph, 'train').flatMap((train) => {
    const rows = trainingFacts(network, train)?.parts.train ?? 0;
    const used = [...trainedBy(network.graph, train)];
    if (rows === 0 || train.values.early_stopping === true || used.some(isRegularised)) return [];
    const weights = used.reduce((sum, node) => sum + trainedWeights(network, node), 0);
    if (weights <= TIMES * rows || used.some(({ id }) => network.broken.has(id))) return [];
    return [
      hint('cost/more-weights-than-samples', train, {
        message: `The network has ${weights.toLocaleString('en')} weights to learn from ${rows.toLocaleString('en')} training samples.`,
        why: 'With so many it can learn every sample by heart. A smaller network, dropout or stopping early holds it back.',
        fixes: [insertDropout(network, used), stopEarly(train)],
      }),
    ];
  });

function insertDropout(network: Network, used: readonly Node[]): Fix | null {
  const needed = new Set(used);
  const inOrder = network.graph.order.filter((node) => needed.has(node));
  const last = inOrder.filter((node) => trainedWeights(network, node) > 0).at(-1);
  const port = last?.ports.inputs.at(0)?.name;
  const insertion = { type: 'Dropout', params: { rate: 0.3 } };
  const edit = last && port ? insertBefore(network.graph.document, last.id, port, insertion) : null;
  return edit && { label: 'Insert Dropout', edit };
}

const stopEarly = (train: Node): Fix => ({
  label: 'Switch early_stopping on',
  edit: { kind: 'set-param', id: train.id, name: 'early_stopping', value: true },
});
