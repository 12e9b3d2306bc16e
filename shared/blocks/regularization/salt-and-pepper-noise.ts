/** SaltAndPepperNoise: single values become white or black while training. */
import { defineBlock } from '../block';
import { ownLayer } from '../inference';
import { layerPorts } from '../ports';
import { disturbance } from './noise';

export const saltAndPepperNoise = defineBlock({
  type: 'SaltAndPepperNoise',
  version: 1,
  title: 'SaltAndPepperNoise',
  category: 'Regularization',
  search: ['impulse noise', 'salt and pepper', 'denoising', 'autoencoder', 'defect pixels'],
  summary: 'Sets single values to the highest or lowest one while training, as defect pixels do.',
  help: [
    'In training each value is replaced with probability `amount`: by `high` in a share `salt` of the cases, else by `low`. In evaluation nothing is changed.',
    'The shape does not change and there are no weights. After the Input of an autoencoder it makes a denoising autoencoder: the target is the picture without noise.',
    'Typical mistake: values on another scale. For pixels from 0 to 255 `high` is 255.',
  ].join('\n\n'),
  formula: 'y = low or high with probability rate, else x',
  source:
    'Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 5; Vincent et al., Extracting and composing robust features with denoising autoencoders (2008)',
  parameters: {
    amount: { kind: 'number', default: 0.05, min: 0, max: 1, help: 'Share of the values that is replaced.' },
    salt: { kind: 'number', default: 0.5, min: 0, max: 1, help: 'Share of those that become `high`.' },
    low: { kind: 'number', default: 0, help: 'The value of pepper, black.', advanced: true },
    high: { kind: 'number', default: 1, help: 'The value of salt, white.', advanced: true },
  },
  ports: () => layerPorts,
  caption: ({ amount }) => `${Number((100 * amount).toPrecision(3))} %`,
  behaviour: disturbance<Record<'amount' | 'salt' | 'low' | 'high', number>>(({ amount, salt, low, high }) =>
    ownLayer('SaltAndPepperNoise', { amount, salt, low, high }),
  ),
});
