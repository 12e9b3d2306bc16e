/** Owns the layers that normalise each sample by itself. */
import type { Tensor, Variable } from '@tensorflow/tfjs';
import { z } from 'zod';
import { tf } from '../../tensorflow';
import { lengthOf, Operation } from '../own-layers/operation';
import { unitLength } from '../own-layers/unit-length';
import { cannot, fromStart, only, withoutActivation, type Adapter } from './adapted-layer';

const layerNormalization = z.object({
  axis: z.number().int().default(-1),
  epsilon: z.number().default(1e-3),
  center: z.boolean().default(true),
  scale: z.boolean().default(true),
});

const adaptLayerNormalization: Adapter = (raw, { inputs }) => {
  const { epsilon, center, scale, ...config } = layerNormalization.parse(raw);
  const axis = fromStart(config.axis, inputs[0]);
  const length = lengthOf(inputs[0], axis);
  const along = (weight: Variable, x: Tensor) =>
    tf.reshape(
      weight,
      x.shape.map((_, i) => (i === axis ? length : 1)),
    );
  const create = () =>
    new Operation(
      ([x], { gamma, beta }) => {
        const { mean, variance } = tf.moments(x, axis, true);
        const normal = tf.mul(tf.sub(x, mean), tf.rsqrt(tf.add(variance, epsilon)));
        const scaled = scale ? tf.mul(normal, along(gamma, x)) : normal;
        return center ? tf.add(scaled, along(beta, x)) : scaled;
      },
      { ...(scale ? { gamma: [length] } : {}), ...(center ? { beta: [length] } : {}) },
    );
  return withoutActivation(create, only('LayerNormalization', { axis, epsilon, center, scale }));
};

const unitNormalization = z.object({ axis: z.number().int().default(-1) });
const adaptUnitNormalization: Adapter = (raw, { inputs }) => {
  const axis = fromStart(unitNormalization.parse(raw).axis, inputs[0]);
  return withoutActivation(
    () => new Operation(([x]) => unitLength(x, axis, 1e-12)),
    cannot('TensorFlow.js has no layer that divides by the length.'),
  );
};

export const normalizationAdapters: Record<string, Adapter> = {
  LayerNormalization: adaptLayerNormalization,
  UnitNormalization: adaptUnitNormalization,
};
