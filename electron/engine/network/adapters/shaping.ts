/** Owns the layers that move, repeat or cut values without weights. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { z } from 'zod';
import { tf } from '../../tensorflow';
import { Operation } from '../own-layers/operation';
import { upsampledBilinearly } from '../own-layers/bilinear';
import { cannot, only, pair, withoutActivation, type Adapter } from './adapted-layer';

const permute = z.object({ dims: z.array(z.number().int()) });
const adaptPermute: Adapter = (raw) => {
  const { dims } = permute.parse(raw);
  return withoutActivation(() => tf.layers.permute({ dims }), only('Permute', { dims }));
};

const repeatVector = z.object({ n: z.number().int() });
const adaptRepeatVector: Adapter = (raw) => {
  const { n } = repeatVector.parse(raw);
  return withoutActivation(() => tf.layers.repeatVector({ n }), only('RepeatVector', { n }));
};

const rescaling = z.object({ scale: z.number(), offset: z.number().default(0) });
const adaptRescaling: Adapter = (raw) => {
  const { scale, offset } = rescaling.parse(raw);
  return withoutActivation(
    () => new Operation(([x]) => tf.add(tf.mul(x, scale), offset)),
    only('Rescaling', { scale, offset }),
  );
};

const sides = z
  .array(z.array(z.number().int()).length(2))
  .length(2)
  .transform(([[top, bottom], [left, right]]): [[number, number], [number, number]] => [
    [top, bottom],
    [left, right],
  ]);

const zeroPadding = z.object({ padding: sides });
const adaptZeroPadding2D: Adapter = (raw) => {
  const { padding } = zeroPadding.parse(raw);
  return withoutActivation(
    () => new Operation(([x]) => tf.pad(x, [[0, 0], ...padding, [0, 0]])),
    only('ZeroPadding2D', { padding, data_format: 'channels_last' }),
  );
};

const cropped = (x: Tensor, [[top, bottom], [left, right]]: z.infer<typeof sides>): Tensor => {
  const [batch, height, width, channels] = x.shape;
  return tf.slice(
    x as Tensor4D,
    [0, top, left, 0],
    [batch ?? -1, (height ?? 0) - top - bottom, (width ?? 0) - left - right, channels ?? -1],
  );
};
const cropping = z.object({ cropping: sides });
const adaptCropping2D: Adapter = (raw) => {
  const { cropping: by } = cropping.parse(raw);
  return withoutActivation(
    () => new Operation(([x]) => cropped(x, by)),
    only('Cropping2D', { cropping: by, data_format: 'channels_last' }),
  );
};

const upSampling = z.object({
  size: pair.default([2, 2]),
  interpolation: z.enum(['nearest', 'bilinear']).default('nearest'),
});
const adaptUpSampling2D: Adapter = (raw) => {
  const { size, interpolation } = upSampling.parse(raw);
  if (interpolation === 'bilinear')
    return withoutActivation(
      () => new Operation(([x]) => upsampledBilinearly(x, size)),
      cannot('TensorFlow.js interpolates between other points than Keras; only nearest gives the same.'),
    );
  return withoutActivation(
    () => tf.layers.upSampling2d({ size, interpolation }),
    only('UpSampling2D', { size, interpolation, data_format: 'channels_last' }),
  );
};

export const shapingAdapters: Record<string, Adapter> = {
  Permute: adaptPermute,
  RepeatVector: adaptRepeatVector,
  Rescaling: adaptRescaling,
  ZeroPadding2D: adaptZeroPadding2D,
  Cropping2D: adaptCropping2D,
  UpSampling2D: adaptUpSampling2D,
};
