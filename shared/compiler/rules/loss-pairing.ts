/** loss/pairing: the end of the network and the loss do not belong together. */
import type { LossReads } from '../../blocks/block';
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
  const { behaviour } = loss.definition;
  if (!end || !label || behaviour.kind !== 'loss') return [];
  const pair: Pair = { network, loss, end, activation: activationOf(end), label };
  if (behaviour.task === 'regression' && label.classes) return [distanceToClass(pair)];
  return ENDS[behaviour.reads(loss.values)](pair);
}

/** What is said about the end of the network, by what the loss reads from it. */
const ENDS: Record<LossReads, (pair: Pair) => Diagnostic[]> = {
  softmax: (pair) => probabilities(pair, ['softmax']),
  sigmoid: (pair) => probabilities(pair, ['sigmoid']),
  'softmax or sigmoid': (pair) =>
    probabilities(pair, widthOf(pair) === 1 ? ['sigmoid'] : ['softmax', 'sigmoid']),
  logits: squashedTwice,
  scores: boundedScores,
  positive: maybeNegative,
  values: halfOfTanh,
  anything: () => [],
};

const widthOf = ({ network, loss }: Pair) => network.arriving.get(loss.id)?.prediction?.[0]?.at(-1);

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

/** Probabilities are asked for: softmax for one of several classes, sigmoid for yes or no; the first is proposed. */
function probabilities(pair: Pair, wanted: readonly ('softmax' | 'sigmoid')[]): Diagnostic[] {
  const { network, loss, end, activation } = pair;
  const [first] = wanted;
  if (wanted.some((squash) => squash === activation)) return [];
  // A softmax over a single unit was blamed already.
  if (activation === 'softmax' && widthOf(pair) === 1) return [];
  if (activation === 'softmax' || activation === 'sigmoid') return [otherSquash(pair, activation, first)];
  const block = first === 'softmax' ? 'Softmax' : 'Sigmoid';
  const insertion = insertBefore(network.graph.document, loss.id, 'prediction', { type: block });
  const takesLogits = Object.hasOwn(loss.values, 'from_logits');
  return [
    warning('loss/pairing', loss, {
      port: 'prediction',
      message: `${loss.label} expects probabilities, but ${end.label} ${endsIn(activation)}.`,
      why: `The formula means nothing for a value that is no probability; ${first} turns the values into probabilities.`,
      fixes: activation
        ? [setActivation(end, first)]
        : [
            insertion && { label: `Insert ${block}`, edit: insertion },
            takesLogits ? logits(loss, true) : null,
          ],
    }),
  ];
}

const endsIn = (activation: string | null): string =>
  activation === null ? 'gives values without bounds' : `ends in ${activation}`;

/** Their values lie on one side of 0, or a margin of 1 cannot be reached between them. */
const NO_SCORES = new Set([
  'sigmoid', 'hard_sigmoid', 'softmax', 'log_softmax', 'relu', 'relu6', 'softplus', 'exponential',
]); // prettier-ignore

function boundedScores({ loss, end, activation }: Pair): Diagnostic[] {
  if (activation === null || !NO_SCORES.has(activation)) return [];
  return [
    warning('loss/pairing', loss, {
      port: 'prediction',
      message: `${loss.label} expects scores on both sides of 0, but ${end.label} ends in ${activation}.`,
      why: 'It asks for a lead of 1 over the border at 0, or over the other classes, which such values cannot give freely.',
      fixes: [setActivation(end, 'linear')],
    }),
  ];
}

const NEVER_NEGATIVE = new Set([
  'relu', 'relu6', 'sigmoid', 'hard_sigmoid', 'softmax', 'softplus', 'exponential',
]); // prettier-ignore

function maybeNegative({ network, loss, end, activation }: Pair): Diagnostic[] {
  if (activation !== null && NEVER_NEGATIVE.has(activation)) return [];
  const params = { activation: 'softplus' };
  const insertion = insertBefore(network.graph.document, loss.id, 'prediction', {
    type: 'Activation',
    params,
  });
  return [
    warning('loss/pairing', loss, {
      port: 'prediction',
      message: `${loss.label} expects values of at least 0, but ${end.label} ${endsIn(activation)}.`,
      why: 'Its formula takes the logarithm of the prediction, which values below 0 do not have; softplus and exponential give none.',
      fixes: [setActivation(end, 'softplus') ?? (insertion && { label: 'Insert softplus', edit: insertion })],
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
