/**
 * Owns the gradients of conv3d: plane by plane of the filter, each with the gradient of conv2d. The library's own are
 * wrong (4.22.0): that by the input always, that by the filter with strides.
 */
import type { KernelConfig, Rank, Tensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs';
import { spreadAlong } from '../network/own-layers/convolve';
import { tf } from '../tensorflow';

type Shape5D = [number, number, number, number, number];
interface Attributes {
  strides: [number, number, number] | number;
  pad: 'valid' | 'same';
}

const infoOf = (inputShape: Shape5D, filterShape: Shape5D, { strides, pad }: Attributes) =>
  tf.backend_util.computeConv3DInfo(inputShape, filterShape, strides, 1, pad);

/** [batch, depth, height, width, channels] as pictures, [batch × depth, height, width, channels]. */
function asPictures(volumes: Tensor5D): Tensor4D {
  const [n, depth, ...picture] = volumes.shape;
  return tf.reshape<Rank.R4>(volumes, [n * depth, ...picture]);
}

const gradient2d = (name: string, inputs: Record<string, Tensor>, attributes: object): Tensor =>
  tf.engine().runKernel<Tensor>(name, inputs, { dataFormat: 'NHWC', ...attributes });

export const conv3dFilterGradient: KernelConfig = {
  kernelName: 'Conv3DBackpropFilterV2',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => {
    const { x, dy } = inputs as { x: Tensor5D; dy: Tensor5D };
    const { filterShape, ...sliding } = attrs as unknown as Attributes & { filterShape: Shape5D };
    const { strideDepth, strideHeight, strideWidth, outDepth, padInfo } = infoOf(
      x.shape,
      filterShape,
      sliding,
    );
    const [n, depth, ...picture] = x.shape;
    const [planes, ...plane] = filterShape;
    const reach = (outDepth - 1) * strideDepth + 1;
    const behind = Math.max(0, planes - 1 + reach - depth - padInfo.front);
    return tf.tidy(() => {
      const values = picture.reduce((product, size) => product * size);
      const padded = tf.pad(tf.reshape(x, [n, depth, values]), [[0, 0], [padInfo.front, behind], [0, 0]]); // prettier-ignore
      const errors = asPictures(dy);
      const byPlane = Array.from({ length: planes }, (_, front) => {
        const seen = tf.stridedSlice(padded, [0, front, 0], [n, front + reach, values], [1, strideDepth, 1]);
        const pictures = tf.reshape(seen, [n * outDepth, ...picture]);
        const attributes = { strides: [strideHeight, strideWidth], pad: sliding.pad, filterShape: plane };
        return gradient2d('Conv2DBackpropFilter', { x: pictures, dy: errors }, attributes);
      });
      return tf.stack(byPlane);
    });
  },
};

export const conv3dInputGradient: KernelConfig = {
  kernelName: 'Conv3DBackpropInputV2',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => {
    const { dy, filter } = inputs as { dy: Tensor5D; filter: Tensor5D };
    const { inputShape, ...sliding } = attrs as unknown as Attributes & { inputShape: Shape5D };
    const { strideDepth, strideHeight, strideWidth, outDepth, padInfo } = infoOf(
      inputShape,
      filter.shape,
      sliding,
    );
    const [n, depth, ...picture] = inputShape;
    const planes = filter.shape[0];
    const values = picture.reduce((product, size) => product * size);
    const reach = (outDepth - 1) * strideDepth + 1;
    const whole = Math.max(padInfo.front + depth, planes - 1 + reach);
    return tf.tidy(() => {
      const errors = asPictures(dy);
      const byPlane = tf.unstack(filter).map((plane, front) => {
        const attributes = {
          strides: [strideHeight, strideWidth],
          pad: sliding.pad,
          inputShape: [n * outDepth, ...picture],
        };
        const pictures = gradient2d('Conv2DBackpropInput', { dy: errors, filter: plane }, attributes);
        const apart = spreadAlong(tf.reshape(pictures, [n, outDepth, values]), 1, strideDepth);
        return tf.pad(apart, [[0, 0], [front, whole - front - reach], [0, 0]]); // prettier-ignore
      });
      return tf.reshape(tf.slice(tf.addN(byPlane), [0, padInfo.front, 0], [n, depth, values]), inputShape);
    });
  },
};
