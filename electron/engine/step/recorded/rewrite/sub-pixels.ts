/**
 * Owns: a convolution backwards that puts out few channels, as a generator of pictures ends, is one forwards that puts
 * out the pixels below each number as channels, which are then laid side by side (Shi et al. 2016). TensorFlow computes
 * the former for many channels at a time, however few there are.
 */
import {
  DTYPE,
  int,
  text,
  typeOf,
  type Attribute,
  type Attributes,
  type Graph,
  type GraphNode,
  type Ref,
} from '../graph';
import type { Rule } from './rewrite';

/** Measured with 3 × 3 to 7 × 7 filters: half to three quarters of the time up to 4 channels, the same from 12 on. */
const FEW_CHANNELS = 4;

const ints = (value: readonly number[]): Attribute => ({ kind: 'ints', value });

/** Along height and width: how many pixels lie below a number, and how far a filter reaches in numbers. */
interface Sizes {
  stride: number;
  filter: readonly number[];
  reach: readonly number[];
  /** What the forward convolution was padded with before its pixels. */
  before: readonly number[];
}

function stridesOf({ attributes: { strides, dilations, data_format: format } }: GraphNode): readonly number[] | null {
  const plain = dilations === undefined || (dilations.kind === 'ints' && dilations.value.every((rate) => rate === 1));
  const rows = format === undefined || (format.kind === 'string' && format.value === 'NHWC');
  return plain && rows && strides.kind === 'ints' ? strides.value.slice(1, 3) : null;
} // prettier-ignore

/** null where the pixels do not lie in squares below the numbers, or some lie below none. */
function sizesOf(node: GraphNode, filter: readonly number[], numbers: readonly number[]): Sizes | null {
  const { padding } = node.attributes;
  const [stride, other] = stridesOf(node) ?? [1, 1];
  if (stride === 1 || stride !== other || padding.kind !== 'string') return null;
  const pixels = node.outputs[0].shape.slice(1, 3);
  const lack = pixels.map((length, i) => Math.max((numbers[i] - 1) * stride + filter[i] - length, 0));
  const before = lack.map((size) => (padding.value === 'SAME' ? Math.floor(size / 2) : 0));
  const reach = filter.map((size) => Math.ceil(size / stride));
  const covered = pixels.every((length, i) => before[i] + length <= stride * (numbers[i] + reach[i] - 1));
  return covered && ['SAME', 'VALID'].includes(padding.value) ? { stride, filter, reach, before } : null;
}

/** Adds operations on floats, one on what the other puts out. */
class Chain {
  constructor(
    private readonly graph: Graph,
    public end: Ref,
  ) {}
  then(op: string, others: readonly Ref[], attributes: Attributes, shape: readonly number[]): this {
    const T = typeOf(DTYPE.float32);
    this.end = this.graph.add(op, [this.end, ...others], { T, ...attributes }, [{ dtype: DTYPE.float32, shape }]);
    return this;
  }
} // prettier-ignore

/** [height, width, channels, filters] as [reach, reach, filters, stride · stride · channels], turned round in numbers. */
function filterForwards(
  graph: Graph,
  filter: Ref,
  [channels, filters]: readonly number[],
  sizes: Sizes,
): Ref {
  const { stride, reach } = sizes;
  const [high, wide] = reach.map((size) => size * stride);
  const [down, along] = reach;
  const index = typeOf(DTYPE.int32);
  const apart = [down, stride, along, stride, channels, filters];
  const laid = [down, along, filters, stride, stride, channels];
  const whole = [down, along, filters, stride * stride * channels];
  const squares = new Chain(graph, filter);
  if (high > sizes.filter[0] || wide > sizes.filter[1]) {
    const ends = [0, high - sizes.filter[0], 0, wide - sizes.filter[1], 0, 0, 0, 0];
    const pads = graph.add('Reshape', [graph.integers(ends), graph.integers([4, 2])], { T: index, Tshape: index }, [{ dtype: DTYPE.int32, shape: [4, 2] }]); // prettier-ignore
    squares.then('Pad', [pads], { Tpaddings: index }, [high, wide, channels, filters]);
  }
  return squares
    .then('Reshape', [graph.integers(apart)], { Tshape: index }, apart)
    .then('ReverseV2', [graph.integers([0, 2])], { Tidx: index }, apart)
    .then('Transpose', [graph.integers([0, 2, 5, 1, 3, 4])], { Tperm: index }, laid)
    .then('Reshape', [graph.integers(whole)], { Tshape: index }, whole).end;
}

export const subPixels: Rule = (node, graph) => {
  if (node.op !== 'Conv2DBackpropInput') return null;
  const [, filter, numbers] = node.inputs;
  const [{ dtype, shape }] = node.outputs;
  const [taken, given] = [graph.spec(filter)?.shape, graph.spec(numbers)?.shape];
  const channels = shape[3];
  if (taken === undefined || given === undefined || dtype !== DTYPE.float32 || channels > FEW_CHANNELS)
    return null;
  const sizes = sizesOf(node, taken.slice(0, 2), given.slice(1, 3));
  if (sizes === null) return null;
  const { stride, reach, before } = sizes;
  const [height, width] = reach.map((size, i) => given[1 + i] + size - 1);
  const around = reach.flatMap((size) => [size - 1, size - 1]);
  const convolution = {
    strides: ints([1, 1, 1, 1]),
    padding: text('EXPLICIT'),
    explicit_paddings: ints([0, 0, ...around, 0, 0]),
  };
  const sideBySide = { block_size: int(stride), data_format: text('NHWC') };
  return new Chain(graph, numbers)
    .then('Conv2D', [filterForwards(graph, filter, taken.slice(2), sizes)], convolution, [given[0], height, width, stride * stride * channels]) // prettier-ignore
    .then('DepthToSpace', [], sideBySide, [given[0], stride * height, stride * width, channels])
    .then('Slice', [graph.integers([0, ...before, 0]), graph.integers(shape)], { Index: typeOf(DTYPE.int32) }, shape).end; // prettier-ignore
};
