/** Owns random choices of a running network, as dropout makes them, named by block and step as the uniform numbers are. */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend';
import { tf } from '../tensorflow';
import { nativeBits, statelessUniform } from './stateless-uniform';

/** Values of a byte. */
const BYTE = 256;
/** Drawing takes most of the time that a mask takes; below this size the further operations cost as much. */
const FROM = 2 ** 14;

/** Whether each of `size` random bytes is at least this one: a quarter of the random bits that uniform numbers take. */
function bytesFrom(least: number, size: number, key: number, step: Scalar): Tensor {
  const backend = tf.backend() as NodeJSKernelBackend;
  const { TF_ATTR_TYPE: type, TF_ATTR_BOOL, TF_INT32: int32, TF_UINT8: uint8 } = backend.binding;
  const words = nativeBits(Math.ceil(size / 4), key, step);
  const bytes = backend.executeSingleOutput('Bitcast', [{ name: 'T', type, value: int32 }, { name: 'type', type, value: uint8 }], [words]);
  const asByte = [{ name: 'SrcT', type, value: int32 }, { name: 'DstT', type, value: uint8 }, { name: 'Truncate', type: TF_ATTR_BOOL, value: false }];
  const bound = backend.executeSingleOutput('Cast', asByte, [tf.scalar(least, 'int32')]);
  const all = backend.executeSingleOutput('GreaterEqual', [{ name: 'T', type, value: uint8 }], [bytes, bound]);
  return all.size === size ? all : tf.slice(tf.reshape(all, [all.size]), [0], [size]);
} // prettier-ignore

/** float32 of this shape: 0 with probability `rate`, otherwise 1. The same key and step give the same mask on one backend. */
export function statelessMask(shape: readonly number[], rate: number, key: number, step: Scalar): Tensor {
  const size = shape.reduce((product, length) => product * length, 1);
  const least = rate * BYTE;
  // A byte decides exactly where the rate is a whole number of 256ths, as a half and a quarter are.
  const byBytes = tf.getBackend() === 'tensorflow' && Number.isInteger(least) && least < BYTE && size >= FROM;
  const kept = byBytes
    ? tf.reshape(bytesFrom(least, size, key, step), [...shape])
    : tf.greaterEqual(statelessUniform(shape, key, step), rate);
  return tf.cast(kept, 'float32');
}
