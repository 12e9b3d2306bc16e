/** ContrastiveLoss: pairs that belong together have a small distance, others a large one. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import { checkYesOrNo } from './loss-labels';
import { lossParameters } from './loss-parameters';

export const contrastiveLoss = defineBlock({
  type: 'ContrastiveLoss',
  version: 1,
  title: 'Contrastive',
  category: 'Loss',
  search: ['siamese', 'pairs', 'embedding', 'metric learning', 'similarity', 'distance', 'signatures'],
  summary:
    'Makes the distance of pairs that belong together small, and that of other pairs at least the margin.',
  help: [
    '`y · d² + (1 − y) · max(margin − d, 0)²` with the predicted distance d, averaged over the pairs. y is 1 for two of a kind and 0 for others; the paper writes it the other way round.',
    'Shapes: prediction `[batch, 1]`, a distance of at least 0; labels 0 or 1. A siamese network makes it: the same layers on both inputs (SharedLayer), and the length of the difference.',
    'Typical mistakes: labels that say 1 for different pairs; a Sigmoid at the end, with which no distance can pass 1.',
  ].join('\n\n'),
  source: 'Hadsell, Chopra and LeCun, Dimensionality reduction by learning an invariant mapping (2006)',
  parameters: {
    margin: {
      kind: 'number',
      default: 1,
      min: 0,
      above: true,
      help: 'The distance from which on other pairs are left alone.',
    },
    ...lossParameters,
  },
  ports: () => lossPorts,
  caption: ({ margin }) => `margin ${margin}`,
  behaviour: {
    kind: 'loss',
    labels: 'binary',
    task: 'other',
    predictionMeans: () => 'values',
    reads: () => 'anything',
    check: checkYesOrNo('ContrastiveLoss'),
    keras: ({ margin }) => ({
      class_name: 'ContrastiveLoss',
      registered_name: 'Axonry>ContrastiveLoss',
      config: { margin },
    }),
  },
});
