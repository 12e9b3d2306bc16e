/** Dice: how far a predicted region and the true one overlap. */
import { overlapLoss } from './overlap-loss';

export const dice = overlapLoss({
  type: 'Dice',
  title: 'Dice',
  search: ['dice loss', 'f1 loss', 'segmentation', 'overlap', 'mask', 'sorensen', 'u-net'],
  summary: 'How much of a region was missed, however small the region is.',
  help: [
    '`1 − 2 · Σ y·p / (Σ y + Σ p)`: 0 where prediction and mask are the same, 1 where they have nothing in common. A tumour of ten pixels counts as much as one of a thousand, where a cross-entropy would be content with “nowhere”.',
  ],
  source: 'Keras documentation, Dice loss; Milletari et al., V-Net (2016)',
  parameters: {},
  config: () => ({}),
  caption: () => 'overlap',
});
