/** Reshape: the same values under another shape. */
import { shapeText, valuesPerSample } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { refuse, timesText, weightless } from '../inference';
import { layerPorts } from '../ports';

const product = (sizes: readonly number[]) => sizes.reduce((total, size) => total * size, 1);

function reshape(input: InputShape, target: readonly number[]): InferenceResult {
  const free = target.filter((size) => size === -1).length;
  if (free > 1)
    return refuse({
      code: 'block/parameter',
      message: `Reshape: target_shape [${target.join(', ')}] has ${free} axes of -1; it may have one.`,
      why: 'The -1 is worked out from the other sizes, which is possible for one axis only.',
    });
  const values = valuesPerSample(input.shape);
  const fixed = product(target.filter((size) => size !== -1));
  if (values === null) return weightless([null, ...target.map((size) => (size === -1 ? null : size))]);
  if (free === 0 ? fixed !== values : values % fixed !== 0)
    return refuse({
      code: 'shape/mismatch',
      port: 'input',
      message: `Reshape to [${target.join(', ')}] needs ${free ? 'a multiple of ' : ''}${fixed} values per sample; it gets ${values}, ${shapeText(input.shape)}, from ${input.from}.`,
      why: 'Reshape only renames the axes: it neither adds nor drops a value.',
      fixes: [
        {
          label: `Set target_shape to [${values}]`,
          kind: 'set-param',
          name: 'target_shape',
          value: [values],
        },
      ],
    });
  return weightless([input.shape[0] ?? null, ...target.map((size) => (size === -1 ? values / fixed : size))]);
}

export const reshapeBlock = defineBlock({
  type: 'Reshape',
  version: 1,
  title: 'Reshape',
  category: 'Tensor',
  search: ['view', 'unflatten', 'resize axes'],
  summary: 'Gives the same values of a sample another shape.',
  help: [
    'Shapes: `[batch, 784]` with `target_shape` 28 × 28 × 1 → `[batch, 28, 28, 1]`. One axis may be -1 and is worked out from the others.',
    'The number of values per sample must stay the same, and so does their order, last axis first.',
    'Typical mistake: using it to turn `[3, 32, 32]` into `[32, 32, 3]`. That needs Permute; Reshape would mix up the pixels without an error.',
  ].join('\n\n'),
  formula: 'y[i] = x[i], counted row by row',
  source: 'Keras documentation, Reshape layer',
  parameters: {
    target_shape: {
      kind: 'integers',
      default: [-1],
      min: 1,
      allowNegativeOne: true,
      help: 'The shape of one sample, without the batch; one axis may be -1.',
    },
  },
  ports: () => layerPorts,
  caption: ({ target_shape }) => timesText(target_shape),
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input], { target_shape }) => reshape(input, target_shape),
    keras: ({ target_shape }) => ({ class_name: 'Reshape', config: { target_shape: [...target_shape] } }),
    activation: () => null,
  },
});
