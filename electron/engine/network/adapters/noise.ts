/** Owns the layers that disturb their input while training and pass it on otherwise. */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { normalKeys, statelessNormal } from '../../random/stateless-normal';
import { statelessMask } from '../../random/stateless-mask';
import { statelessUniform, streamNumber } from '../../random/stateless-uniform';
import { tf } from '../../tensorflow';
import type { LayerCall } from '../layer-call';
import { Dropout } from '../own-layers/dropout';
import { Operation } from '../own-layers/operation';
import {
  cannot,
  only,
  withoutActivation,
  type AdaptedLayer,
  type Adapter,
  type Place,
  type TfjsTranslation,
} from './adapted-layer';

const rated = z.object({ rate: z.number() });

const adaptDropout: Adapter = (raw, { block }) => {
  const { rate } = rated.parse(raw);
  return withoutActivation(
    (seed) => new Dropout(rate, streamNumber(seed, block, 'dropout')),
    only('Dropout', { rate }),
  );
};

const adaptSpatialDropout: Adapter = (raw, { block, inputs }) => {
  const { rate } = rated.parse(raw);
  const between = inputs[0].slice(1, -1).map(() => 1);
  return withoutActivation(
    (seed) =>
      new Dropout(rate, streamNumber(seed, block, 'dropout'), (shape) => [
        shape[0],
        ...between,
        shape[shape.length - 1],
      ]),
    only('Dropout', { rate, noise_shape: [null, ...between, inputs[0].at(-1) ?? null] }),
  );
};

/** A layer that does something in training only. `keysOf` names its random streams. */
const disturbing = <K>(
  { block }: Place,
  keysOf: (seed: number, block: string) => K,
  disturb: (x: Tensor, keys: K, call: LayerCall) => Tensor,
  tfjs: TfjsTranslation,
): AdaptedLayer =>
  withoutActivation((seed) => {
    const keys = keysOf(seed, block);
    return new Operation(([x], _weights, call) => (call.training ? disturb(x, keys, call) : x));
  }, tfjs);

const gaussianNoise = z.object({ stddev: z.number() });
const adaptGaussianNoise: Adapter = (raw, place) => {
  const { stddev } = gaussianNoise.parse(raw);
  return disturbing(
    place,
    normalKeys,
    (x, keys, call) =>
      stddev > 0 ? tf.add(x, tf.mul(statelessNormal(x.shape, keys, call.step), stddev)) : x,
    only('GaussianNoise', { stddev }),
  );
};

/** Factors with mean 1 and the variance that dropout at the same rate has. */
const adaptGaussianDropout: Adapter = (raw, place) => {
  const { rate } = rated.parse(raw);
  const stddev = Math.sqrt(rate / (1 - rate));
  return disturbing(
    place,
    normalKeys,
    (x, keys, call) =>
      rate > 0 ? tf.mul(x, tf.add(tf.mul(statelessNormal(x.shape, keys, call.step), stddev), 1)) : x,
    only('GaussianDropout', { rate }),
  );
};

/** Klambauer et al., Self-normalizing neural networks (2017): what is dropped takes the value that SELU ends at. */
const SELU_END = -1.6732632423543772 * 1.0507009873554805;
const adaptAlphaDropout: Adapter = (raw, place) => {
  const { rate } = rated.parse(raw);
  const slope = ((1 - rate) * (1 + rate * SELU_END ** 2)) ** -0.5;
  const shift = -slope * SELU_END * rate;
  return disturbing(
    place,
    (seed, block) => streamNumber(seed, block, 'dropout'),
    (x, dropout, call) => {
      if (rate === 0) return x;
      const kept = statelessMask(x.shape, rate, dropout, call.step);
      const mixed = tf.add(tf.mul(x, kept), tf.mul(tf.sub(1, kept), SELU_END));
      return tf.add(tf.mul(mixed, slope), shift);
    },
    only('AlphaDropout', { rate }),
  );
};

const saltAndPepper = z.object({
  amount: z.number(),
  salt: z.number(),
  low: z.number(),
  high: z.number(),
});
const adaptSaltAndPepper: Adapter = (raw, place) => {
  const { amount, salt, low, high } = saltAndPepper.parse(raw);
  return disturbing(
    place,
    (seed, block) => streamNumber(seed, block, 'grains'),
    (x, grains, call) => {
      const lot = statelessUniform(x.shape, grains, call.step);
      const peppered = tf.where(tf.less(lot, amount), tf.fill(x.shape, low), x);
      return tf.where(tf.less(lot, amount * salt), tf.fill(x.shape, high), peppered);
    },
    only('Activation', { activation: 'linear' }),
  );
};

const source = z.object({ shape: z.array(z.number().int()), distribution: z.enum(['normal', 'uniform']) });
/** What a network begins with: drawn in training and in evaluation alike. */
const adaptNoise: Adapter = (raw, { block }) => {
  const { shape, distribution } = source.parse(raw);
  return withoutActivation((seed) => {
    const normal = normalKeys(seed, block);
    const uniform = streamNumber(seed, block, 'uniform');
    return new Operation((_inputs, _weights, { rows, step }) =>
      distribution === 'normal'
        ? statelessNormal([rows, ...shape], normal, step)
        : tf.sub(tf.mul(statelessUniform([rows, ...shape], uniform, step), 2), 1),
    );
  }, cannot('TensorFlow.js has no layer that draws random numbers.'));
};

export const noiseAdapters: Record<string, Adapter> = {
  Noise: adaptNoise,
  Dropout: adaptDropout,
  SpatialDropout1D: adaptSpatialDropout,
  SpatialDropout2D: adaptSpatialDropout,
  SpatialDropout3D: adaptSpatialDropout,
  GaussianNoise: adaptGaussianNoise,
  GaussianDropout: adaptGaussianDropout,
  AlphaDropout: adaptAlphaDropout,
  SaltAndPepperNoise: adaptSaltAndPepper,
};
