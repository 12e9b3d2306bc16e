/** Owns the layers that disturb their input while training and pass it on otherwise. */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { statelessUniform, streamNumber } from '../../random/stateless-uniform';
import { tf } from '../../tensorflow';
import type { LayerCall } from '../layer-call';
import { Dropout } from '../own-layers/dropout';
import { Operation } from '../own-layers/operation';
import { only, withoutActivation, type Adapter } from './adapted-layer';

/** Standard normal numbers from two uniform ones (Box & Muller 1958). */
function statelessNormal(
  shape: readonly number[],
  keys: readonly [number, number],
  { step }: LayerCall,
): Tensor {
  const [a, b] = keys.map((key) => statelessUniform(shape, key, step));
  // 1 − a is never 0, so that the logarithm is finite.
  const radius = tf.sqrt(tf.mul(tf.log(tf.sub(1, a)), -2));
  return tf.mul(radius, tf.cos(tf.mul(b, 2 * Math.PI)));
}

const gaussianNoise = z.object({ stddev: z.number() });
const adaptGaussianNoise: Adapter = (raw, { block }) => {
  const { stddev } = gaussianNoise.parse(raw);
  return withoutActivation(
    (seed) => {
      const keys = [streamNumber(seed, block, 'radius'), streamNumber(seed, block, 'angle')] as const;
      return new Operation(([x], _weights, call) =>
        call.training && stddev > 0 ? tf.add(x, tf.mul(statelessNormal(x.shape, keys, call), stddev)) : x,
      );
    },
    only('GaussianNoise', { stddev }),
  );
};

const spatialDropout = z.object({ rate: z.number() });
const adaptSpatialDropout2D: Adapter = (raw, { block, inputs }) => {
  const { rate } = spatialDropout.parse(raw);
  return withoutActivation(
    (seed) =>
      new Dropout(rate, streamNumber(seed, block, 'dropout'), ([batch, , , channels]) => [
        batch,
        1,
        1,
        channels,
      ]),
    only('Dropout', { rate, noise_shape: [null, 1, 1, inputs[0][3]] }),
  );
};

export const noiseAdapters: Record<string, Adapter> = {
  GaussianNoise: adaptGaussianNoise,
  SpatialDropout2D: adaptSpatialDropout2D,
};
