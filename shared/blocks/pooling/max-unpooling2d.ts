/** MaxUnpooling2D: max-pooling backwards, every value to the place where the largest one was found. */
import { shapeText } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { noSpace, perAxis, SPACES } from '../convolution/space';
import { ownLayer, refuse, sizePerSample, timesText, weightless } from '../inference';

const SPACE = SPACES[2];

function unpooled(input: InputShape, before: InputShape, size: readonly number[]): InferenceResult {
  const wrong = noSpace(SPACE, 'MaxUnpooling2D', input) ?? noSpace(SPACE, 'MaxUnpooling2D', before);
  if (wrong) return wrong;
  const pooled = before.shape.map((n, axis) =>
    n === null || axis === 0 || axis === 3 ? n : Math.floor(n / size[axis - 1]),
  );
  const fits = pooled.every((n, axis) => n === null || input.shape[axis] === null || n === input.shape[axis]);
  if (!fits)
    return refuse({
      code: 'shape/mismatch',
      port: 'input',
      message: `MaxUnpooling2D expects ${shapeText(pooled)}, what a pool of ${timesText(size)} leaves of ${shapeText(before.shape)} from ${before.from}; it gets ${shapeText(input.shape)} from ${input.from}.`,
      why: 'Every value goes back into the window that it stands for, so there must be as many values as windows.',
    });
  return weightless(before.shape, sizePerSample(before.shape));
}

export const maxUnpooling2d = defineBlock({
  type: 'MaxUnpooling2D',
  version: 1,
  title: 'MaxUnpooling2D',
  category: 'Pooling',
  search: ['unpool', 'max pooling with argmax', 'switches', 'segnet', 'decoder', 'deconvnet'],
  summary: 'Puts each value back to the place where max-pooling had found the largest one.',
  help: [
    'Wire to `before` what went into the MaxPooling2D on the way down, and to `input` the small map on the way up. Each of its values goes to the place of the largest value in the matching window of `before`; all other places get 0. There are no weights, and no gradient flows to `before`.',
    'Shapes: `[batch, 14, 14, 64]` at `input` and `[batch, 28, 28, 64]` at `before` with a pool of 2 × 2 → `[batch, 28, 28, 64]`. Both need the same number of channels.',
    'Typical mistake: another pool size than the MaxPooling2D had. Windows lie side by side here, without overlap and padding.',
  ].join('\n\n'),
  formula: 'y[place of the largest value of window p] = x[p], and 0 elsewhere',
  source:
    'Zeiler and Fergus, Visualizing and understanding convolutional networks (2014); Noh, Hong and Han, Learning deconvolution network for semantic segmentation (2015)',
  parameters: { pool_size: perAxis(SPACE, 2, 'Height and width of the windows, as in the MaxPooling2D.') },
  ports: () => ({
    inputs: [
      { name: 'input', kind: 'tensor' },
      { name: 'before', kind: 'tensor' },
    ],
    outputs: [{ name: 'output', kind: 'tensor' }],
  }),
  caption: ({ pool_size }) => `pool ${timesText(pool_size)}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input, before], { pool_size }) => unpooled(input, before, pool_size),
    keras: ({ pool_size }) => ownLayer('MaxUnpooling2D', { pool_size: [...pool_size] }),
    activation: () => null,
  },
});
