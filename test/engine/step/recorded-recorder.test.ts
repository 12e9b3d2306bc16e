import type { Rank, Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import {
  DTYPE,
  Graph,
  type Graph as RecordedGraph,
  type Ref,
} from '../../../electron/engine/step/recorded/graph';
import { nativeBackend, type NativeBackend } from '../../../electron/engine/step/recorded/native';
import { record } from '../../../electron/engine/step/recorded/recorder';
import { argMaxOfSoftmax } from '../../../electron/engine/step/recorded/rewrite/arg-max';
import { biasOfProduct } from '../../../electron/engine/step/recorded/rewrite/bias';
import { sumOfRows } from '../../../electron/engine/step/recorded/rewrite/bias-gradient';
import { dropCast } from '../../../electron/engine/step/recorded/rewrite/cast';
import { gradientOfLookup } from '../../../electron/engine/step/recorded/rewrite/embedding-gradient';
import { leakyReluGradient } from '../../../electron/engine/step/recorded/rewrite/leaky-relu-gradient';
import { batchMatMulToMatMul } from '../../../electron/engine/step/recorded/rewrite/mat-mul';
import { gateGradients } from '../../../electron/engine/step/recorded/rewrite/gate-gradients';
import { reluGradient } from '../../../electron/engine/step/recorded/rewrite/relu-gradient';
import { gradientOfMax, reluAfterMax } from '../../../electron/engine/step/recorded/rewrite/relu-after-max';
import { foldReshape } from '../../../electron/engine/step/recorded/rewrite/reshape';
import { rewrite, type Rule } from '../../../electron/engine/step/recorded/rewrite/rewrite';
import { sameConstant } from '../../../electron/engine/step/recorded/rewrite/same-constant';
import { subPixels } from '../../../electron/engine/step/recorded/rewrite/sub-pixels';
import { Session } from '../../../electron/engine/step/recorded/session';
import { tf } from '../../../electron/engine/tensorflow';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';

const X = [
  [-2, 1],
  [0, 3],
  [0.5, -1],
];

function backend(): NativeBackend {
  const found = nativeBackend();
  if (found === null) throw new Error('the native backend is not in use');
  return found;
}

function recordOf(compute: (x: Tensor) => Tensor, x: Tensor) {
  const graph = new Graph('test');
  const input = graph.placeholder('x', { dtype: DTYPE.float32, shape: x.shape });
  return {
    graph,
    refs: record(backend(), { graph, known: new Map([[x, input]]), compute: () => [compute(x)] }),
  };
}

const ops = (graph: RecordedGraph): string[] => [...graph].map(({ op }) => op);

/** The recorded function at x, through a session. */
function run(graph: RecordedGraph, ref: Ref, x: Tensor): number[] {
  const session = Session.open(backend().binding, graph);
  if (!session.ok) throw new Error(session.problem.message);
  const id = session.value.tensor(x.shape, DTYPE.float32, x.dataSync<'float32'>());
  const [made] = session.value.call(['x'], [ref]).run([id]);
  const values = Array.from(session.value.read(made.id));
  session.value.delete([id, made.id]);
  session.value.dispose();
  return values;
}

/** Records, rewrites, and compares the results. Answers the operations before and after. */
function rewritten(
  compute: (x: Tensor) => Tensor,
  rules: Rule[],
  numbers: number[][] = X,
): { before: string[]; after: string[] } {
  const x = tf.tensor2d(numbers);
  const { graph, refs } = recordOf(compute, x);
  if (!refs.ok) throw new Error(refs.problem.message);
  const result = rewrite(graph, refs.value, rules);
  run(result.graph, result.roots[0], x).forEach((value, i) =>
    expect(value).toBeCloseTo(compute(x).dataSync()[i], 5),
  );
  return { before: ops(graph), after: ops(result.graph) };
}

describe.skipIf(lacks('the native engine', hasNative))('a recording', () => {
  beforeAll(useNative);

  it('computes with new numbers what the function computes, gradients included', () => {
    const compute = (x: Tensor): Tensor =>
      tf.grad((v: Tensor) => tf.sum(tf.mul(tf.tanh(v), tf.gather(v, tf.tensor1d([1, 0, 1], 'int32')))))(x);
    const { graph, refs } = recordOf(compute, tf.tensor2d(X));
    if (!refs.ok) throw new Error(refs.problem.message);
    const other = tf.tensor2d([
      [1, 2],
      [3, -4],
      [0.1, 0.2],
    ]);
    run(graph, refs.value[0], other).forEach((value, i) =>
      expect(value).toBeCloseTo(compute(other).dataSync()[i], 5),
    );
  });

  it.each<[string, RegExp, (x: Tensor) => Tensor]>([
    ['numbers are read', /read while the step runs/, (x) => tf.mul(x, tf.sum(x).dataSync()[0])],
    ['a mask is drawn in JavaScript', /random numbers/, (x) => tf.dropout(x, 0.5)],
    [
      'a stateful operation draws',
      /drawn again/,
      (x) => tf.cast(tf.multinomial(x as ReturnType<typeof tf.tensor2d>, 1, 5), 'float32'),
    ],
    ['a tensor from before is read', /made before the step/, (x) => tf.mul(x, made)],
  ])('is refused with the reason where %s', (_, reason, compute) => {
    made = tf.square(tf.scalar(2));
    made.dataSync();
    const x = tf.tensor2d(X);
    const before = [backend().binding, Math.random];
    const { refs } = recordOf(compute, x);
    expect(refs.ok ? null : refs.problem).toMatchObject({
      code: 'step/unrecordable',
      message: expect.stringMatching(reason) as string,
    });
    expect([backend().binding, Math.random]).toEqual(before);
    expect(Array.from(tf.mul(x, 2).dataSync())).toEqual(X.flat().map((value) => 2 * value));
  });

  it('is refused with TensorFlow’s words where the graph cannot be loaded', () => {
    const graph = new Graph('test');
    graph.add('NoSuchOperation', [], {}, []);
    const opened = Session.open(backend().binding, graph);
    expect(opened.ok ? null : opened.problem).toMatchObject({
      code: 'step/session',
      message: expect.stringContaining('NoSuchOperation') as string,
    });
  });
});
let made: Tensor;

describe.skipIf(lacks('the native engine', hasNative))('rewriting', () => {
  beforeAll(useNative);
  const gradient =
    (f: (x: Tensor) => Tensor) =>
    (x: Tensor): Tensor =>
      tf.grad((v: Tensor) => tf.sum(tf.mul(f(v), v)))(x);

  it('makes matrix products of batches of one matrix', () => {
    const { before, after } = rewritten(
      (x) => tf.matMul(x, x, true, false),
      [batchMatMulToMatMul, foldReshape],
    );
    expect(before).toContain('BatchMatMulV2');
    expect(after).toEqual(['Placeholder', 'MatMul']);
  });

  it('leaves batches of several matrices', () => {
    const several = (x: Tensor): Tensor => tf.matMul(tf.reshape(x, [3, 2, 1]), tf.reshape(x, [3, 1, 2]));
    expect(rewritten(several, [batchMatMulToMatMul, foldReshape]).after).toContain('BatchMatMulV2');
  });

  /** x · Wᵀ, with W of `rows` × `columns`, as the gradient of what a dense layer was given. */
  const across = (samples: number, rows: number, columns: number): string[] => {
    const [x, weights] = [tf.randomUniform([samples, columns]), tf.randomUniform([rows, columns])];
    const { graph, refs } = recordOf((v) => tf.matMul(v, tf.onesLike(weights), false, true), x);
    if (!refs.ok) throw new Error(refs.problem.message);
    const result = rewrite(graph, refs.value, [batchMatMulToMatMul, foldReshape]);
    const sums = tf.sum(x, 1).dataSync();
    const made = run(result.graph, result.roots[0], x);
    expect(made[0]).toBeCloseTo(sums[0], 3);
    expect(made.at(-1)).toBeCloseTo(sums[samples - 1], 3);
    return ops(result.graph);
  };

  it('takes the product of batches for few rows by many weights that lie across, and for nothing else', () => {
    expect(across(2, 512, 512)).toContain('BatchMatMulV2');
    expect(across(300, 512, 512)).toContain('MatMul');
    expect(across(2, 256, 512)).toContain('MatMul');
  });

  it('takes TensorFlow’s gradient of ReLU', () => {
    const { before, after } = rewritten(
      gradient((x) => tf.relu(x)),
      [dropCast, reluGradient],
    );
    expect(before.filter((op) => op === 'Select')).toHaveLength(2);
    expect(after).toContain('ReluGrad');
    expect(after).not.toContain('Select');
  });

  it.each<[string, (x: Tensor) => Tensor]>([
    ['|x|, which has −1 and 1', gradient((x) => tf.abs(x))],
    ['a leaky step', (x) => tf.mul(x, tf.step(x, 0.1))],
    ['a step that is spread over another shape', (x) => tf.mul(tf.sum(x, 0), tf.step(x))],
  ])('leaves the gradient of %s', (_, compute) => {
    expect(rewritten(compute, [dropCast, reluGradient]).after).not.toContain('ReluGrad');
  });

  it('takes TensorFlow’s gradient of a leaky ReLU, and leaves other choices by sign', () => {
    const { before, after } = rewritten(
      gradient((x) => tf.leakyRelu(x, 0.2)),
      [leakyReluGradient],
    );
    expect(before).toEqual(expect.arrayContaining(['Greater', 'Mul']));
    expect(after).toContain('LeakyReluGrad');
    expect(after).not.toContain('Greater');
    const choices: ((x: Tensor) => Tensor)[] = [
      (x) => tf.where(tf.greater(x, 1), x, tf.mul(x, 0.2)),
      (x) => tf.where(tf.greater(x, 0), x, tf.mul(tf.square(x), 0.2)),
      (x) => tf.where(tf.greater(x, 0), x, tf.mul(x, tf.tensor2d([[1, 2], [3, 4], [5, 6]]))),
    ]; // prettier-ignore
    for (const choice of choices)
      expect(rewritten(choice, [leakyReluGradient]).after).not.toContain('LeakyReluGrad');
  });

  const dense = (x: Tensor, bias: Tensor): Tensor =>
    tf.add(tf.reshape(tf.matMul(x, x, true, false), [1, 2, 2]), bias);
  const products = [batchMatMulToMatMul, foldReshape, biasOfProduct];

  it('adds the bias of a product right behind it', () => {
    const { after } = rewritten((x) => dense(x, tf.tensor1d([3, -4])), products);
    expect(after).toEqual(['Placeholder', 'MatMul', 'Const', 'BiasAdd', 'Const', 'Reshape']);
  });

  it.each<[string, (x: Tensor) => Tensor]>([
    ['a number', (x) => dense(x, tf.scalar(2))],
    ['a matrix', (x) => dense(x, tf.tensor2d([[1, 2], [3, 4]]))],
    ['a vector to what is no product', (x) => tf.add(x, tf.tensor1d([3, -4]))],
    ['a vector along another axis', (x) => tf.add(tf.reshape(tf.matMul(x, x, true, false), [4, 1]), tf.tensor1d([3]))],
  ])('adds %s as it is', (_, compute) => {
    expect(rewritten(compute, products).after).not.toContain('BiasAdd');
  }); // prettier-ignore

  it('adds the bias of a convolution right behind it, also where another shape is made of it', () => {
    const convolved = (x: Tensor): Tensor =>
      tf.conv2d(tf.reshape<Rank.R4>(x, [1, 3, 2, 1]), tf.tensor4d([1, 2, 3, 4], [1, 2, 1, 2]), 1, 'valid');
    const once = (x: Tensor): Tensor => tf.add(convolved(x), tf.tensor1d([3, -4]));
    const reshaped = (x: Tensor): Tensor => tf.add(tf.reshape(convolved(x), [3, 2]), tf.tensor1d([3, -4]));
    for (const compute of [once, reshaped]) {
      const { before, after } = rewritten(compute, [biasOfProduct]);
      expect(before).not.toContain('BiasAdd');
      expect(after).toContain('BiasAdd');
    }
  });

  type Strides = number | [number, number];
  const numbers = (x: Tensor): Tensor<Rank.R4> => tf.reshape<Rank.R4>(x, [1, 3, 2, 1]);
  const filterOf = (...shape: [number, number, number, number]): Tensor<Rank.R4> =>
    tf.reshape<Rank.R4>(
      tf.sin(
        tf.range(
          0,
          shape.reduce((a, b) => a * b),
        ),
      ),
      shape,
    );
  const backwards = (size: [number, number, number], filter: [number, number], strides: Strides, padding: 'same' | 'valid') =>
    (x: Tensor): Tensor => tf.conv2dTranspose(numbers(x), filterOf(...filter, size[2], 1), [1, ...size], strides, padding); // prettier-ignore

  it.each<[string, (x: Tensor) => Tensor]>([
    ['of 4 × 4 filters by 2, as of a generator', backwards([6, 4, 1], [4, 4], 2, 'same')],
    ['of 3 × 3 filters by 2, with a length that is odd', backwards([5, 3, 3], [3, 3], 2, 'same')],
    ['of filters smaller than their steps', backwards([9, 6, 2], [2, 1], 3, 'same')],
    ['that is not padded', backwards([9, 6, 2], [5, 4], 2, 'valid')],
    ['that is the gradient of another', (x) =>
      tf.grad((v: Tensor) => tf.sum(tf.square(tf.conv2d(numbers(v), filterOf(2, 2, 1, 3), 2, 'same'))))(x)],
  ])('runs a convolution backwards %s to few channels forwards', (_, compute) => {
    const { before, after } = rewritten(compute, [subPixels]);
    expect(before).toContain('Conv2DBackpropInput');
    expect(after).toContain('DepthToSpace');
    expect(after).not.toContain('Conv2DBackpropInput');
  }); // prettier-ignore

  it.each<[string, (x: Tensor) => Tensor]>([
    ['to many channels', backwards([6, 4, 5], [4, 4], 2, 'same')],
    ['by one', backwards([3, 2, 1], [3, 3], 1, 'same')],
    ['by other steps along each axis', backwards([6, 2, 1], [3, 3], [2, 1], 'same')],
    ['to pixels that lie below no number', backwards([7, 5, 1], [2, 2], 2, 'valid')],
  ])('runs a convolution backwards %s as it is', (_, compute) => {
    expect(rewritten(compute, [subPixels]).after).toContain('Conv2DBackpropInput');
  });

  const pooled = (x: Tensor, stride = 2): Tensor =>
    tf.maxPool(tf.reshape<Rank.R4>(tf.relu(x), [1, 4, 4, 1]), 2, stride, 'same');
  const along = (x: Tensor): Tensor => tf.max(tf.relu(x), 1);
  const maxima: Rule[] = [foldReshape, dropCast, reluGradient, reluAfterMax, gradientOfMax];
  /** Some maxima are negative, some are there twice. */
  const SQUARE = [[-2, 1, 3, 3], [-1, -1, 0.5, 1], [-3, -1, 2, -1], [-0.5, -4, -1, 1]]; // prettier-ignore
  const gradientOf = (f: (x: Tensor) => Tensor): string[] => rewritten(gradient(f), maxima, SQUARE).after;

  it.each<[string, (x: Tensor) => Tensor, string]>([
    ['pooling', pooled, 'MaxPoolGrad'],
    ['the maximum of each row', along, 'Max'],
  ])('puts ReLU after %s, with one gradient of ReLU, of the maxima', (_, f, op) => {
    const weighted = (x: Tensor): Tensor => tf.grad((v: Tensor) => tf.sum(tf.square(tf.add(f(v), 1))))(x);
    const { graph, refs } = recordOf(weighted, tf.tensor2d(SQUARE));
    if (!refs.ok) throw new Error(refs.problem.message);
    const result = rewrite(graph, refs.value, maxima);
    expect(ops(result.graph)).toContain(op);
    const relus = [...result.graph].filter((node) => node.op.startsWith('Relu'));
    expect(relus.map((node) => node.op)).toEqual(['Relu', 'ReluGrad']);
    for (const { outputs } of relus) expect(outputs[0].shape.reduce((a, b) => a * b)).toBe(4);
    rewritten(weighted, maxima, SQUARE);
  });

  it('leaves ReLU before a pooling that moves by one, and gradients of maxima of something else', () => {
    const unit = gradientOf((x) => pooled(x, 1));
    expect(unit.indexOf('Relu')).toBeLessThan(unit.indexOf('MaxPool'));
    expect(gradientOf((x) => tf.max(x, 1))).not.toContain('ReluGrad');
  });

  it('keeps the gradient of what uses ReLU beside its maximum', () => {
    gradientOf((x) => tf.add(tf.sum(tf.square(tf.relu(x)), 1), along(x)));
    gradientOf((x) => tf.add(tf.sum(pooled(x)), tf.sum(tf.relu(x))));
  });

  it('adds up the gradients of rows that were looked up by ScatterNd, and other sums by number as they are', () => {
    const ids = tf.tensor1d([2, 0, 2, 2], 'int32');
    const lookedUp = (x: Tensor): Tensor => tf.grad((v: Tensor) => tf.sum(tf.square(tf.gather(v, ids))))(x);
    const { before, after } = rewritten(lookedUp, [foldReshape, gradientOfLookup]);
    expect(before).toContain('UnsortedSegmentSum');
    expect(after).toContain('ScatterNd');
    const byNumber = (x: Tensor): Tensor => tf.unsortedSegmentSum(x, tf.tensor1d([1, -1, 1], 'int32'), 2);
    expect(rewritten(byNumber, [foldReshape, gradientOfLookup]).after).toContain('UnsortedSegmentSum');
  });

  it.each<[string, (x: Tensor) => Tensor]>([
    ['a matrix', (x) => tf.sum(x, 0)],
    ['pictures', (x) => tf.sum(tf.reshape(x, [1, 3, 1, 2]), [0, 1, 2])],
  ])('sums the rows of %s as the gradient of a bias', (_, compute) => {
    const { before, after } = rewritten(compute, [sumOfRows]);
    expect(before).toContain('Sum');
    expect(after).toContain('BiasAddGrad');
  });

  it.each<[string, (x: Tensor) => Tensor]>([
    ['the columns', (x) => tf.sum(x, 1)],
    ['everything', (x) => tf.sum(x)],
    ['some axes only', (x) => tf.sum(tf.reshape(x, [1, 3, 2]), 0)],
    ['the rows, kept as one row', (x) => tf.sum(x, 0, true)],
    ['a vector', (x) => tf.add(tf.sum(tf.reshape(x, [6]), 0), x)],
  ])('sums %s as it is', (_, compute) => {
    expect(rewritten(compute, [sumOfRows]).after).not.toContain('BiasAddGrad');
  });

  const highest = (values: Tensor, axis: number): Tensor => tf.cast(tf.argMax(values, axis), 'float32');

  it.each([1, -1])('finds the most probable class without a softmax, along axis %i', (axis) => {
    const { before, after } = rewritten((x) => highest(tf.softmax(x), axis), [argMaxOfSoftmax]);
    expect(before).toContain('Softmax');
    expect(after).not.toContain('Softmax');
  });

  it('keeps the softmax where the highest is sought along another axis', () => {
    expect(rewritten((x) => highest(tf.softmax(x), 0), [argMaxOfSoftmax]).after).toContain('Softmax');
  });

  it.each<[string, (x: Tensor) => Tensor, string]>([
    ['sigmoid', (x) => tf.sigmoid(x), 'SigmoidGrad'],
    ['tanh', (x) => tf.tanh(x), 'TanhGrad'],
  ])('takes TensorFlow’s gradient of %s', (_, f, op) => {
    const { before, after } = rewritten(gradient(f), [gateGradients]);
    expect(before).toContain('Sub');
    expect(after).toContain(op);
    expect(after).not.toContain('Sub');
  });

  it.each<[string, (x: Tensor) => Tensor]>([
    ['x · (1 − x) of what is no sigmoid', (x) => tf.mul(x, tf.mul(x, tf.sub(1, x)))],
    ['2 − y²', (x) => tf.mul(tf.sub(2, tf.square(tf.tanh(x))), x)],
    ['1 − y² spread over another shape', (x) => tf.mul(tf.sub(1, tf.square(tf.tanh(tf.sum(x, 0)))), x)],
  ])('leaves %s', (_, compute) => {
    const { after } = rewritten(compute, [gateGradients]);
    expect(after.filter((op) => op.endsWith('Grad'))).toEqual([]);
  });

  it('folds a Reshape into the one before it and drops the one that changes nothing', () => {
    const { after } = rewritten(
      (x) => tf.exp(tf.reshape(tf.reshape(tf.reshape(x, [6]), [3, 1, 2]), [3, 2])),
      [foldReshape],
    );
    expect(after).toEqual(['Placeholder', 'Exp']);
    expect(rewritten((x) => tf.reshape(x, [2, 3]), [foldReshape]).after).toContain('Reshape');
  });

  it('makes a constant once, and another one of its own where a bit, the shape or the type differs', () => {
    const constants = (compute: (x: Tensor) => Tensor): number =>
      rewritten(compute, [sameConstant]).after.filter((op) => op === 'Const').length;
    expect(constants((x) => tf.mul(tf.add(x, 2), 2))).toBe(1);
    expect(constants((x) => tf.mul(tf.add(x, 0), -0))).toBe(2);
    expect(constants((x) => tf.mul(tf.add(x, 2), tf.tensor1d([2])))).toBe(2);
    expect(constants((x) => tf.mul(x, tf.add(tf.scalar(2, 'int32'), 2)))).toBe(2);
  });

  it('drops a Cast to the type that is there and no other', () => {
    expect(rewritten((x) => tf.exp(tf.cast(tf.mul(x, 2), 'float32')), [dropCast]).after).not.toContain(
      'Cast',
    );
    expect(rewritten((x) => tf.cast(tf.greater(x, 0), 'float32'), [dropCast]).after).toContain('Cast');
  });
});
