/** Tversky: overlap in which misses and false alarms count differently. */
import { overlapLoss } from './overlap-loss';

export const tversky = overlapLoss({
  type: 'Tversky',
  title: 'Tversky',
  search: ['tversky loss', 'segmentation', 'overlap', 'mask', 'imbalanced', 'recall', 'precision'],
  summary: 'Overlap of regions where misses may cost more than false alarms.',
  help: [
    '`1 − Σ y·p / (Σ y·p + alpha · Σ y·(1 − p) + beta · Σ (1 − y)·p)`. With both at 0.5 it is Dice. `alpha` weighs what was missed and `beta` false alarms, as Keras computes it; the paper names them the other way round.',
  ],
  source:
    'Keras documentation, Tversky loss; Salehi et al., Tversky loss function for image segmentation (2017)',
  parameters: {
    alpha: { kind: 'number', default: 0.5, min: 0, help: 'How much missed parts of the region count.' },
    beta: { kind: 'number', default: 0.5, min: 0, help: 'How much false alarms outside the region count.' },
  },
  config: ({ alpha, beta }) => ({ alpha, beta }),
  caption: ({ alpha, beta }) => `alpha ${alpha}, beta ${beta}`,
});
