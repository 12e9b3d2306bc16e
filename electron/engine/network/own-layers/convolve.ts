/**
 * Owns convolution along one, two or three axes, forwards, backwards and channel by channel, from those operations of
 * TensorFlow.js whose gradients are right. It has none for gaps in the filter and a wrong one for conv3dTranspose.
 */
import type { Tensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow';

export interface Sliding {
  strides: readonly number[];
  dilation_rate: readonly number[];
  padding: 'valid' | 'same';
}

const product = (sizes: readonly number[]): number => sizes.reduce((total, size) => total * size, 1);

/** Puts rate − 1 zeros between the values along an axis. Axis by axis: TensorFlow pads tensors of up to six axes only. */
export function spreadAlong(kernel: Tensor, axis: number, rate: number): Tensor {
  if (rate === 1) return kernel;
  const n = kernel.shape[axis];
  const [before, after] = [kernel.shape.slice(0, axis), kernel.shape.slice(axis + 1)];
  const reach = (n - 1) * rate + 1;
  const apart = tf.pad(tf.reshape(kernel, [product(before), n, 1, product(after)]), [
    [0, 0],
    [0, 0],
    [0, rate - 1],
    [0, 0],
  ]);
  const whole = tf.reshape(apart, [product(before), n * rate, product(after)]);
  const cut = tf.slice(whole, [0, 0, 0], [product(before), reach, product(after)]);
  return tf.reshape(cut, [...before, reach, ...after]);
}

/** Puts rate − 1 zeros between the taps of a kernel [..., inputs, outputs]: an ordinary convolution with it is the dilated one. */
export const spread = (kernel: Tensor, rates: readonly number[]): Tensor =>
  rates.reduce((wider, rate, axis) => spreadAlong(wider, axis, rate), kernel);

/** A sequence is a picture of one row. */
const asPicture = (x: Tensor): Tensor4D => tf.expandDims<Tensor4D>(x, 1);
const asSequence = (x: Tensor): Tensor => tf.squeeze(x, [1]);
const pair = ([a, b]: readonly number[]): [number, number] => [a, b];
const triple = ([a, b, c]: readonly number[]): [number, number, number] => [a, b, c];

function ungrouped(
  x: Tensor,
  kernel: Tensor,
  strides: readonly number[],
  padding: Sliding['padding'],
): Tensor {
  switch (x.rank) {
    case 3:
      return asSequence(
        tf.conv2d(asPicture(x), tf.expandDims<Tensor4D>(kernel, 0), [1, strides[0]], padding),
      );
    case 4:
      return tf.conv2d(x as Tensor4D, kernel as Tensor4D, pair(strides), padding);
    default:
      return tf.conv3d(x as Tensor5D, kernel as Tensor5D, triple(strides), padding);
  }
}

/** [batch, …, channels] with a kernel [..., channels / groups, filters]; each group sees its own share of both. */
export function convolve(x: Tensor, given: Tensor, sliding: Sliding, groups = 1): Tensor {
  const kernel = spread(given, sliding.dilation_rate);
  const one = (channels: Tensor, filters: Tensor) =>
    ungrouped(channels, filters, sliding.strides, sliding.padding);
  if (groups === 1) return one(x, kernel);
  const filters = tf.split(kernel, groups, kernel.rank - 1);
  return tf.concat(
    tf.split(x, groups, x.rank - 1).map((share, i) => one(share, filters[i])),
    x.rank - 1,
  );
}

/** Its gradients are the convolution forwards and that convolution's gradient by the kernel. */
function backwards3d(
  x: Tensor5D,
  kernel: Tensor5D,
  shape: [number, number, number, number, number],
  strides: [number, number, number],
  pad: Sliding['padding'],
): Tensor {
  return tf.customGrad<Tensor>((...args) => {
    const [dx, dk, save] = args as unknown as [Tensor5D, Tensor5D, (tensors: Tensor[]) => void];
    save([dx, dk]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => [
      tf.conv3d(dy as Tensor5D, saved[1] as Tensor5D, strides, pad),
      tf
        .engine()
        .runKernel<Tensor>(
          'Conv3DBackpropFilterV2',
          { x: dy, dy: saved[0] },
          { strides, pad, filterShape: saved[1].shape },
        ),
    ];
    return { value: tf.conv3dTranspose(dx, dk, shape, strides, pad), gradFunc };
  })(x, kernel);
}

/** `lengths`: of the output's axes between batch and channels. The kernel is [..., filters, channels]. */
export function convolveBackwards(
  x: Tensor,
  given: Tensor,
  lengths: readonly number[],
  { strides, dilation_rate, padding }: Sliding,
): Tensor {
  const kernel = spread(given, dilation_rate);
  const [batch, filters] = [x.shape[0], kernel.shape[kernel.rank - 2]];
  switch (x.rank) {
    case 3: {
      const shape: [number, number, number, number] = [batch, 1, lengths[0], filters];
      const row = tf.expandDims<Tensor4D>(kernel, 0);
      return asSequence(tf.conv2dTranspose(asPicture(x), row, shape, [1, strides[0]], padding));
    }
    case 4:
      return tf.conv2dTranspose(
        x as Tensor4D,
        kernel as Tensor4D,
        [batch, lengths[0], lengths[1], filters],
        pair(strides),
        padding,
      );
    default:
      return backwards3d(
        x as Tensor5D,
        kernel as Tensor5D,
        [batch, lengths[0], lengths[1], lengths[2], filters],
        triple(strides),
        padding,
      );
  }
}

/** Every channel with filters of its own: kernel [..., channels, multiplier]. Along sequences and over pictures. */
export function convolveByChannel(
  x: Tensor,
  given: Tensor,
  { strides, dilation_rate, padding }: Sliding,
): Tensor {
  const kernel = spread(given, dilation_rate);
  const stride: [number, number] = [strides[0], strides[0]];
  if (x.rank === 3)
    return asSequence(tf.depthwiseConv2d(asPicture(x), tf.expandDims<Tensor4D>(kernel, 0), stride, padding));
  if (strides[0] === strides[1])
    return tf.depthwiseConv2d(x as Tensor4D, kernel as Tensor4D, stride, padding);
  // TensorFlow moves filters of single channels by one stride only; as many groups as channels do the same.
  const [height, width, channels, multiplier] = kernel.shape as [number, number, number, number];
  const plain = { strides, dilation_rate: [1, 1], padding };
  return convolve(x, tf.reshape(kernel, [height, width, 1, channels * multiplier]), plain, channels);
}
