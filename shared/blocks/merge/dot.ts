/** Dot: products of two tensors, summed along one axis of each. */
import { shapeText } from '../../compiler/shape';
import type { Shape } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { axisIndex, noSuchAxis, refuse, sizePerSample, weightless } from '../inference';
import { pairPorts } from '../ports';

const without = (shape: Shape, axis: number) => shape.filter((_, i) => i > 0 && i !== axis);

function dotProduct(inputs: readonly InputShape[], axes: readonly number[]): InferenceResult {
  const [left, right] = inputs;
  const places = inputs.map(({ shape }, i) => axisIndex(axes[i], shape));
  const [a, b] = places;
  if (a === null) return noSuchAxis('Dot', axes[0], left);
  if (b === null) return noSuchAxis('Dot', axes[1], right);
  const [n, m] = [left.shape[a], right.shape[b]];
  if (n !== m && n !== null && m !== null)
    return refuse({
      code: 'shape/mismatch',
      port: 'second',
      message: `Dot multiplies along axis ${a} of ${shapeText(left.shape)} from ${left.from} and axis ${b} of ${shapeText(right.shape)} from ${right.from}; their lengths ${n} and ${m} differ.`,
      why: 'Each value along the one axis is multiplied with the value at the same place along the other.',
    });
  const rest = [...without(left.shape, a), ...without(right.shape, b)];
  const shape = [left.shape[0], ...(rest.length === 0 ? [1] : rest)];
  return weightless(shape, sizePerSample(shape) * (n ?? m ?? 1));
}

export const dot = defineBlock({
  type: 'Dot',
  version: 2,
  title: 'Dot',
  category: 'Merge',
  search: [
    'dot product',
    'scalar product',
    'matrix product',
    'matmul',
    'cosine similarity',
    'attention',
    'skip-gram',
  ],
  summary: 'Multiplies two tensors along one axis of each and adds the products up.',
  help: [
    'Shapes: `[batch, 64]` and `[batch, 64]` → `[batch, 1]`, one number that tells how much two vectors point the same way; `[batch, 5, 64]` and `[batch, 7, 64]` along axis 2 of each → `[batch, 5, 7]`, all pairs.',
    'With `normalize` on, vectors get the length 1 first, and the result is the cosine of the angle between them. There are no weights.',
    'Typical mistake: expecting products value by value. That is Multiply.',
  ].join('\n\n'),
  formula: 'y = Σ a · b along axes',
  source:
    'Mikolov et al., Distributed representations of words and phrases (2013); Keras documentation, Dot layer',
  parameters: {
    axes: {
      kind: 'integers',
      default: [-1, -1],
      length: 2,
      help: 'The axis of the first and that of the second input; -1 is the last one.',
    },
    normalize: { kind: 'boolean', default: false, help: 'Divides vectors by their length first.' },
  },
  ports: () => pairPorts(),
  caption: ({ normalize }) => (normalize ? 'cosine' : 'products'),
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: (inputs, { axes }) => dotProduct(inputs, axes),
    keras: ({ axes, normalize }) => ({ class_name: 'Dot', config: { axes: [...axes], normalize } }),
    activation: () => null,
  },
});
