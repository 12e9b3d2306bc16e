/**
 * Owns how an engine measures the machine that it runs on: a second of the operations that training is made of. Knows no
 * network. The fastest of several tries counts, since whatever else the machine does only makes one slower.
 */
import { performance } from 'node:perf_hooks';
import type { Tensor, Tensor2D, Tensor4D } from '@tensorflow/tfjs';
import type { Rates } from '../../../shared/protocol/calibration';
import { ok, type Result } from '../../../shared/result';
import { bool, DTYPE, Graph, typeOf } from '../step/recorded/graph';
import { nativeBackend } from '../step/recorded/native';
import { Session } from '../step/recorded/session';
import { tf } from '../tensorflow';

const MILLISECONDS = 150;
const LEAST_TRIES = 2;

/** Seconds of the fastest call; the first ones also load and plan. */
function fastest(act: () => void): number {
  act();
  const began = performance.now();
  let best = Infinity;
  for (let tries = 0; tries < LEAST_TRIES || performance.now() - began < MILLISECONDS; tries++) {
    const before = performance.now();
    act();
    best = Math.min(best, performance.now() - before);
  }
  return best / 1000;
}

/** Waits for the values, as a step waits for its loss. */
const readFrom = (tensor: Tensor): void => void tf.slice(tf.reshape(tensor, [-1]), 0, 1).dataSync();

function withTensors<T>(make: () => Tensor[], use: (tensors: Tensor[]) => T): T {
  const tensors = tf.tidy(make);
  try {
    return use(tensors);
  } finally {
    tf.dispose(tensors);
  }
}

const ones = (...shape: number[]): Tensor => tf.ones(shape);

/** Multiply-adds a second of an operation on two tensors, with both of its gradients. */
function withGradients(
  multiplyAdds: number,
  shapes: [number[], number[]],
  operate: (x: Tensor, w: Tensor) => Tensor,
) {
  const gradients = tf.grads(operate);
  return withTensors(
    () => shapes.map((shape) => ones(...shape)),
    ([x, w]) =>
      (3 * multiplyAdds) /
      fastest(() => tf.tidy(() => gradients([x, w]).forEach((gradient) => readFrom(gradient)))),
  );
}

/** A layer of 512 units on a batch of 128. */
const LAYER = { batch: 128, units: 512 };
function products(): number {
  const { batch, units } = LAYER;
  return withGradients(batch * units ** 2, [[batch, units], [units, units]], (x, w) => tf.matMul(x, w)); // prettier-ignore
}

/** The second layer of a small network for pictures: 3 × 3 from 32 to 64 maps. */
const MAPS = { batch: 64, side: 16, from: 32, to: 64, kernel: 3 };
function convolutions(): number {
  const { batch, side, from, to, kernel } = MAPS;
  return withGradients(
    batch * side ** 2 * kernel ** 2 * from * to,
    [
      [batch, side, side, from],
      [kernel, kernel, from, to],
    ],
    (x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, 1, 'same'),
  );
}

/** As many as a layer of pictures puts out for a batch. */
const VALUES = 2 ** 22;
const bytes = (): number =>
  withTensors(
    () => [ones(VALUES), ones(VALUES)],
    ([a, b]) => (3 * 4 * VALUES) / fastest(() => tf.tidy(() => readFrom(tf.add(a, b)))),
  );

/** Small enough that computing takes less than being called. */
const SMALL = 32;
const CHAIN = 200;

/** In a graph that is called, as a recorded step is. */
function recordedOperation(): Result<number> | null {
  const backend = nativeBackend();
  if (backend === null) return null;
  const spec = { dtype: DTYPE.float32, shape: [SMALL, SMALL] };
  const product = { T: typeOf(DTYPE.float32), transpose_a: bool(false), transpose_b: bool(false) };
  const graph = new Graph('calibration');
  const start = graph.placeholder('start', spec);
  let last = start;
  for (let i = 0; i < CHAIN; i++) last = graph.add('MatMul', [last, start], product, [spec]);
  const opened = Session.open(backend.binding, graph);
  if (!opened.ok) return opened;
  const session = opened.value;
  const call = session.call([start], [last]);
  const zeros = session.tensor(spec.shape, spec.dtype, new Float32Array(SMALL ** 2));
  try {
    return ok(fastest(() => session.delete(call.run([zeros]).map(({ id }) => id))) / CHAIN);
  } finally {
    session.delete([zeros]);
    session.dispose();
  }
}

/** One by one, where steps are not recorded. */
const calledOperation = (): number =>
  withTensors(
    () => [tf.zeros([SMALL, SMALL])],
    ([start]) => {
      const chain = (): Tensor => {
        let last = start as Tensor2D;
        for (let i = 0; i < CHAIN; i++) last = tf.matMul(last, start);
        return last;
      };
      return fastest(() => tf.tidy(() => readFrom(chain()))) / CHAIN;
    },
  );

/** Problems: `step/session`, where TensorFlow loads no graph. */
export function calibrate(): Result<Rates> {
  const operation = recordedOperation() ?? ok(calledOperation());
  if (!operation.ok) return operation;
  return ok({
    products: products(),
    convolutions: convolutions(),
    bytes: bytes(),
    operation: operation.value,
  });
}
