/** Owns the gradients of depthwiseConv2d, where every channel has filters of its own, by its filter and by its input. */
import type { backend_util, KernelConfig, Rank, Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../tensorflow';
import { errorsOfInput } from './framed-errors';

interface Attributes {
  strides: [number, number] | number;
  dilations: [number, number] | number;
  pad: 'valid' | 'same' | number;
}
type Shape4D = [number, number, number, number];

const infoOf = (inputShape: Shape4D, filterShape: Shape4D, { strides, dilations, pad }: Attributes) =>
  tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, dilations, pad, undefined, true);

/** What each place of the filter sees, by row, then column: [batch, outHeight, outWidth, channels] of `x`. */
function seenByPlace(x: Tensor4D, info: backend_util.Conv2DInfo): Tensor4D[] {
  const { batchSize, inChannels, outHeight, outWidth, padInfo } = info;
  const { strideHeight: down, strideWidth: across, dilationHeight, dilationWidth } = info;
  const [high, wide] = [(outHeight - 1) * down + 1, (outWidth - 1) * across + 1];
  const taps = (count: number, dilation: number) => Array.from({ length: count }, (_, i) => i * dilation);
  const [rows, columns] = [taps(info.filterHeight, dilationHeight), taps(info.filterWidth, dilationWidth)];
  // Where strides leave a rest, the input reaches further than any filter.
  const below = Math.max(0, rows[rows.length - 1] + high - info.inHeight - padInfo.top);
  const right = Math.max(0, columns[columns.length - 1] + wide - info.inWidth - padInfo.left);
  const padded = tf.pad(x, [[0, 0], [padInfo.top, below], [padInfo.left, right], [0, 0]]); // prettier-ignore
  return rows.flatMap((row) =>
    columns.map((column) => {
      const near = tf.slice(padded, [0, row, column, 0], [batchSize, high, wide, inChannels]);
      if (down === 1 && across === 1) return near;
      return tf.stridedSlice(near, [0, 0, 0, 0], near.shape, [1, down, across, 1]) as Tensor4D;
    }),
  );
}

/** `x` [batch, height, width, channels], `dy` [batch, outHeight, outWidth, channels × multiplier]. */
export const depthwiseFilterGradient: KernelConfig = {
  kernelName: 'DepthwiseConv2dNativeBackpropFilter',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => {
    const { x, dy } = inputs as { x: Tensor4D; dy: Tensor4D };
    const { filterShape, ...sliding } = attrs as unknown as Attributes & { filterShape: Shape4D };
    const [, , channels, multiplier] = filterShape;
    return tf.tidy(() => {
      const errors = tf.reshape(dy, [-1, channels, multiplier]);
      const byPlace = seenByPlace(x, infoOf(x.shape, filterShape, sliding)).map((seen) =>
        tf.sum(tf.mul(tf.reshape(seen, [-1, channels, 1]), errors), 0),
      );
      return tf.reshape(tf.stack(byPlace), filterShape);
    });
  },
};

/** Each filter gives its errors back to the channel that it is of. */
export const depthwiseInputGradient: KernelConfig = {
  kernelName: 'DepthwiseConv2dNativeBackpropInput',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => {
    const { dy, filter } = inputs as { dy: Tensor4D; filter: Tensor4D };
    const { inputShape, ...sliding } = attrs as unknown as Attributes & { inputShape: Shape4D };
    const [rows, columns, channels, multiplier] = filter.shape;
    const info = infoOf(inputShape, filter.shape, sliding);
    const gaps: [number, number] = [info.dilationHeight, info.dilationWidth];
    return tf.tidy(() => {
      const turned = tf.reshape<Rank.R4>(tf.reverse(filter, [0, 1]), [rows, columns, channels * multiplier, 1]); // prettier-ignore
      return errorsOfInput(dy, info, (framed) => {
        const met = tf.depthwiseConv2d(framed, turned, 1, 'valid', 'NHWC', gaps);
        const [n, high, wide] = met.shape;
        return tf.sum(tf.reshape(met, [n, high, wide, channels, multiplier]), 4);
      });
    });
  },
};
