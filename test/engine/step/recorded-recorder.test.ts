import type { Tensor } from '@tensorflow/tfjs';
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
import { batchMatMulToMatMul } from '../../../electron/engine/step/recorded/rewrite/mat-mul';
import { gateGradients } from '../../../electron/engine/step/recorded/rewrite/gate-gradients';
import { reluGradient } from '../../../electron/engine/step/recorded/rewrite/relu-gradient';
import { foldReshape } from '../../../electron/engine/step/recorded/rewrite/reshape';
import { rewrite, type Rule } from '../../../electron/engine/step/recorded/rewrite/rewrite';
import { sameConstant } from '../../../electron/engine/step/recorded/rewrite/same-constant';
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
