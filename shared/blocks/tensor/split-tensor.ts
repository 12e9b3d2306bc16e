/** SplitTensor: a tensor is cut along one axis into parts that go different ways. */
import type { Json } from '../../document/document';
import { defineBlock } from '../block';
import { ownLayer, refuse } from '../inference';
import { sliced } from './slice';

/** The type of the block that the compiler puts a Slice for each part in the place of. */
export const CUTS = 'SplitTensor';

export interface Part {
  port: string;
  start: number;
  /** 0 is all to the end. */
  length: number;
}

/** The parts between the places of the cuts, or null where these do not rise. */
export function partsOf(indices: Json): Part[] | null {
  const cuts = [0, ...(indices as number[])];
  if (cuts.some((cut, i) => i > 0 && cut <= cuts[i - 1])) return null;
  return cuts.map((start, i) => ({
    port: `part_${i + 1}`,
    start,
    length: i + 1 < cuts.length ? cuts[i + 1] - start : 0,
  }));
}

const firstOf = (indices: readonly number[]) => ({ start: 0, length: indices[0] ?? 0 });

export const splitTensor = defineBlock({
  type: CUTS,
  version: 1,
  title: 'Split tensor',
  category: 'Tensor',
  search: ['split', 'cut', 'chunk', 'parts', 'divide', 'unstack', 'branches', 'several outputs'],
  summary: 'Cuts a tensor along one axis into parts, each with an output of its own.',
  help: [
    'With `indices` [48, 64] the first part holds the places 0 to 47, the second 48 to 63 and the third all from 64 on. In the plan it is one Slice for each output that has a wire.',
    'Shapes: `[batch, 28, 28, 96]` with axis −1 and indices [48] → twice `[batch, 28, 28, 48]`. There are no weights.',
    'Typical mistake: giving the lengths of the parts. The numbers say where the cuts are, counted from 0, as in Keras.',
  ].join('\n\n'),
  formula: 'x = [y₁, y₂, …] along axis',
  source: 'Keras documentation, ops.split',
  parameters: {
    axis: { kind: 'integer', default: -1, help: 'The axis that is cut; -1 is the last one.' },
    indices: { kind: 'integers', default: [1], min: 1, max: 1_000_000, help: 'Where it is cut: each number is the first place of the next part.' },
  }, // prettier-ignore
  ports: ({ indices }) => ({
    inputs: [{ name: 'input', kind: 'tensor' }],
    outputs: (partsOf([...indices]) ?? partsOf([1]) ?? []).map(({ port }) => ({
      name: port,
      kind: 'tensor',
    })),
  }),
  caption: ({ indices }) => `at ${indices.join(', ')}`,
  /** Of itself it says what its first part is; see `shared/compiler/pieces.ts` for the others. */
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input], { axis, indices }) =>
      partsOf([...indices]) === null
        ? refuse({
            code: 'block/parameter',
            message: `Split tensor is to cut at ${indices.join(', ')}; each place must lie behind the one before it.`,
            why: 'The parts follow each other along the axis.',
          })
        : sliced(input, { axis, ...firstOf(indices) }),
    keras: ({ axis, indices }) => ownLayer('Slice', { axis, ...firstOf(indices) }),
    activation: () => null,
  },
});
