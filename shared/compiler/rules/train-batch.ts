/** train/batch and train/settings of optimizers: a method that needs all samples at once, and limits that exclude each other. */
import { CLIPPINGS } from '../../blocks/optimizer/optimizer-block';
import type { Diagnostic } from '../diagnostic';
import { feeder, type Node } from '../graph';
import { nodesOfKind, type Network } from '../network';
import { numberText, warning, type Rule } from './rule';
import { trainedOn } from './train-schedule';

export const trainBatch: Rule = (network) =>
  nodesOfKind(network.graph, 'train').flatMap((train) => {
    const optimizer = feeder(network.graph, train, 'optimizer');
    return optimizer ? [...fullBatch(network, train, optimizer), ...oneLimit(optimizer)] : [];
  });

function fullBatch(network: Network, train: Node, optimizer: Node): Diagnostic[] {
  const { behaviour } = optimizer.definition;
  const samples = trainedOn(network, train)?.parts.train ?? 0;
  const batch = Number(train.values.batch_size);
  if (behaviour.kind !== 'optimizer' || !behaviour.fullBatch || samples <= batch) return [];
  return [
    warning('train/batch', train, {
      message: `${optimizer.label} needs all ${numberText(samples)} samples in one batch; ${train.label} takes ${numberText(batch)}.`,
      why: 'It reads meaning into a gradient that changes its sign, and between batches the sign changes by chance.',
      fixes: [
        {
          label: `Set batch_size to ${numberText(samples)}`,
          edit: { kind: 'set-param', id: train.id, name: 'batch_size', value: samples },
        },
      ],
    }),
  ];
}

function oneLimit(optimizer: Node): Diagnostic[] {
  const on = CLIPPINGS.filter((name) => Number(optimizer.values[name] ?? 0) > 0);
  if (on.length < 2) return [];
  const [counts, ...rest] = on;
  return [
    warning('train/settings', optimizer, {
      message: `${optimizer.label} has ${on.join(' and ')}; only ${counts} counts.`,
      why: 'Gradients are limited in one way at a time, as in Keras.',
      fixes: [
        {
          label: `Leave ${rest[0]} out`,
          edit: { kind: 'set-param', id: optimizer.id, name: rest[0] },
        },
      ],
    }),
  ];
}
