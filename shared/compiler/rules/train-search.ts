/** train/search: an optimizer that measures several places in one step, in a Train block that takes turns. */
import { feeder, type Node } from '../graph';
import { nodesOfKind } from '../network';
import { error, type Rule } from './rule';

const stageOf = ({ values }: Node): number => Number(values.stage ?? 1);

export const trainSearch: Rule = ({ graph }) => {
  const trains = nodesOfKind(graph, 'train');
  return trains.flatMap((train) => {
    const optimizer = feeder(graph, train, 'optimizer');
    const behaviour = optimizer?.definition.behaviour;
    if (!optimizer || behaviour?.kind !== 'optimizer' || !behaviour.searches) return [];
    const other = trains.find((one) => one !== train && stageOf(one) === stageOf(train));
    if (!other) return [];
    return [
      error('train/search', optimizer, {
        message: `${optimizer.label} searches along the slope of ${train.label}, which takes turns with ${other.label}.`,
        why: 'A search holds everything else still while it measures; what is learned in turns moves meanwhile. Give it a stage of its own, or choose another optimizer.',
        fixes: [{ label: `Set stage to ${stageOf(train) + 1}`, edit: { kind: 'set-param', id: train.id, name: 'stage', value: stageOf(train) + 1 } }],
      }),
    ];
  });
}; // prettier-ignore
