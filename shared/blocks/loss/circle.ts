/** Circle: embeddings of one class close together, those of others apart, the worst pairs first. */
import { embeddingLoss } from './embedding-loss';

export const circle = embeddingLoss({
  type: 'Circle',
  title: 'Circle',
  search: ['circle loss', 'cosine', 'retrieval'],
  summary: 'Turns embeddings of one class the same way and those of others away, the worst pairs most.',
  help: [
    'With the cosine distance `d = 1 − a·b`: `softplus(log Σ exp(γ (d + m)(d − m)) over pairs of one class + log Σ exp(γ (1 + m − d)(1 − m − d)) over pairs of two)`. Each pair weighs as much as it is wrong.',
    'Typical mistakes: embeddings that are not of length 1 (UnitNormalization belongs before it); an activation such as ReLU at the end, which keeps all embeddings on one side.',
  ],
  source: 'Keras documentation, Circle loss; Sun et al., Circle loss: a unified perspective of pair similarity optimization (2020)',
  parameters: {
    gamma: { kind: 'number', default: 80, min: 0, above: true, help: 'How sharply the worst pairs are preferred.' },
    margin: { kind: 'number', default: 0.4, min: 0, max: 1, help: 'How close is close enough, and how far far enough.' },
    remove_diagonal: {
      kind: 'boolean',
      default: true,
      help: 'Off: each sample also counts as a pair with itself.',
      advanced: true,
    },
  },
  caption: ({ margin }) => `margin ${margin}`,
}); // prettier-ignore
