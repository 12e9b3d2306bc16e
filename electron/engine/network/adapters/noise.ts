/** Owns the layers that disturb their input while training and pass it on otherwise. */
import { z } from 'zod';
import { statelessNormal } from '../../random/stateless-normal';
import { streamNumber } from '../../random/stateless-uniform';
import { tf } from '../../tensorflow';
import { Dropout } from '../own-layers/dropout';
import { Operation } from '../own-layers/operation';
import { only, withoutActivation, type Adapter } from './adapted-layer';

const gaussianNoise = z.object({ stddev: z.number() });
const adaptGaussianNoise: Adapter = (raw, { block }) => {
  const { stddev } = gaussianNoise.parse(raw);
  return withoutActivation(
    (seed) => {
      const keys = [streamNumber(seed, block, 'radius'), streamNumber(seed, block, 'angle')] as const;
      return new Operation(([x], _weights, call) =>
        call.training && stddev > 0
          ? tf.add(x, tf.mul(statelessNormal(x.shape, keys, call.step), stddev))
          : x,
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
