/** Owns the gradients of conv2d, both as convolutions, which the library computes well. Its own by the input is slow. */
import type { KernelConfig, Tensor4D } from '@tensorflow/tfjs';
import { tf } from '../tensorflow';
import { errorsOfInput } from './framed-errors';

type Shape4D = [number, number, number, number];
interface Attributes {
  strides: [number, number] | number;
  pad: 'valid' | 'same' | number;
}

const infoOf = (inputShape: Shape4D, filterShape: Shape4D, { strides, pad }: Attributes) =>
  tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad);

/** Channels change places with samples: the errors are a filter that the input is met with. */
export const conv2dFilterGradient: KernelConfig = {
  kernelName: 'Conv2DBackpropFilter',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => {
    const { x, dy } = inputs as { x: Tensor4D; dy: Tensor4D };
    const { filterShape, ...sliding } = attrs as unknown as Attributes & { filterShape: Shape4D };
    const info = infoOf(x.shape, filterShape, sliding);
    const { padInfo, strideHeight, strideWidth } = info;
    const [rows, columns, channels, filters] = filterShape;
    return tf.tidy(() => {
      const { top, left } = padInfo;
      const below = Math.max(0, rows + (info.outHeight - 1) * strideHeight - info.inHeight - top);
      const right = Math.max(0, columns + (info.outWidth - 1) * strideWidth - info.inWidth - left);
      const padded = tf.pad(x, [[0, 0], [top, below], [left, right], [0, 0]]); // prettier-ignore
      const samplesLast = tf.transpose(padded, [3, 1, 2, 0]);
      const errors = tf.transpose(dy, [1, 2, 0, 3]);
      const apart: [number, number] = [strideHeight, strideWidth];
      const met = tf.conv2d(samplesLast, errors, 1, 'valid', 'NHWC', apart);
      // Where strides leave a rest, there is more than the filter.
      const cut = tf.slice(met, [0, 0, 0, 0], [channels, rows, columns, filters]);
      return tf.transpose(cut, [1, 2, 0, 3]);
    });
  },
};

/** `dy` [batch, outHeight, outWidth, outputs]; as `inputShape`. It is the transposed convolution too. */
export const conv2dInputGradient: KernelConfig = {
  kernelName: 'Conv2DBackpropInput',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => {
    const { dy, filter } = inputs as { dy: Tensor4D; filter: Tensor4D };
    const { inputShape, ...sliding } = attrs as unknown as Attributes & { inputShape: Shape4D };
    const info = infoOf(inputShape, filter.shape, sliding);
    return tf.tidy(() => {
      const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
      return errorsOfInput(dy, info, (framed) => tf.conv2d(framed, turned, 1, 'valid'));
    });
  },
};
