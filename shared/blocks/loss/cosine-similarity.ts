/** CosineSimilarity: the angle between two vectors, whatever their lengths. */
import { distanceLoss } from './distance-loss';
import { labelShape, lossFinding } from './loss-labels';

export const cosineSimilarity = distanceLoss({
  type: 'CosineSimilarity',
  title: 'CosineSimilarity',
  search: [
    'cosine similarity',
    'cosine',
    'cosine distance',
    'angle',
    'embedding',
    'direction',
    'word vectors',
  ],
  summary: 'How far two vectors point in different directions.',
  help: [
    '`−Σ xᵢyᵢ / (‖x‖ · ‖y‖)` along `axis`, averaged over the rest: −1 where prediction and target point the same way, 0 at a right angle, 1 where they are opposed. Their lengths do not count.',
    'Shapes: prediction and target alike, as `[batch, n]` with n of at least 2.',
    'Typical mistakes: a single output, which has no direction but only a sign; wondering about a negative loss: −1 is perfect here.',
  ],
  source: 'Keras documentation, CosineSimilarity loss',
  parameters: {
    axis: {
      kind: 'integer',
      default: -1,
      min: -4,
      max: 4,
      help: 'The axis that holds the vector; -1 is the last.',
      advanced: true,
    },
  },
  caption: () => 'angle',
  config: ({ axis }) => ({ axis }),
  doubt: (label) =>
    labelShape(label).at(-1) !== 1
      ? null
      : lossFinding(
          'loss/pairing',
          'warning',
          'labels',
          `CosineSimilarity compares directions, but "${label.name}" is a single number per sample.`,
          'A single number has only a sign, so the loss is −1 or 1 and has no slope.',
          [{ label: 'Replace with MeanSquaredError', kind: 'replace', type: 'MeanSquaredError' }],
        ),
});
