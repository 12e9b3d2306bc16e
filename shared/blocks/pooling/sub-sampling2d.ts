/** SubSampling2D: the sum of each window times a weight, plus a bias, as in LeNet-5. */
import { activationParameter, switchedOn } from '../activation/functions';
import { defineBlock } from '../block';
import { noSpace, perAxis, places, SPACES, unknownChannels, withInner } from '../convolution/space';
import { slide } from '../convolution/window';
import { trainableParameter } from '../core/weighted';
import { ownLayer, timesText } from '../inference';
import { layerPorts } from '../ports';

const SPACE = SPACES[2];

export const subSampling2d = defineBlock({
  type: 'SubSampling2D',
  version: 1,
  title: 'SubSampling2D',
  category: 'Pooling',
  search: ['trainable sub-sampling', 'subsampling', 'lenet', 'learned pooling'],
  summary: 'Makes a picture smaller by the sum of each window times a weight that is learned, plus a bias.',
  help: [
    'Computes `activation(kernel · Σ window + bias)`, with one weight and one bias for each channel; windows lie side by side. With a small weight it blurs, with a large one it says whether anything was there.',
    'Shapes: `[batch, 28, 28, 6]` with a pool of 2 × 2 → `[batch, 14, 14, 6]`, with 12 weights.',
    'Typical mistake: expecting it to pick the largest value. That is MaxPooling2D, which most later networks use.',
  ].join('\n\n'),
  source:
    'LeCun et al., Gradient-based learning applied to document recognition (1998), section II.B; Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 4',
  parameters: {
    pool_size: perAxis(SPACE, 2, 'Height and width of the windows.'),
    activation: { ...activationParameter, default: 'sigmoid' },
    ...trainableParameter,
  },
  ports: () => layerPorts,
  caption: ({ pool_size, activation }) =>
    `${timesText(pool_size)}${activation === 'linear' ? '' : `, ${activation}`}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], { pool_size }) {
      const wrong = noSpace(SPACE, 'SubSampling2D', input);
      if (wrong) return wrong;
      const channels = input.shape[3];
      if (channels === null) return unknownChannels('SubSampling2D', input);
      const slid = slide(SPACE, `Pool ${timesText(pool_size)}`, 'pool_size', input, {
        size: pool_size,
        strides: pool_size,
        dilation: [1, 1],
        padding: 'valid',
      });
      if (!slid.ok) return slid;
      const shape = withInner(input.shape, slid.lengths);
      const perChannel = (name: string) => ({ name, shape: [channels], trainable: true });
      return {
        ok: true,
        value: {
          shape,
          weights: [perChannel('kernel'), perChannel('bias')],
          multiplyAdds: 2 * places(shape) * channels,
          // There is no padding here that could be set.
          findings: slid.findings.map((finding) => ({ ...finding, fixes: [] })),
        },
      };
    },
    keras: ({ pool_size, activation }) =>
      ownLayer('SubSampling2D', { pool_size: [...pool_size], activation }),
    activation: ({ activation }) => switchedOn(activation),
  },
});
