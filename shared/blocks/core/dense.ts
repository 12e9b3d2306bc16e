/** Dense: every output is a weighted sum of all inputs. */
import { valuesPerSample, shapeText } from '../../compiler/shape';
import { switchedOn } from '../activation/functions';
import { defineBlock, type Finding, type InputShape } from '../block';
import { refuse, sizePerSample, wrongRank } from '../inference';
import { layerPorts } from '../ports';
import { kernelAndBias, weightConfig, weightParameters } from './weighted';

/** Accepted as in Keras, but seldom meant: the same weights are used at every position of the map. */
function onMap(input: InputShape): readonly Finding[] {
  if (input.shape.length <= 2 || input.isSequence === true) return [];
  const flat = valuesPerSample(input.shape);
  return [
    {
      code: 'layer/dense-on-map',
      severity: 'warning',
      port: 'input',
      message: `Dense gets ${shapeText(input.shape)} from ${input.from} and works on its last axis only.`,
      why: `Every position of the map is treated alike and the positions stay apart${flat ? `; flattened it would be ${flat} features` : ''}.`,
      fixes: [
        { label: 'Insert Flatten', kind: 'insert-before', type: 'Flatten' },
        ...(input.shape.length === 4
          ? [{ label: 'Average the map', kind: 'insert-before', type: 'GlobalAveragePooling2D' } as const]
          : []),
      ],
    },
  ];
}

export const dense = defineBlock({
  type: 'Dense',
  version: 1,
  title: 'Dense',
  category: 'Core',
  search: [
    'fully connected',
    'linear layer',
    'perceptron',
    'fc',
    'affine',
    'neurons',
    'hidden layer',
    'feed-forward',
  ],
  summary: 'Every output is a weighted sum of all inputs, plus a bias.',
  help: [
    'Computes `activation(x · kernel + bias)`. Each of the `units` outputs has one weight for every input and one bias, so the layer holds (inputs + 1) × units weights.',
    'Shapes: `[batch, features]` → `[batch, units]`. On a map, as `[batch, 7, 7, 64]`, it works on the last axis only and keeps the others, as in Keras.',
    'Typical mistakes: two Dense layers with nothing non-linear between them, which can do no more than one; and a Dense layer straight after a convolution, where Flatten or GlobalAveragePooling2D was meant.',
  ].join('\n\n'),
  source: 'Keras documentation, Dense layer; Gulli and Pal, Deep Learning with Keras (2017), chapter 1',
  parameters: {
    units: { kind: 'integer', default: 32, min: 1, max: 1_000_000, help: 'Number of outputs.' },
    ...weightParameters,
  },
  ports: () => layerPorts,
  caption: ({ units, activation }) =>
    `${units} ${units === 1 ? 'unit' : 'units'}${activation === 'linear' ? '' : `, ${activation}`}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer([input], values) {
      const { shape } = input;
      if (shape.length < 2)
        return wrongRank('Dense', '[batch, features]', input, 'There is nothing to weigh but the batch.', []);
      const features = shape[shape.length - 1];
      if (features === null)
        return refuse({
          code: 'shape/mismatch',
          port: 'input',
          message: `Dense needs a last axis of known length; it gets ${shapeText(shape)} from ${input.from}.`,
          why: 'Every input feature has weights of its own, so their number must be fixed.',
        });
      return {
        ok: true,
        value: {
          shape: [...shape.slice(0, -1), values.units],
          weights: kernelAndBias([features, values.units], values.units, values.use_bias),
          multiplyAdds: sizePerSample(shape) * values.units,
          findings: onMap(input),
        },
      };
    },
    keras: (values) => ({ class_name: 'Dense', config: { units: values.units, ...weightConfig(values) } }),
    activation: ({ activation }) => switchedOn(activation),
  },
});
