/** Noise: random numbers as the beginning of a network. */
import { shapeText } from '../../compiler/shape';
import { defineBlock } from '../block';
import { ownLayer, weightless } from '../inference';

export const noise = defineBlock({
  type: 'Noise',
  version: 1,
  title: 'Noise',
  category: 'Core',
  search: ['random', 'latent', 'gan', 'generator', 'z', 'noise source', 'random normal', 'random uniform'],
  summary: 'Brings fresh random numbers into the network at every step.',
  help: [
    'For each sample of the batch it draws as many numbers as `shape` says: from a normal distribution with mean 0 and deviation 1, or all numbers between −1 and 1 alike. A generator makes something of them that looks like the data.',
    'Shapes: nothing comes in; what goes out is the batch with `shape`, `[batch, 100]` for 100 numbers.',
    'In training each step has numbers of its own, which the seed of the run decides. Where the network is judged, the numbers are the same after every epoch, so that what is made of them can be compared.',
    'Typical mistake: very few numbers. The generator then has little to tell its pictures apart by.',
  ].join('\n\n'),
  formula: 'y ~ N(0, 1), or uniform between its bounds',
  source:
    'Goodfellow et al., Generative adversarial nets (2014); Radford et al., Unsupervised representation learning with deep convolutional generative adversarial networks (2016)',
  parameters: {
    shape: { kind: 'integers', default: [100], min: 1, help: 'The shape of the numbers for one sample.' },
    distribution: {
      kind: 'choice',
      default: 'normal',
      options: ['normal', 'uniform'],
      help: '`normal` has mean 0 and deviation 1; `uniform` lies between −1 and 1.',
    },
  },
  ports: () => ({ inputs: [], outputs: [{ name: 'output', kind: 'tensor' }] }),
  caption: ({ shape, distribution }) => `${shapeText(shape)}, ${distribution}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: (_inputs, { shape }) => weightless([null, ...shape]),
    keras: ({ shape, distribution }) => ownLayer('Noise', { shape: [...shape], distribution }),
    activation: () => null,
  },
});
