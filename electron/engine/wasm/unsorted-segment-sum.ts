/** Owns the sum of the rows that share a number: what the gradient of looking rows up in a table needs. */
import type { KernelConfig, Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow';

/** `x` [rows, …] and the number of each row; [numSegments, …]. Rows with a number outside are left out. */
export const unsortedSegmentSum: KernelConfig = {
  kernelName: 'UnsortedSegmentSum',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => {
    const { x, segmentIds } = inputs as { x: Tensor; segmentIds: Tensor };
    const { numSegments } = attrs as { numSegments: number };
    const [values, numbers] = [x.dataSync(), segmentIds.dataSync()];
    const width = numbers.length === 0 ? 0 : values.length / numbers.length;
    const shape = [numSegments, ...x.shape.slice(segmentIds.rank)];
    const sums = new Float32Array(shape.reduce((product, size) => product * size, 1));
    numbers.forEach((segment, row) => {
      if (segment < 0 || segment >= numSegments) return;
      for (let i = 0; i < width; i++) sums[segment * width + i] += values[row * width + i];
    });
    return tf.tensor(sums, shape, x.dtype);
  },
};
