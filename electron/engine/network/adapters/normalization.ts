/** Owns the layers that normalise. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { z } from 'zod';
import type { Shape } from '../../../../shared/compiler/shape';
import type { Json } from '../../../../shared/document/document';
import { keptAxes } from '../../../../shared/blocks/normalization/normalization';
import { tf } from '../../tensorflow';
import { BatchNormalization } from '../own-layers/batch-normalization';
import { lengthOf, Operation } from '../own-layers/operation';
import { standardized } from '../own-layers/standardized';
import { unitLength } from '../own-layers/unit-length';
import {
  cannot,
  fromStart,
  only,
  withoutActivation,
  type Adapter,
  type TfjsTranslation,
} from './adapted-layer';

/** Its own layer, which trains on any number of axes and predicts on four at most. */
const tfjsBatchNormalization = (config: Record<string, Json>, input: Shape): TfjsTranslation =>
  input.length <= 4
    ? only('BatchNormalization', config)
    : cannot(`TensorFlow.js normalises tensors of up to four axes, and this one has ${input.length}.`);

const batchNormalization = z.object({
  axis: z.number().int().default(-1),
  momentum: z.number().default(0.99),
  epsilon: z.number().default(1e-3),
  center: z.boolean().default(true),
  scale: z.boolean().default(true),
});
const adaptBatchNormalization: Adapter = (raw, { inputs }) => {
  const options = batchNormalization.parse(raw);
  const axis = fromStart(options.axis, inputs[0]);
  return withoutActivation(
    () => new BatchNormalization(options),
    tfjsBatchNormalization({ ...options, axis }, inputs[0]),
  );
};

/** A vector laid along one axis of x. */
const along = (weight: Tensor, x: Tensor, axis: number): Tensor =>
  tf.reshape(
    weight,
    x.shape.map((size, i) => (i === axis ? size : 1)),
  );

const normalization = z.object({
  axis: z.array(z.number().int()).default([-1]),
  invert: z.boolean().default(false),
});
/** Keras' smallest divisor. */
const LEAST = 1e-7;
const adaptNormalization: Adapter = (raw, { inputs }) => {
  const { invert, ...config } = normalization.parse(raw);
  const kept = keptAxes(config.axis, inputs[0]);
  if (kept === null) throw new Error(`there is no axis ${config.axis.join()} in ${JSON.stringify(inputs[0])}`);
  const lengths = kept.map((axis) => lengthOf(inputs[0], axis));
  const create = () =>
    new Operation(
      ([x], { mean, variance }) => {
        const laid = x.shape.map((size, axis) => (kept.includes(axis) ? size : 1));
        const [center, spread] = [mean, tf.maximum(tf.sqrt(variance), LEAST)].map((of) => tf.reshape(of, laid));
        return invert ? tf.add(tf.mul(x, spread), center) : tf.div(tf.sub(x, center), spread);
      },
      { mean: lengths, variance: lengths, count: [] },
      ['mean', 'variance', 'count'],
    );
  const asBatch = { axis: kept[0], epsilon: LEAST * LEAST, center: false, scale: false };
  const normalised = tfjsBatchNormalization(asBatch, inputs[0]);
  const weightNames = { moving_mean: 'mean', moving_variance: 'variance' };
  const tfjs: TfjsTranslation =
    kept.length === 1 && !invert
      ? normalised.ok ? { ...normalised, weightNames } : normalised
      : cannot('TensorFlow.js has no Normalization that is inverted or keeps another number of axes apart than one.');
  return {
    ...withoutActivation(create, tfjs),
    initializers: { mean: 'zeros', variance: 'ones', count: 'zeros' },
    measured: kept,
  };
}; // prettier-ignore

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
  const create = () =>
    new Operation(
      ([x], { gamma, beta }) => {
        const normal = standardized(x, [axis], epsilon);
        const scaled = scale ? tf.mul(normal, along(gamma, x, axis)) : normal;
        return center ? tf.add(scaled, along(beta, x, axis)) : scaled;
      },
      { ...(scale ? { gamma: [length] } : {}), ...(center ? { beta: [length] } : {}) },
    );
  return withoutActivation(create, only('LayerNormalization', { axis, epsilon, center, scale }));
};

const groupNormalization = z.object({
  groups: z.number().int().default(32),
  axis: z.number().int().default(-1),
  epsilon: z.number().default(1e-3),
  center: z.boolean().default(true),
  scale: z.boolean().default(true),
});
const adaptGroupNormalization: Adapter = (raw, { inputs }) => {
  const { epsilon, center, scale, ...config } = groupNormalization.parse(raw);
  const axis = fromStart(config.axis, inputs[0]);
  const length = lengthOf(inputs[0], axis);
  const groups = config.groups === -1 ? length : config.groups;
  const create = () =>
    new Operation(
      ([x], { gamma, beta }) => {
        const share = [...x.shape.slice(0, axis), groups, length / groups, ...x.shape.slice(axis + 1)];
        const apart = tf.reshape(x, share);
        const within = apart.shape.map((_, i) => i).filter((i) => i > 0 && i !== axis);
        const whole = tf.reshape(standardized(apart, within, epsilon), x.shape);
        const scaled = scale ? tf.mul(whole, along(gamma, x, axis)) : whole;
        return center ? tf.add(scaled, along(beta, x, axis)) : scaled;
      },
      { ...(scale ? { gamma: [length] } : {}), ...(center ? { beta: [length] } : {}) },
    );
  return withoutActivation(create, cannot('TensorFlow.js has no GroupNormalization.'));
};

const rmsNormalization = z.object({
  axis: z.number().int().default(-1),
  epsilon: z.number().default(1e-6),
});
const adaptRMSNormalization: Adapter = (raw, { inputs }) => {
  const { epsilon, ...config } = rmsNormalization.parse(raw);
  const axis = fromStart(config.axis, inputs[0]);
  const create = () =>
    new Operation(
      ([x], { scale }) => {
        const inverse = tf.rsqrt(tf.add(tf.mean(tf.square(x), axis, true), epsilon));
        return tf.mul(tf.mul(x, inverse), along(scale, x, axis));
      },
      { scale: [lengthOf(inputs[0], axis)] },
    );
  return withoutActivation(create, cannot('TensorFlow.js has no RMSNormalization.'));
};

const localResponse = z.object({
  depth_radius: z.number().int(),
  bias: z.number(),
  alpha: z.number(),
  beta: z.number(),
});
const adaptLocalResponse: Adapter = (raw) => {
  const { depth_radius, bias, alpha, beta } = localResponse.parse(raw);
  return withoutActivation(
    () =>
      new Operation(([x]) => tf.localResponseNormalization(x as Tensor4D, depth_radius, bias, alpha, beta)),
    cannot('TensorFlow.js has no layer for local response normalization.'),
  );
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
  Normalization: adaptNormalization,
  BatchNormalization: adaptBatchNormalization,
  LayerNormalization: adaptLayerNormalization,
  GroupNormalization: adaptGroupNormalization,
  RMSNormalization: adaptRMSNormalization,
  LocalResponseNormalization: adaptLocalResponse,
  UnitNormalization: adaptUnitNormalization,
};
