/** Permute: the axes of a sample in another order. */
import { shapeText } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { refuse, weightless } from '../inference';
import { layerPorts } from '../ports';

function permute(input: InputShape, dims: readonly number[]): InferenceResult {
  const axes = input.shape.length - 1;
  const inOrder = Array.from({ length: axes }, (_, i) => i + 1);
  if ([...dims].sort((a, b) => a - b).join() !== inOrder.join())
    return refuse({
      code: 'block/parameter',
      port: 'input',
      message: `Permute to [${dims.join(', ')}] must name each of the ${axes} ${axes === 1 ? 'axis' : 'axes'} of ${shapeText(input.shape)} from ${input.from} once.`,
      why: 'Axes are counted from 1, the first one after the batch. Each old axis has one new place.',
      fixes: [
        { label: `Set dims to [${inOrder.join(', ')}]`, kind: 'set-param', name: 'dims', value: inOrder },
      ],
    });
  return weightless([input.shape[0], ...dims.map((axis) => input.shape[axis])]);
}

export const permuteBlock = defineBlock({
  type: 'Permute',
  version: 1,
  title: 'Permute',
  category: 'Tensor',
  search: ['transpose', 'swap axes', 'channels first', 'channels last', 'nchw', 'nhwc'],
  summary: 'Puts the axes of a sample into another order, values and all.',
  help: [
    'Shapes: `[batch, 3, 32, 32]` with `dims` 2, 3, 1 → `[batch, 32, 32, 3]`. The first number says which old axis comes first, and so on; axes are counted from 1, after the batch.',
    'It turns pictures with channels first into pictures with channels last, and swaps the steps and features of a sequence. There are no weights.',
    'Typical mistake: Reshape in its place, which gives the same shape but cuts the values up in their old order.',
  ].join('\n\n'),
  formula: 'y[i₁, i₂, …] = x with its axes in the order dims',
  source: 'Keras documentation, Permute layer',
  parameters: {
    dims: {
      kind: 'integers',
      default: [2, 1],
      min: 1,
      help: 'For each new axis the old one, counted from 1 after the batch.',
    },
  },
  ports: () => layerPorts,
  caption: ({ dims }) => `axes ${dims.join(', ')}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input], { dims }) => permute(input, dims),
    keras: ({ dims }) => ({ class_name: 'Permute', config: { dims: [...dims] } }),
    activation: () => null,
  },
});
