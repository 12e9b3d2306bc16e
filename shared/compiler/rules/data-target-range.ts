/** data/target-range: targets that the last activation cannot reach. */
import { nodesOfKind } from '../network';
import { activationOf, setActivation, shapedBy } from './activations';
import { numberText, warning, type Rule } from './rule';

const RANGES: Record<string, readonly [low: number, high: number]> = {
  sigmoid: [0, 1],
  softmax: [0, 1],
  tanh: [-1, 1],
  relu: [0, Infinity],
};

const rangeText = ([low, high]: readonly [number, number]) =>
  high === Infinity ? `at least ${low}` : `between ${low} and ${high}`;

export const dataTargetRange: Rule = (network) =>
  nodesOfKind(network.graph, 'loss').flatMap((loss) => {
    const { behaviour } = loss.definition;
    const label = network.columns.get(loss.id)?.at(0);
    const end = shapedBy(network.graph, loss, 'prediction');
    if (behaviour.kind !== 'loss' || behaviour.task !== 'regression' || network.broken.has(loss.id))
      return [];
    if (!end || !label || label.classes || label.min === null || label.max === null) return [];
    const activation = activationOf(end);
    const range = activation === null ? undefined : RANGES[activation];
    if (!range || (label.min >= range[0] && label.max <= range[1])) return [];
    return [
      warning('data/target-range', loss, {
        port: 'prediction',
        message: `The targets in "${label.name}" run from ${numberText(label.min)} to ${numberText(label.max)}, but ${end.label} ends in ${activation}: ${rangeText(range)}.`,
        why: 'Values outside that range cannot be predicted, however long the network is trained.',
        fixes: [setActivation(end, 'linear')],
      }),
    ];
  });
