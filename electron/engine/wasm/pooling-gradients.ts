/**
 * Owns the gradients of pooling. The library's own are wrong (4.22.0): that of the largest value for all but the first
 * picture's windows, that of the average where padding makes windows smaller.
 */
import type { KernelConfig, Rank, Tensor, Tensor4D, Tensor5D } from '@tensorflow/tfjs';
import { tf } from '../tensorflow';

type Axis = readonly [start: number, end: number][];

/** Of each place of the output: the part of the input along one axis that its window covers, without the padding. */
const windows = (outs: number, stride: number, size: number, before: number, length: number): Axis =>
  Array.from({ length: outs }, (_, i) => [
    Math.max(0, i * stride - before),
    Math.min(length, i * stride - before + size),
  ]);

/** Spreads the error of one window over `dx`; `places` are where its values begin, one for each of the channels. */
type Share = (places: readonly number[], error: number, channel: number) => void;

/** Volumes [batch, depth, height, width, channels]; a picture is a volume of depth 1. */
function gradient(
  x: Tensor5D,
  dy: Tensor,
  axes: readonly [depth: Axis, height: Axis, width: Axis],
  sharing: (dx: Float32Array) => Share,
): Tensor5D {
  const [n, depth, height, width, channels] = x.shape;
  const dx = new Float32Array(x.size);
  const share = sharing(dx);
  const errors = dy.dataSync();
  let next = 0;
  for (let sample = 0; sample < n; sample++)
    for (const [front, back] of axes[0])
      for (const [top, bottom] of axes[1])
        for (const [left, right] of axes[2]) {
          const places: number[] = [];
          for (let d = front; d < back; d++)
            for (let row = top; row < bottom; row++)
              for (let column = left; column < right; column++)
                places.push((((sample * depth + d) * height + row) * width + column) * channels);
          for (let channel = 0; channel < channels; channel++) share(places, errors[next++], channel);
        }
  return tf.tensor5d(dx, x.shape);
}

const toLargest =
  (x: Tensor5D) =>
  (dx: Float32Array): Share => {
    const values = x.dataSync();
    return (places, error, channel) => {
      let largest = places[0];
      for (const place of places) if (values[place + channel] > values[largest + channel]) largest = place;
      dx[largest + channel] += error;
    };
  };

const evenly =
  (dx: Float32Array): Share =>
  (places, error, channel) => {
    for (const place of places) dx[place + channel] += error / places.length;
  };

type Sizes<T> = { filterSize: T; strides: T; pad: 'valid' | 'same' };

function ofPictures(kernelName: string, sharing: (x: Tensor5D) => (dx: Float32Array) => Share): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => {
      const { dy, input } = inputs as { dy: Tensor; input: Tensor4D };
      const { filterSize, strides, pad } = attrs as unknown as Sizes<[number, number]>;
      const info = tf.backend_util.computePool2DInfo(input.shape, filterSize, strides, 1, pad);
      const { padInfo } = info;
      return tf.tidy(() => {
        const x = tf.expandDims<Tensor5D>(input, 1);
        const dx = gradient(
          x,
          dy,
          [
            [[0, 1]],
            windows(info.outHeight, info.strideHeight, info.filterHeight, padInfo.top, info.inHeight),
            windows(info.outWidth, info.strideWidth, info.filterWidth, padInfo.left, info.inWidth),
          ],
          sharing(x),
        );
        return tf.reshape<Rank.R4>(dx, input.shape);
      });
    },
  };
}

export const maxPoolGradient = ofPictures('MaxPoolGrad', toLargest);
export const averagePoolGradient = ofPictures('AvgPoolGrad', () => evenly);

export const averagePool3dGradient: KernelConfig = {
  kernelName: 'AvgPool3DGrad',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => {
    const { dy, input } = inputs as { dy: Tensor; input: Tensor5D };
    const { filterSize, strides, pad } = attrs as unknown as Sizes<[number, number, number]>;
    const info = tf.backend_util.computePool3DInfo(input.shape, filterSize, strides, 1, pad);
    const { padInfo } = info;
    return gradient(
      input,
      dy,
      [
        windows(info.outDepth, info.strideDepth, info.filterDepth, padInfo.front, info.inDepth),
        windows(info.outHeight, info.strideHeight, info.filterHeight, padInfo.top, info.inHeight),
        windows(info.outWidth, info.strideWidth, info.filterWidth, padInfo.left, info.inWidth),
      ],
      evenly,
    );
  },
};
