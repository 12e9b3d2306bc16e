/** Reduction: sum, mean, largest value and the like over chosen axes. */
import { shapeText } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { axisIndex, ownLayer, refuse, sizePerSample, weightless } from '../inference';
import { layerPorts } from '../ports';

/** Named as in Keras' ops. */
export const REDUCTIONS = ['mean', 'sum', 'max', 'min', 'prod', 'std', 'var'] as const;

function reduced(input: InputShape, axes: readonly number[], keepdims: boolean): InferenceResult {
  const { shape } = input;
  const all = shape.map((_, axis) => axis).slice(1);
  const places = axes.length === 0 ? all : axes.map((axis) => axisIndex(axis, shape));
  const missing = axes.find((_, i) => places[i] === null || places.indexOf(places[i]) < i);
  if (missing !== undefined)
    return refuse({
      code: 'block/parameter',
      port: 'input',
      message: `Reduction: axes names ${missing}, but ${shapeText(shape)} from ${input.from} has no such axis apart from the batch, or it is named twice.`,
      why: 'Axes are counted from 0, which is the batch; -1 is the last one.',
      fixes: [{ label: 'Reduce all axes', kind: 'set-param', name: 'axes', value: [] }],
    });
  return weightless(
    shape.flatMap((size, axis) => (places.includes(axis) ? (keepdims ? [1] : []) : [size])),
    sizePerSample(shape),
  );
}

export const reduction = defineBlock({
  type: 'Reduction',
  version: 1,
  title: 'Reduction',
  category: 'Tensor',
  search: [...REDUCTIONS, 'reduce', 'average', 'total', 'maximum', 'minimum', 'standard deviation', 'norm'],
  summary: 'Replaces the values along some axes by their sum, mean, largest value or the like.',
  help: [
    'Shapes: `[batch, 28, 28, 3]` with axes 1, 2 → `[batch, 3]`; with `keepdims` → `[batch, 1, 1, 3]`. Without axes everything of a sample becomes one number. There are no weights.',
    '`std` and `var` divide by the number of values, as NumPy does.',
    'Typical mistake: forgetting that axis 0 is the batch. The first axis of a sample is 1.',
  ].join('\n\n'),
  formula: 'y = Σ x, or mean, max, min, … along axis',
  source: 'Keras documentation, NumPy ops',
  parameters: {
    function: {
      kind: 'choice',
      default: 'mean',
      options: REDUCTIONS,
      help: 'What the values are replaced by.',
    },
    axes: {
      kind: 'integers',
      default: [],
      emptyMeans: 'all of a sample',
      help: 'The axes that go, counted from 0, the batch; -1 is the last one.',
    },
    keepdims: {
      kind: 'boolean',
      default: false,
      help: 'Keeps these axes with a length of 1.',
      advanced: true,
    },
  },
  ports: () => layerPorts,
  caption: (values) =>
    `${values.function}${values.axes.length === 0 ? '' : ` over ${values.axes.join(', ')}`}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input], { axes, keepdims }) => reduced(input, axes, keepdims),
    keras: (values) =>
      ownLayer('Reduction', {
        function: values.function,
        axes: values.axes.length === 0 ? null : [...values.axes],
        keepdims: values.keepdims,
      }),
    activation: () => null,
  },
});
