/** KLSparsity: units are to be active rarely, as in a sparse autoencoder. */
import { defineBlock } from '../block';
import { ownLayer, sizePerSample, weightless } from '../inference';
import { layerPorts } from '../ports';

export const klSparsity = defineBlock({
  type: 'KLSparsity',
  version: 1,
  title: 'KL sparsity',
  category: 'Regularization',
  search: ['sparse autoencoder', 'sparsity', 'kullback-leibler', 'rho', 'activity penalty'],
  summary: 'Adds a penalty to the loss unless each unit is active in a small share of the samples.',
  help: [
    'The values are handed on as they are. For each unit the mean over the batch, ρ̂, is compared with the wanted share `rho`: `weight · Σ (rho · log(rho / ρ̂) + (1 − rho) · log((1 − rho) / (1 − ρ̂)))` is added to the loss.',
    'The shape does not change and there are no weights. It belongs after a layer whose outputs lie between 0 and 1, as with a sigmoid. Few units answer to each sample then, even where there are more units than inputs.',
    'Typical mistakes: a small batch, whose mean says little; and an activation that leaves 0 to 1, whose mean is cut off there.',
  ].join('\n\n'),
  source:
    'Ng, Sparse autoencoder, CS294A lecture notes (2011); Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 5',
  parameters: {
    rho: {
      kind: 'number',
      default: 0.05,
      min: 0,
      max: 1,
      above: true,
      below: true,
      help: 'Share of the samples in which a unit is to be active.',
    },
    weight: { kind: 'number', default: 0.001, min: 0, scale: 'log', help: 'How much the penalty counts.' },
  },
  ports: () => layerPorts,
  caption: ({ rho, weight }) => `${rho}, weight ${weight}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input]) => weightless(input.shape, sizePerSample(input.shape)),
    keras: ({ rho, weight }) => ownLayer('KLSparsity', { rho, weight }),
    activation: () => null,
  },
});
