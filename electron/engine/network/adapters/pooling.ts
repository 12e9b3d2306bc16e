/** Owns pooling over sequences and over whole maps. */
import { z } from 'zod';
import { tf } from '../../tensorflow';
import { Operation, type Compute } from '../own-layers/operation';
import { cannot, only, padding, single, withoutActivation, type Adapter } from './adapted-layer';

const pooling1d = z.object({ pool_size: single.default(2), strides: single.nullish(), padding });
const adaptPooling1D =
  (kind: 'MaxPooling1D' | 'AveragePooling1D'): Adapter =>
  (raw) => {
    const config = pooling1d.parse(raw);
    const strides = config.strides ?? config.pool_size;
    const args = { poolSize: config.pool_size, strides, padding: config.padding };
    return withoutActivation(
      () => (kind === 'MaxPooling1D' ? tf.layers.maxPooling1d(args) : tf.layers.averagePooling1d(args)),
      only(kind, { pool_size: config.pool_size, strides, padding: config.padding }),
    );
  };

const global = z.object({ keepdims: z.boolean().default(false) });
const adaptGlobal =
  (kind: string, axes: readonly number[], pool: 'max' | 'mean'): Adapter =>
  (raw) => {
    const { keepdims } = global.parse(raw);
    return withoutActivation(
      () => new Operation(([x]) => tf[pool](x, [...axes], keepdims)),
      keepdims ? cannot('TensorFlow.js always drops the axes that it pooled over.') : only(kind, {}),
    );
  };

/** With a mask, only the steps that count are averaged. */
const adaptGlobalAveragePooling1D: Adapter = (raw, place) => {
  const { keepdims } = global.parse(raw);
  const adapted = adaptGlobal('GlobalAveragePooling1D', [1], 'mean')(raw, place);
  const compute: Compute = ([x], _weights, { masks: [mask] }) => {
    if (mask === null) return tf.mean(x, 1, keepdims);
    const counts = tf.expandDims(mask, 2);
    return tf.div(tf.sum(tf.mul(x, counts), 1, keepdims), tf.sum(counts, 1, keepdims));
  };
  return { ...adapted, create: () => new Operation(compute) };
};

export const poolingAdapters: Record<string, Adapter> = {
  MaxPooling1D: adaptPooling1D('MaxPooling1D'),
  AveragePooling1D: adaptPooling1D('AveragePooling1D'),
  GlobalMaxPooling1D: adaptGlobal('GlobalMaxPooling1D', [1], 'max'),
  GlobalAveragePooling1D: adaptGlobalAveragePooling1D,
  GlobalMaxPooling2D: adaptGlobal('GlobalMaxPooling2D', [1, 2], 'max'),
};
