/** PReLU: a slope below zero that is learned. */
import { shapeText } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { initializer, regularizer, regularizerConfig } from '../core/weighted';
import { refuse, sizePerSample } from '../inference';
import { layerPorts } from '../ports';

function infer(input: InputShape, shared: readonly number[]): InferenceResult {
  const { shape, from } = input;
  const missing = shared.find((axis) => axis >= shape.length);
  if (missing !== undefined)
    return refuse({
      code: 'block/parameter',
      port: 'input',
      message: `PReLU: shared_axes names axis ${missing}, which ${shapeText(shape)} from ${from} does not have.`,
      why: 'Axes are counted from 1, the first one after the batch.',
      fixes: [{ label: 'Share no axis', kind: 'set-param', name: 'shared_axes', value: [] }],
    });
  const slopes = shape.map((size, axis) => (shared.includes(axis) ? 1 : size)).slice(1);
  const free = slopes.indexOf(null);
  if (free !== -1)
    return refuse({
      code: 'shape/mismatch',
      port: 'input',
      message: `PReLU learns a slope for every place, but axis ${free + 1} of ${shapeText(shape)} from ${from} has no fixed length.`,
      why: 'The number of weights must be fixed; along a shared axis all places have the same slope.',
      fixes: [
        {
          label: `Share axis ${free + 1}`,
          kind: 'set-param',
          name: 'shared_axes',
          value: [...shared, free + 1],
        },
      ],
    });
  const alpha = { name: 'alpha', shape: slopes.map((size) => size ?? 1), trainable: true };
  return { ok: true, value: { shape, weights: [alpha], multiplyAdds: sizePerSample(shape) } };
}

export const prelu = defineBlock({
  type: 'PReLU',
  version: 1,
  title: 'PReLU',
  category: 'Activation',
  search: ['parametric relu', 'learned slope', 'activation', 'non-linear'],
  summary: 'Keeps positive values and multiplies negative ones by a slope that is learned.',
  help: [
    '`x` above 0, `alpha · x` below. The slopes alpha are weights that start at 0, where it is a ReLU, and are trained with the others.',
    'The shape does not change. There is a slope for each value of a sample; with `shared_axes` 1, 2 the pixels of a map share theirs, and there is one for each channel.',
    'Typical mistake: leaving `shared_axes` empty on a map. It then holds as many weights as the map has values.',
  ].join('\n\n'),
  source:
    'He et al., Delving deep into rectifiers (2015); Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 2',
  parameters: {
    shared_axes: {
      kind: 'integers',
      default: [],
      min: 1,
      emptyMeans: 'a slope for every value',
      help: 'Axes along which the slope is the same, counted from 1 after the batch; 1, 2 for one slope per channel of a map.',
    },
    alpha_initializer: initializer('zeros', 'How the slopes are set before training.'),
    alpha_regularizer: regularizer('slopes'),
  },
  ports: () => layerPorts,
  caption: ({ shared_axes }) =>
    shared_axes.length === 0 ? 'learned slopes' : `shared ${shared_axes.join(', ')}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input], { shared_axes }) => infer(input, shared_axes),
    keras: ({ shared_axes, alpha_initializer, alpha_regularizer }) => ({
      class_name: 'PReLU',
      config: {
        alpha_initializer,
        alpha_regularizer: regularizerConfig(alpha_regularizer),
        shared_axes: shared_axes.length === 0 ? null : [...shared_axes],
      },
    }),
    activation: () => 'prelu',
  },
});
