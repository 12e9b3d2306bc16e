/** Dropout: sets random values to zero while training. */
import { defineBlock } from '../block';
import { weightless } from '../inference';
import { layerPorts } from '../ports';

export const dropout = defineBlock({
  type: 'Dropout',
  version: 1,
  title: 'Dropout',
  category: 'Core',
  search: ['regularisation', 'regularization', 'overfitting', 'noise', 'keep_prob'],
  summary: 'Sets a random share of the values to zero while training, against overfitting.',
  help: [
    'In training each value is set to 0 with probability `rate`, and the others are multiplied by 1 / (1 − rate), so that their expected sum stays the same. In evaluation nothing is dropped.',
    'The shape does not change and there are no weights.',
    'Typical mistake: mixing up the share that is dropped with the share that is kept. Older books give `keep_prob`; `rate` is 1 − keep_prob.',
  ].join('\n\n'),
  source: 'Srivastava et al., Dropout: a simple way to prevent neural networks from overfitting (2014)',
  parameters: {
    rate: {
      kind: 'number',
      default: 0.5,
      min: 0,
      max: 1,
      below: true,
      help: 'Share of the values that is dropped.',
    },
  },
  ports: () => layerPorts,
  caption: ({ rate }) => `rate ${rate}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input]) => weightless(input.shape),
    keras: ({ rate }) => ({ class_name: 'Dropout', config: { rate } }),
    activation: () => null,
  },
});
