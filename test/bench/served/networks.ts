/** The networks that a served application is asked to train: of small steps, of heavy ones, and of many weights. */
import type { Document } from '../../../shared/document/document';
import { documentOf, moons } from '../../host/hosted';

type Blocks = Parameters<typeof documentOf>[0];

/** The handwritten digits, through these blocks one after another. */
function digits({ count, validation }: { count: number; validation: number }, between: Blocks): Document {
  const chain = ['input', ...Object.keys(between), 'output'];
  return documentOf(
    {
      data: ['Digits', { count }],
      split: ['Split', { validation }],
      input: ['Input'],
      ...between,
      output: ['Dense', { units: 10, activation: 'softmax' }],
      loss: ['SparseCategoricalCrossentropy'],
      optimizer: ['Adam'],
      train: ['Train', { epochs: 1000, batch_size: 128 }],
    },
    [
      ['data.data', 'split.data'],
      ['split.data', 'input.data'],
      ...chain.slice(1).map((id, i): [string, string] => [`${chain[i]}.output`, `${id}.input`]),
      ['output.output', 'loss.prediction'],
      ['split.data', 'loss.labels'],
      ['loss.loss', 'train.loss'],
      ['optimizer.optimizer', 'train.optimizer'],
    ],
  );
}

const conv: Blocks[string] = [
  'Conv2D',
  { filters: 64, kernel_size: [3, 3], padding: 'same', activation: 'relu' },
];
const dense = (units: number): Blocks[string] => ['Dense', { units, activation: 'relu' }];

export const little: Document = moons({ epochs: 1_000_000, count: 40_000, batch_size: 32 });

export const heavy: Document = digits(
  { count: 4000, validation: 0.4 },
  { one: conv, two: conv, flat: ['Flatten'] },
);

/** An epoch is three steps and a checkpoint of 440 MB. */
export const large: Document = digits(
  { count: 480, validation: 0.2 },
  { flat: ['Flatten'], one: dense(4096), two: dense(8192) },
);
