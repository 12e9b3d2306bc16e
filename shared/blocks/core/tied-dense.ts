/** TiedDense: a Dense layer backwards, with the weights of another one turned around. */
import { shapeText } from '../../compiler/shape';
import { activationParameter, switchedOn } from '../activation/functions';
import { defineBlock, type InferenceResult, type InputShape, type Lender } from '../block';
import { ownLayer, refuse, sizePerSample } from '../inference';
import { layerPorts } from '../ports';
import { lenderParameter, noLender } from './lender';
import { initializer, trainableParameter } from './weighted';

function infer(input: InputShape, useBias: boolean, lender: Lender | null): InferenceResult {
  const kernel = lender?.weights.find(({ name }) => name === 'kernel')?.shape;
  if (lender === null || kernel?.length !== 2) return noLender('TiedDense');
  const [features, units] = kernel;
  if (input.shape.length < 2 || input.shape.at(-1) !== units)
    return refuse({
      code: 'shape/mismatch',
      port: 'input',
      message: `TiedDense turns ${lender.label} around, which makes ${units} values of ${features}; it gets ${shapeText(input.shape)} from ${input.from}.`,
      why: 'Backwards there must arrive as many values as leave the layer forwards.',
    });
  return {
    ok: true,
    value: {
      shape: [...input.shape.slice(0, -1), features],
      weights: useBias ? [{ name: 'bias', shape: [features], trainable: true }] : [],
      multiplyAdds: sizePerSample(input.shape) * features,
    },
  };
}

export const tiedDense = defineBlock({
  type: 'TiedDense',
  version: 1,
  title: 'TiedDense',
  category: 'Core',
  search: ['tied weights', 'transposed', 'autoencoder', 'decoder', 'weight tying'],
  summary: 'A Dense layer backwards: the weights of another Dense, turned around.',
  help: [
    'Computes `activation(x · kernelᵀ + bias)` with the kernel of the chosen Dense layer and a bias of its own. In an autoencoder the decoder then undoes what the encoder does, with half the weights.',
    'Shapes: with a Dense of 784 → 64, `[batch, 64]` → `[batch, 784]`; the only weights are 784 biases.',
    'Typical mistake: choosing a layer of another size. The units of the chosen layer must be the features that arrive here.',
  ].join('\n\n'),
  source:
    'Vincent et al., Stacked denoising autoencoders (2010); Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 5',
  parameters: {
    layer: lenderParameter('The Dense layer whose weights are turned around.'),
    activation: activationParameter,
    use_bias: { kind: 'boolean', default: true, help: 'Adds one trainable number to each output.' },
    bias_initializer: initializer('zeros', 'How the biases are set before training.'),
    ...trainableParameter,
  },
  ports: () => layerPorts,
  caption: ({ layer }) => (layer?.[0] === undefined ? 'choose a layer' : `${layer[0]} turned around`),
  behaviour: {
    kind: 'layer',
    affine: true,
    lender: ({ layer }) => layer?.[0] ?? null,
    infer: ([input], { use_bias }, lender = null) => infer(input, use_bias, lender),
    keras: ({ activation, use_bias, bias_initializer }) =>
      ownLayer('TiedDense', { activation, use_bias, bias_initializer }),
    activation: ({ activation }) => switchedOn(activation),
  },
});
