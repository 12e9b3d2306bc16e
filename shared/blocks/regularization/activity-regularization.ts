/** ActivityRegularization: a penalty on large outputs. */
import { defineBlock } from '../block';
import { sizePerSample, weightless } from '../inference';
import { layerPorts } from '../ports';

export const activityRegularization = defineBlock({
  type: 'ActivityRegularization',
  version: 1,
  title: 'ActivityRegularization',
  category: 'Regularization',
  search: ['activity regularizer', 'sparse', 'sparsity', 'l1', 'l2', 'penalty'],
  summary: 'Adds a penalty on the values that pass through it to the loss.',
  help: [
    'The values are handed on as they are. `l1 · Σ|x| + l2 · Σx²` over the values of a sample, averaged over the batch, is added to the loss.',
    'The shape does not change and there are no weights. With l1 behind the code of an autoencoder most units are pushed to 0: a sparse autoencoder.',
    'Typical mistake: a large factor. The sum grows with the number of values, and may soon count more than the loss itself.',
  ].join('\n\n'),
  source: 'Keras documentation, ActivityRegularization layer',
  parameters: {
    l1: { kind: 'number', default: 0, min: 0, help: 'Factor of the sum of the absolute values.' },
    l2: { kind: 'number', default: 0, min: 0, help: 'Factor of the sum of the squares.' },
  },
  ports: () => layerPorts,
  caption: ({ l1, l2 }) => `l1 ${l1}, l2 ${l2}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input], { l1, l2 }) =>
      weightless(input.shape, ((l1 > 0 ? 1 : 0) + (l2 > 0 ? 1 : 0)) * sizePerSample(input.shape)),
    keras: ({ l1, l2 }) => ({ class_name: 'ActivityRegularization', config: { l1, l2 } }),
    activation: () => null,
  },
});
