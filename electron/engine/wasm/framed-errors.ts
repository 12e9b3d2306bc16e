/**
 * Owns the way from the errors of a convolution's output back to its input: another convolution, of the errors set apart
 * by the strides and framed by zeros, with the filter turned round.
 */
import type { backend_util, Tensor4D } from '@tensorflow/tfjs';
import { spread } from '../network/own-layers/convolve';
import { tf } from '../tensorflow';

/** `met`: a convolution without padding of the framed errors [batch, …, …, outputs] with the filter turned round. */
export function errorsOfInput(
  dy: Tensor4D,
  info: backend_util.Conv2DInfo,
  met: (framed: Tensor4D) => Tensor4D,
): Tensor4D {
  const { inHeight, inWidth, padInfo } = info;
  const errors = spread(dy, [1, info.strideHeight, info.strideWidth]) as Tensor4D;
  const above = (info.filterHeight - 1) * info.dilationHeight;
  const left = (info.filterWidth - 1) * info.dilationWidth;
  const below = Math.max(0, inHeight + padInfo.top - errors.shape[1]);
  const right = Math.max(0, inWidth + padInfo.left - errors.shape[2]);
  const whole = met(tf.pad(errors, [[0, 0], [above, below], [left, right], [0, 0]])); // prettier-ignore
  const [n, , , channels] = whole.shape;
  return tf.slice(whole, [0, padInfo.top, padInfo.left, 0], [n, inHeight, inWidth, channels]);
}
