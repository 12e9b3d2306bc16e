/** Softmax: numbers become probabilities that sum to 1. */
import { defineBlock } from '../block';
import { axisIndex, noSuchAxis, weightless } from '../inference';
import { layerPorts } from '../ports';
import { activationLayer } from './activation-block';
import { ACTIVATION_FUNCTIONS } from './functions';

export const softmax = defineBlock({
  type: 'Softmax',
  version: 1,
  title: 'Softmax',
  category: 'Activation',
  search: [...ACTIVATION_FUNCTIONS.softmax.words, 'activation', 'output'],
  summary: 'Turns the numbers of the last axis into probabilities that sum to 1.',
  help: [
    '`eˣ` divided by the sum of `eˣ` along the axis. The largest number gets the largest probability. It stands at the end of a network that chooses one of several classes, before CategoricalCrossentropy or SparseCategoricalCrossentropy.',
    'The shape does not change and there are no weights.',
    'Typical mistakes: softmax over a single unit, which is always 1 (use Sigmoid); softmax twice; softmax before a loss with `from_logits` on.',
  ].join('\n\n'),
  formula: 'yᵢ = eˣⁱ / Σ eˣʲ',
  source:
    'Keras documentation, Softmax layer; Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 2',
  parameters: {
    axis: {
      kind: 'integer',
      default: -1,
      help: 'The axis that sums to 1; -1 is the last one.',
      advanced: true,
    },
  },
  ports: () => layerPorts,
  caption: ({ axis }) => (axis === -1 ? 'over classes' : `axis ${axis}`),
  behaviour: {
    ...activationLayer('softmax', ({ axis }: { axis: number }) => ({
      class_name: 'Softmax',
      config: { axis },
    })),
    infer: ([input], { axis }) =>
      axisIndex(axis, input.shape) === null ? noSuchAxis('Softmax', axis, input) : weightless(input.shape),
  },
});
