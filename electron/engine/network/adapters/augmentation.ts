/** Owns the layers that show each picture a little changed every time while training, with Keras 3's mathematics. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { z } from 'zod';
import { FILL_MODES } from '../../../../shared/blocks/augmentation/augmented';
import { FLIP_MODES } from '../../../../shared/blocks/augmentation/random-flip';
import { statelessUniform, streamNumber } from '../../random/stateless-uniform';
import { tf } from '../../tensorflow';
import type { LayerCall } from '../layer-call';
import { resized } from '../own-layers/interpolated';
import { Operation } from '../own-layers/operation';
import { warp } from '../own-layers/warp';
import {
  cannot,
  only,
  withoutActivation,
  type AdaptedLayer,
  type Adapter,
  type Place,
} from './adapted-layer';

const bounds = z.tuple([z.number(), z.number()]);
type Bounds = z.infer<typeof bounds>;

/** Numbers between bounds, drawn anew at every step; each use of it in a layer has a name of its own. */
type Draw = (purpose: string, between: Bounds, shape: readonly number[]) => Tensor;

/** A layer that changes pictures in training only. */
const augmenting = ({ block }: Place, change: (x: Tensor4D, draw: Draw) => Tensor): AdaptedLayer =>
  withoutActivation(
    (seed) =>
      new Operation(([x], _weights, call) =>
        call.training ? change(x as Tensor4D, drawing(seed, block, call)) : x,
      ),
    only('Activation', { activation: 'linear' }),
  );

const drawing =
  (seed: number, block: string, { step }: LayerCall): Draw =>
  (purpose, [low, high], shape) =>
    tf.add(tf.mul(statelessUniform(shape, streamNumber(seed, block, purpose), step), high - low), low);

const flip = z.object({ mode: z.enum(FLIP_MODES) });
const adaptRandomFlip: Adapter = (raw, place) => {
  const { mode } = flip.parse(raw);
  const axes = { horizontal: [2], vertical: [1], horizontal_and_vertical: [1, 2] }[mode];
  return augmenting(place, (x, draw) => {
    const lot = draw('flip', [0, 1], [x.shape[0], 1, 1, 1]);
    const flipped = tf.cast(tf.lessEqual(lot, 0.5), 'float32');
    return tf.add(tf.mul(tf.reverse(x, axes), flipped), tf.mul(x, tf.sub(1, flipped)));
  });
};

const filling = {
  fill_mode: z.enum(FILL_MODES).default('reflect'),
  interpolation: z.enum(['bilinear', 'nearest']).default('bilinear'),
  fill_value: z.number().default(0),
};

const rotation = z.object({ factor: bounds, ...filling });
const adaptRandomRotation: Adapter = (raw, place) => {
  const { factor, ...filled } = rotation.parse(raw);
  return augmenting(place, (x, draw) => {
    const [batch, height, width] = x.shape;
    const angle = tf.mul(draw('angle', factor, [batch, 1]), 2 * Math.PI);
    const [cos, sin] = [tf.cos(angle), tf.sin(angle)];
    const [middleX, middleY] = [(width - 1) / 2, (height - 1) / 2];
    const shiftX = tf.sub(middleX, tf.sub(tf.mul(cos, middleX), tf.mul(sin, middleY)));
    const shiftY = tf.sub(middleY, tf.add(tf.mul(sin, middleX), tf.mul(cos, middleY)));
    return warp(x, { x: [cos, tf.neg(sin), shiftX], y: [sin, cos, shiftY] }, filled);
  });
};

const translation = z.object({ height_factor: bounds, width_factor: bounds, ...filling });
const adaptRandomTranslation: Adapter = (raw, place) => {
  const { height_factor, width_factor, ...filled } = translation.parse(raw);
  return augmenting(place, (x, draw) => {
    const [batch, height, width] = x.shape;
    const down = tf.mul(draw('height', height_factor, [batch, 1]), height);
    const right = tf.mul(draw('width', width_factor, [batch, 1]), width);
    return warp(x, { x: [1, 0, tf.neg(right)], y: [0, 1, tf.neg(down)] }, filled);
  });
};

const zoom = z.object({ height_factor: bounds, width_factor: bounds.nullable(), ...filling });
const adaptRandomZoom: Adapter = (raw, place) => {
  const { height_factor, width_factor, ...filled } = zoom.parse(raw);
  return augmenting(place, (x, draw) => {
    const [batch, height, width] = x.shape;
    const tall = tf.add(draw('height', height_factor, [batch, 1]), 1);
    const wide = width_factor === null ? tall : tf.add(draw('width', width_factor, [batch, 1]), 1);
    const shift = (length: number, by: Tensor): Tensor => tf.mul(tf.sub(1, by), (length - 1) / 2);
    return warp(x, { x: [wide, 0, shift(width, wide)], y: [0, tall, shift(height, tall)] }, filled);
  });
};

const photometric = z.object({ factor: bounds, value_range: bounds });
const adaptRandomContrast: Adapter = (raw, place) => {
  const {
    factor: [weaker, stronger],
    value_range: [low, high],
  } = photometric.parse(raw);
  return augmenting(place, (x, draw) => {
    const contrast = draw('contrast', [1 - weaker, 1 + stronger], [x.shape[0], 1, 1, 1]);
    const mean = tf.mean(x, [1, 2], true);
    return tf.clipByValue(tf.add(tf.mul(tf.sub(x, mean), contrast), mean), low, high);
  });
};

const adaptRandomBrightness: Adapter = (raw, place) => {
  const { factor, value_range } = photometric.parse(raw);
  const [low, high] = [Math.min(...value_range), Math.max(...value_range)];
  return augmenting(place, (x, draw) => {
    const lighter = tf.mul(draw('brightness', factor, [x.shape[0], 1, 1, 1]), high - low);
    return tf.clipByValue(tf.add(x, lighter), low, high);
  });
};

const crop = z.object({ height: z.number().int(), width: z.number().int() });

/** Of a picture that is not larger than the window in both ways: the middle, as long as its sides have the window's ratio. */
function middle([rows, columns]: readonly [number, number], { height, width }: z.infer<typeof crop>) {
  const tall = Math.max(Math.min(rows, Math.trunc((columns * height) / width)), 1);
  const wide = Math.max(Math.min(columns, Math.trunc((rows * width) / height)), 1);
  return { top: Math.trunc((rows - tall) / 2), left: Math.trunc((columns - wide) / 2) };
}

function cutMiddle(x: Tensor4D, { height, width }: z.infer<typeof crop>): Tensor {
  const [batch, rows, columns, channels] = x.shape;
  const isLarger = rows > height && columns > width;
  const { top, left } = isLarger
    ? { top: Math.floor((rows - height) / 2), left: Math.floor((columns - width) / 2) }
    : middle([rows, columns], { height, width });
  const window = tf.slice(
    x,
    [0, top, left, 0],
    [batch, Math.min(height, rows - top), Math.min(width, columns - left), channels],
  );
  return resized(window, [height, width], 'bilinear');
}

const adaptRandomCrop: Adapter = (raw, { block }) => {
  const { height, width } = crop.parse(raw);
  return withoutActivation(
    (seed) =>
      new Operation(([x], _weights, call) => {
        const [, rows, columns] = (x as Tensor4D).shape;
        if (!call.training || rows <= height || columns <= width)
          return cutMiddle(x as Tensor4D, { height, width });
        const draw = drawing(seed, block, call);
        const window = (purpose: string, free: number, length: number): Tensor =>
          tf.add(
            tf.cast(tf.floor(draw(purpose, [0, free + 1], [1])), 'int32'),
            tf.range(0, length, 1, 'int32'),
          );
        const taken = tf.gather(x, window('height', rows - height, height), 1);
        return tf.gather(taken, window('width', columns - width, width), 2);
      }),
    cannot('TensorFlow.js has no layer that cuts the middle out of pictures of any size.'),
  );
};

export const augmentationAdapters: Record<string, Adapter> = {
  RandomFlip: adaptRandomFlip,
  RandomRotation: adaptRandomRotation,
  RandomTranslation: adaptRandomTranslation,
  RandomZoom: adaptRandomZoom,
  RandomContrast: adaptRandomContrast,
  RandomBrightness: adaptRandomBrightness,
  RandomCrop: adaptRandomCrop,
};
