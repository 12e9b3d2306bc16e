/** loss/pairing: the end of the network and the loss do not belong together. */
import type { ColumnFacts } from '../../document/facts';
import type { Diagnostic, Fix } from '../diagnostic';
import { diagnose } from '../fixes';
import type { Node } from '../graph';
import { insertBefore } from '../insert';
import { nodesOfKind, type Network } from '../network';
import { activationOf, setActivation, shapedBy } from './activations';
import { warning, type Rule } from './rule';

export const lossPairing: Rule = (network) => [
  ...softmaxOnOneUnit(network),
  ...nodesOfKind(network.graph, 'loss').flatMap((loss) =>
    network.broken.has(loss.id) ? [] : pairingOf(network, loss),
  ),
];

/** eˣ / eˣ is 1, whatever x is (Gulli and Pal call a single unit a softmax layer; it learns nothing). */
function softmaxOnOneUnit({ graph, shapes }: Network): Diagnostic[] {
  return graph.order
    .filter((node) => activationOf(node) === 'softmax' && shapes.get(node.id)?.at(-1) === 1)
    .map((node) =>
      warning('loss/pairing', node, {
        message: `${node.label} is a softmax over a single unit, which is always 1.`,
        why: 'Softmax divides by the sum of its values, and there is only one; yes or no is answered by a sigmoid.',
        fixes: [setActivation(node, 'sigmoid')],
      }),
    );
}

interface Pair {
  network: Network;
  loss: Node;
  /** The layer that gave the prediction its range. */
  end: Node;
  activation: string | null;
  label: ColumnFacts;
}

function pairingOf(network: Network, loss: Node): Diagnostic[] {
  const end = shapedBy(network.graph, loss, 'prediction');
  const label = network.columns.get(loss.id)?.at(0);
  if (!end || !label) return [];
  const pair: Pair = { network, loss, end, activation: activationOf(end), label };
  const { behaviour } = loss.definition;
  if (behaviour.kind !== 'loss') return [];
  if (behaviour.task === 'regression') return label.classes ? [distanceToClass(pair)] : halfOfTanh(pair);
  const squashes = behaviour.task === 'binary' ? 'sigmoid' : 'softmax';
  return behaviour.predictionMeans(loss.values) === 'logits'
    ? squashedTwice(pair)
    : probabilities(pair, squashes);
}

const logits = (loss: Node, on: boolean): Fix => ({
  label: `Switch from_logits ${on ? 'on' : 'off'}`,
  edit: { kind: 'set-param', id: loss.id, name: 'from_logits', ...(on ? { value: true } : {}) },
});

function squashedTwice({ loss, end, activation }: Pair): Diagnostic[] {
  if (activation !== 'softmax' && activation !== 'sigmoid') return [];
  return [
    warning('loss/pairing', loss, {
      port: 'prediction',
      message: `${loss.label} has from_logits on, but ${end.label} already applies ${activation}.`,
      why: `The loss would apply ${activation} a second time: all probabilities come out nearly equal and learning is slow.`,
      fixes: [logits(loss, false), setActivation(end, 'linear')],
    }),
  ];
}

/** Probabilities are asked for: softmax for one of several classes, sigmoid for yes or no. */
function probabilities(pair: Pair, wanted: 'softmax' | 'sigmoid'): Diagnostic[] {
  const { network, loss, end, activation } = pair;
  const shape = network.arriving.get(loss.id)?.prediction?.[0];
  if (activation === wanted || (activation === 'softmax' && shape?.at(-1) === 1)) return [];
  if (activation === 'softmax' || activation === 'sigmoid') return [otherSquash(pair, activation, wanted)];
  const block = wanted === 'softmax' ? 'Softmax' : 'Sigmoid';
  const insertion = insertBefore(network.graph.document, loss.id, 'prediction', { type: block });
  return [
    warning('loss/pairing', loss, {
      port: 'prediction',
      message: `${loss.label} expects probabilities, but ${end.label} ${activation ? `ends in ${activation}` : 'gives values without bounds'}.`,
      why: `The logarithm of a value that is no probability means nothing; ${wanted} turns the values into probabilities.`,
      fixes: activation
        ? [setActivation(end, wanted)]
        : [insertion && { label: `Insert ${block}`, edit: insertion }, logits(loss, true)],
    }),
  ];
}

function otherSquash(
  { network, loss, end }: Pair,
  has: 'softmax' | 'sigmoid',
  wanted: 'softmax' | 'sigmoid',
): Diagnostic {
  const replace = {
    label: 'Replace with CategoricalCrossentropy',
    kind: 'replace',
    type: 'CategoricalCrossentropy',
  } as const;
  const why =
    wanted === 'softmax'
      ? 'The outputs of a sigmoid do not sum to 1, so they are not the probabilities of one choice.'
      : 'Softmax makes the outputs compete for a sum of 1, while this loss judges each of them on its own.';
  const diagnostic = diagnose(network.graph, loss, {
    code: 'loss/pairing',
    severity: 'warning',
    port: 'prediction',
    message: `${end.label} ends in ${has}, but ${loss.label} goes with ${wanted}.`,
    why,
    fixes: wanted === 'sigmoid' ? [replace] : [],
  });
  const change = setActivation(end, wanted);
  return { ...diagnostic, fixes: [...(change ? [change] : []), ...diagnostic.fixes] };
}

/** Least squares is a poor cost for classes (Pattanayak 2017, chapter 2). */
function distanceToClass({ network, loss, label }: Pair): Diagnostic {
  const isPair = label.encoding === 'index' && label.classes?.length === 2;
  const type =
    label.encoding === 'one-hot'
      ? 'CategoricalCrossentropy'
      : isPair
        ? 'BinaryCrossentropy'
        : 'SparseCategoricalCrossentropy';
  return diagnose(network.graph, loss, {
    code: 'loss/pairing',
    severity: 'warning',
    port: 'labels',
    message: `${loss.label} measures a distance, but "${label.name}" is a class (one of ${label.classes?.length ?? 0}).`,
    why: 'Class 2 is not twice class 1; a cross-entropy compares probabilities and learns faster.',
    fixes: [{ label: `Replace with ${type}`, kind: 'replace', type }],
  });
}

function halfOfTanh({ loss, end, activation, label }: Pair): Diagnostic[] {
  const { min, max } = label;
  if (activation !== 'tanh' || min === null || max === null || min < 0 || max > 1) return [];
  return [
    warning('loss/pairing', loss, {
      port: 'prediction',
      message: `${end.label} ends in tanh, from -1 to 1, but the targets in "${label.name}" lie between ${min} and ${max}.`,
      why: 'Half of the range of tanh is never right, and its steepest part lies at the edge of the targets.',
      fixes: [setActivation(end, 'sigmoid')],
    }),
  ];
}
