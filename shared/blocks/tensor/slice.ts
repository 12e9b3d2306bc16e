/** Slice: a part of a tensor along one axis. */
import { shapeText } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { axisIndex, noSuchAxis, ownLayer, refuse, weightless } from '../inference';
import { layerPorts } from '../ports';

interface Cut {
  axis: number;
  start: number;
  length: number;
}

/** `length` 0 takes all to the end. */
export function sliced(input: InputShape, { axis, start, length }: Cut): InferenceResult {
  const index = axisIndex(axis, input.shape);
  if (index === null) return noSuchAxis('Slice', axis, input);
  const n = input.shape[index];
  const size = length === 0 ? (n === null ? null : n - start) : length;
  if (n !== null && (size === null || size < 1 || start + size > n))
    return refuse({
      code: 'block/parameter',
      port: 'input',
      message: `Slice takes ${length === 0 ? 'the rest' : `${length} values`} from ${start} along axis ${index}, but ${shapeText(input.shape)} from ${input.from} has ${n} there.`,
      why: 'Places are counted from 0.',
      fixes: [
        { label: 'Set start to 0', kind: 'set-param', name: 'start', value: 0 },
        { label: 'Set length to 0', kind: 'set-param', name: 'length', value: 0 },
      ],
    });
  return weightless(input.shape.map((old, i) => (i === index ? size : old)));
}

export const slice = defineBlock({
  type: 'Slice',
  version: 1,
  title: 'Slice',
  category: 'Tensor',
  search: ['part', 'split', 'cut', 'index', 'select', 'gather', 'narrow'],
  summary: 'Takes some neighbouring values along one axis and leaves the others.',
  help: [
    'Shapes: `[batch, 28, 28, 96]` with axis −1, start 48 and length 48 → `[batch, 28, 28, 48]`, the second half of the channels. There are no weights.',
    'Several of them on the same wire split a tensor into parts that go different ways.',
    'Typical mistake: counting from 1. The first value stands at 0.',
  ].join('\n\n'),
  formula: 'y[i] = x[start + i] along axis',
  source: 'Keras documentation, ops.slice',
  parameters: {
    axis: { kind: 'integer', default: -1, help: 'The axis that is cut; -1 is the last one.' },
    start: { kind: 'integer', default: 0, min: 0, help: 'The first place that is taken, counted from 0.' },
    length: { kind: 'integer', default: 0, min: 0, help: 'How many are taken; 0 takes all to the end.' },
  },
  ports: () => layerPorts,
  caption: ({ start, length }) => (length === 0 ? `from ${start}` : `${start} to ${start + length - 1}`),
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input], values) => sliced(input, values),
    keras: (values) => ownLayer('Slice', { ...values }),
    activation: () => null,
  },
});
