/** RBFOutput: how far a sample lies from the pattern of each class, as at the end of LeNet-5. */
import { shapeText } from '../../compiler/shape';
import { defineBlock } from '../block';
import { ownLayer, refuse } from '../inference';
import { layerPorts } from '../ports';
import { trainableParameter } from './weighted';

export const rbfOutput = defineBlock({
  type: 'RBFOutput',
  version: 1,
  title: 'RBF output',
  category: 'Core',
  search: ['radial basis function', 'euclidean distance', 'prototype', 'lenet', 'output layer'],
  summary: 'Compares a row of features with one pattern for each class; the nearest pattern wins.',
  help: [
    'For each class the squared distance `Σ (x − prototype)²` is taken. `probabilities` gives `e^(−distance)` divided by the sum over the classes; `distances` gives the distances themselves.',
    'Shapes: `[batch, 84]` → `[batch, 10]`. It holds 84 × 10 numbers. `fixed` patterns of random −1 and +1 do not change, as in LeNet-5, so that the layers before have to lead each class to its pattern; `learned` ones do.',
    'Typical mistake: features on another scale than the patterns. A tanh before it keeps them between −1 and 1.',
  ].join('\n\n'),
  source:
    'LeCun et al., Gradient-based learning applied to document recognition (1998), section II.B; Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 4',
  parameters: {
    units: { kind: 'integer', default: 10, min: 1, max: 100_000, help: 'Number of classes.' },
    prototypes: {
      kind: 'choice',
      default: 'fixed',
      options: ['fixed', 'learned'],
      help: '`fixed`: patterns of random −1 and +1 that stay; `learned`: they are trained with the rest.',
    },
    output: {
      kind: 'choice',
      default: 'probabilities',
      options: ['probabilities', 'distances'],
      help: 'Probabilities of the classes, or the distances.',
    },
    ...trainableParameter,
  },
  ports: () => layerPorts,
  caption: ({ units, prototypes }) => `${units} ${prototypes} ${units === 1 ? 'pattern' : 'patterns'}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([input], { units, prototypes }) {
      const features = input.shape.length === 2 ? input.shape[1] : null;
      if (features === null)
        return refuse({
          code: 'shape/mismatch',
          port: 'input',
          message: `RBFOutput expects [batch, features]; it gets ${shapeText(input.shape)} from ${input.from}.`,
          why: 'Each pattern has one number for each feature.',
          fixes: [{ label: 'Insert Flatten', kind: 'insert-before', type: 'Flatten' }],
        });
      const patterns = { name: 'prototypes', shape: [features, units], trainable: prototypes === 'learned' };
      return {
        ok: true,
        value: { shape: [input.shape[0], units], weights: [patterns], multiplyAdds: 2 * features * units },
      };
    },
    keras: ({ units, prototypes, output }) =>
      ownLayer('RBFOutput', { units, prototypes, output, prototypes_initializer: 'random_signs' }),
    activation: ({ output }) => (output === 'probabilities' ? 'softmax' : null),
  },
});
