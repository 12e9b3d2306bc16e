/** Learned swish: x times sigmoid(beta · x), with a beta that is learned. */
import { shapeText } from '../../compiler/shape';
import { defineBlock } from '../block';
import { initializer } from '../core/weighted';
import { refuse, sizePerSample } from '../inference';
import { layerPorts } from '../ports';

export const learnedSwish = defineBlock({
  type: 'LearnedSwish',
  version: 1,
  title: 'Learned swish',
  category: 'Activation',
  search: ['swish', 'parametric swish', 'silu', 'beta', 'activation', 'non-linear'],
  summary: 'Multiplies x by sigmoid(beta · x), with a beta for each channel that is learned.',
  help: [
    '`x · sigmoid(beta · x)`. With beta at 1 it is SiLU, at 0 half of x, and the larger beta is, the closer it comes to ReLU. The betas are weights that are trained with the others.',
    'The shape does not change. There is one beta for each value of the last axis.',
    'Typical mistake: a beta that starts at 0. All units are then linear, and the first steps cannot tell them apart.',
  ].join('\n\n'),
  source: 'Ramachandran, Zoph and Le, Searching for activation functions (2017)',
  parameters: { beta_initializer: initializer('ones', 'How the betas are set before training.') },
  ports: () => layerPorts,
  caption: () => 'learned beta',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([{ shape, from }]) {
      const channels = shape[shape.length - 1];
      if (channels === null || shape.length < 2)
        return refuse({
          code: 'shape/mismatch',
          port: 'input',
          message: `Learned swish learns a beta for each value of the last axis, but ${shapeText(shape)} from ${from} has no last axis of fixed length.`,
          why: 'The number of weights must be fixed.',
        });
      return {
        ok: true,
        value: {
          shape,
          weights: [{ name: 'beta', shape: [channels], trainable: true }],
          multiplyAdds: 2 * sizePerSample(shape),
        },
      };
    },
    keras: ({ beta_initializer }) => ({
      class_name: 'LearnedSwish',
      registered_name: 'axonry>LearnedSwish',
      config: { beta_initializer },
    }),
    activation: () => 'learned_swish',
    curve: () => (x) => x / (1 + Math.exp(-x)),
  },
});
