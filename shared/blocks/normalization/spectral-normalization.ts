/** SpectralNormalization: a layer whose weights can stretch nothing by more than 1. */
import { activationParameter, switchedOn } from '../activation/functions';
import { defineBlock, type AnyBlockDefinition, type WeightSpec } from '../block';
import { conv2d } from '../convolution/conv2d';
import { conv2dTranspose } from '../convolution/conv2d-transpose';
import { dense } from '../core/dense';
import { initializer } from '../core/weighted';
import { timesText } from '../inference';
import { layerPorts } from '../ports';
import { nestedConfig, nestedLayer } from '../sequence/nested';

const inner: Readonly<Record<'Dense' | 'Conv2D' | 'Conv2DTranspose', AnyBlockDefinition>> = {
  Dense: dense,
  Conv2D: conv2d,
  Conv2DTranspose: conv2dTranspose,
};
const filtered = { parameter: 'layer', is: ['Conv2D', 'Conv2DTranspose'] } as const;

/** The guess of the direction that the kernel [..., outputs] stretches most. */
const withGuess = ([kernel, ...others]: readonly WeightSpec[]): WeightSpec[] => [
  kernel,
  { name: 'vector_u', shape: [1, kernel.shape.at(-1) ?? 1], trainable: false },
  ...others,
];

export const spectralNormalization = defineBlock({
  type: 'SpectralNormalization',
  version: 1,
  title: 'SpectralNormalization',
  category: 'Normalization',
  search: ['spectral norm', 'sn-gan', 'sngan', 'lipschitz', 'gan', 'discriminator', 'critic', 'wrapper'],
  summary:
    'Uses a Dense layer or a convolution whose weights are divided by their largest stretch before each step.',
  help: [
    'Before each step of training the kernel is replaced by `kernel / σ`, where σ is the largest factor by which it can stretch a vector, its largest singular value. It is estimated by `power_iterations`: `v = u · kernelᵀ`, `u = v · kernel`, each brought to length 1, and `σ = v · kernel · uᵀ`; `u` is kept from step to step. The step then changes the kernel as usual. So a discriminator cannot become arbitrarily steep, and the generator that learns from it gets slopes of use.',
    'Shapes: those of the layer inside, `[batch, 28, 28, 1]` with 32 filters of 3 × 3 → `[batch, 26, 26, 32]`. It holds the weights of that layer and a row `u` with a number for each output, which no gradient changes. In evaluation the layer computes with the kernel that the last step left.',
    'Typical mistake: BatchNormalization in the same discriminator. It stretches again what was just held.',
  ].join('\n\n'),
  source:
    'Miyato et al., Spectral normalization for generative adversarial networks (2018); Keras documentation, SpectralNormalization layer',
  parameters: {
    layer: { kind: 'choice', default: 'Conv2D', options: ['Conv2D', 'Dense', 'Conv2DTranspose'], help: 'The layer whose weights are held.' },
    units: { kind: 'integer', default: 32, min: 1, max: 1_000_000, help: 'Number of outputs.', when: { parameter: 'layer', is: ['Dense'] } },
    filters: { kind: 'integer', default: 32, min: 1, max: 100_000, help: 'Number of patterns that are looked for.', when: filtered },
    kernel_size: { kind: 'integers', default: [3, 3], length: 2, min: 1, max: 1000, help: 'Height and width of a filter.', unit: 'pixels', when: filtered },
    strides: { kind: 'integers', default: [1, 1], length: 2, min: 1, max: 1000, help: 'How far the filter moves.', when: filtered },
    padding: { kind: 'choice', default: 'valid', options: ['valid', 'same'], help: '`same` puts zeros around the picture, so that it keeps its size.', when: filtered },
    activation: activationParameter,
    power_iterations: { kind: 'integer', default: 1, min: 1, max: 100, help: 'How often the guess of σ is made better in each step; 1 is enough, because the kernel changes little.', advanced: true },
    use_bias: { kind: 'boolean', default: true, help: 'Adds one trainable number to each output.', advanced: true },
    kernel_initializer: initializer('glorot_uniform', 'How the weights are drawn before training.'),
  }, // prettier-ignore
  ports: () => layerPorts,
  caption: ({ layer, units, filters, kernel_size }) =>
    layer === 'Dense'
      ? `Dense, ${units} ${units === 1 ? 'unit' : 'units'}`
      : `${layer}, ${filters} × ${timesText(kernel_size)}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], values) {
      const { behaviour, values: given } = nestedLayer(inner[values.layer], values);
      const one = behaviour.infer([input], given);
      if (!one.ok) {
        const message = one.finding.message.replace(values.layer, 'SpectralNormalization');
        return { ok: false, finding: { ...one.finding, message } };
      }
      return {
        ok: true,
        value: { ...one.value, weights: withGuess(one.value.weights) },
      };
    },
    keras(values) {
      const { behaviour, values: given } = nestedLayer(inner[values.layer], values);
      return {
        class_name: 'SpectralNormalization',
        config: { layer: nestedConfig(behaviour.keras(given)), power_iterations: values.power_iterations },
      };
    },
    activation: ({ activation }) => switchedOn(activation),
  },
});
