/**
 * Owns the random tensors of a running network. They are counter-based: (key, step) name the numbers, so that a step can
 * be repeated, a run resumed exactly, and a block inserted without changing the numbers of another.
 */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend';
import { hashText, philox } from '../../../shared/random/random';
import { tf } from '../tensorflow';

/** The key of a stream as a 32-bit integer, which TensorFlow's operation takes as the first half of its seed. */
export const streamNumber = (seed: number, block: string, purpose: string): number =>
  hashText(`${seed}\u0000${block}\u0000${purpose}`) | 0;

/** TensorFlow's own kernels; the step stays a tensor, so that a recorded graph draws new numbers at every step. */
function drawn(op: string, dtype: 'TF_FLOAT' | 'TF_INT32', shape: readonly number[], key: number, step: Scalar): Tensor {
  const backend = tf.backend() as NodeJSKernelBackend;
  const { TF_ATTR_TYPE: type, TF_INT32: int32, [dtype]: value } = backend.binding;
  const attributes = [
    { name: 'T', type, value: int32 },
    { name: 'Tseed', type, value: int32 },
    { name: 'dtype', type, value },
  ];
  const seed = tf.stack([tf.scalar(key, 'int32'), step]);
  return backend.executeSingleOutput(op, attributes, [tf.tensor1d([...shape], 'int32'), seed]);
} // prettier-ignore

/** 32 random bits in each int32. On the native backend. */
export const nativeBits = (count: number, key: number, step: Scalar): Tensor =>
  drawn('StatelessRandomUniformFullInt', 'TF_INT32', [count], key, step);

function portableUniform(shape: readonly number[], key: number, step: Scalar): Tensor {
  const values = new Float32Array(shape.reduce((product, size) => product * size, 1));
  const [stepNumber] = step.dataSync();
  const block = new Uint32Array(4);
  for (let i = 0; i < values.length; i++) {
    if (i % 4 === 0) philox([i / 4, 0, 0, 0], [key, stepNumber], block);
    // 24 bits are what a float32 in [0, 1) holds exactly.
    values[i] = (block[i % 4] >>> 8) / 16777216;
  }
  return tf.tensor(values, [...shape]);
}

/** Uniform numbers in [0, 1). The same key and step give the same numbers on one backend; backends differ. */
export const statelessUniform = (shape: readonly number[], key: number, step: Scalar): Tensor =>
  tf.getBackend() === 'tensorflow'
    ? drawn('StatelessRandomUniform', 'TF_FLOAT', shape, key, step)
    : portableUniform(shape, key, step);
