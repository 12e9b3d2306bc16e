/** MatMul: the product of two matrices, for each sample. */
import { shapeText } from '../../compiler/shape';
import type { Shape } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { ownLayer, refuse, sizePerSample, weightless, wrongRank } from '../inference';
import { pairPorts } from '../ports';

const swapped = (shape: Shape, swap: boolean): Shape =>
  swap ? [...shape.slice(0, -2), shape[shape.length - 1], shape[shape.length - 2]] : shape;

const agree = (a: number | null, b: number | null) => a === b || a === null || b === null;

function product(first: InputShape, second: InputShape, swaps: readonly [boolean, boolean]): InferenceResult {
  for (const [port, input] of [
    ['first', first],
    ['second', second],
  ] as const)
    // prettier-ignore
    if (input.shape.length < 3) {
      const why = 'A matrix has rows and columns. For two vectors of a sample there is Dot.';
      const refused = wrongRank('MatMul', '[batch, rows, columns]', input, why, []);
      return { ...refused, finding: { ...refused.finding, port } };
    }
  const [a, b] = [swapped(first.shape, swaps[0]), swapped(second.shape, swaps[1])];
  const [inner, other] = [a[a.length - 1], b[b.length - 2]];
  const fits =
    a.length === b.length &&
    agree(inner, other) &&
    a.slice(0, -2).every((size, axis) => agree(size, b[axis]));
  if (!fits)
    return refuse({
      code: 'shape/mismatch',
      port: 'second',
      message: `MatMul multiplies [batch, n, k] with [batch, k, m]; it gets ${shapeText(a)} from ${first.from} and ${shapeText(b)} from ${second.from}.`,
      why: 'Each row of the first is multiplied with each column of the second, so both must be as long; the axes before must agree.',
    });
  const shape = [...a.slice(0, -1), b[b.length - 1]];
  return weightless(shape, sizePerSample(shape) * (inner ?? other ?? 1));
}

export const matMul = defineBlock({
  type: 'MatMul',
  version: 1,
  title: 'MatMul',
  category: 'Merge',
  search: ['matmul', 'matrix product', 'matrix multiplication', 'attention', 'batch dot', 'gemm'],
  summary: 'Multiplies two matrices for each sample.',
  help: [
    'Shapes: `[batch, 5, 64]` and `[batch, 64, 7]` → `[batch, 5, 7]`. A switch turns rows and columns of an input around first, so that `[batch, 7, 64]` fits too. There are no weights.',
    'With queries and keys of attention it gives the scores of all pairs; with scores and values the weighted sums.',
    'Typical mistake: expecting products value by value. That is Multiply.',
  ].join('\n\n'),
  formula: 'y[i, j] = Σ a[i, k] · b[k, j]',
  source: 'Vaswani et al., Attention is all you need (2017); Keras documentation, ops.matmul',
  parameters: {
    transpose_first: { kind: 'boolean', default: false, help: 'Turns rows and columns of the first around.' },
    transpose_second: {
      kind: 'boolean',
      default: false,
      help: 'Turns rows and columns of the second around.',
    },
  },
  ports: () => pairPorts(),
  caption: ({ transpose_first, transpose_second }) =>
    `A${transpose_first ? 'ᵀ' : ''} · B${transpose_second ? 'ᵀ' : ''}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([first, second], { transpose_first, transpose_second }) =>
      product(first, second, [transpose_first, transpose_second]),
    keras: (values) => ownLayer('MatMul', { ...values }),
    activation: () => null,
  },
});
