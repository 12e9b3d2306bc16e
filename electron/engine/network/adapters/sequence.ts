/** Owns the layers of sequences that keep no state: look-up tables, masks, positions, one layer for every step. */
import { z } from 'zod';
import type { Json } from '../../../../shared/document/document';
import type { PlanLayer } from '../../../../shared/compiler/plan';
import type { Shape } from '../../../../shared/compiler/shape';
import { tf } from '../../tensorflow';
import { initializerConfig } from '../initializers';
import { lengthOf, Operation } from '../own-layers/operation';
import { PerStep } from '../own-layers/per-step';
import { positionWaves } from '../own-layers/positions';
import { regularizer } from '../regularizers';
import { cannot, only, withoutActivation, type AdaptedLayer, type Adapter } from './adapted-layer';

const embedding = z.object({
  input_dim: z.number().int(),
  output_dim: z.number().int(),
  mask_zero: z.boolean().default(false),
  embeddings_initializer: initializerConfig.prefault('random_uniform'),
  embeddings_regularizer: regularizer,
});
const adaptEmbedding: Adapter = (raw) => {
  const { input_dim, output_dim, mask_zero, ...config } = embedding.parse(raw);
  return {
    create: () =>
      new Operation(([x], { embeddings }) => tf.gather(embeddings, tf.cast(x, 'int32')), {
        embeddings: [input_dim, output_dim],
      }),
    activation: null,
    penalties: { embeddings: config.embeddings_regularizer },
    ...(mask_zero ? { makeMask: (x) => tf.cast(tf.notEqual(x, 0), 'float32') } : {}),
    tfjs: only('Embedding', { input_dim, output_dim, mask_zero }),
  };
};

const masking = z.object({ mask_value: z.number().default(0) });
const adaptMasking: Adapter = (raw) => {
  const { mask_value } = masking.parse(raw);
  return {
    ...withoutActivation(
      () =>
        new Operation(([x]) => tf.mul(x, tf.cast(tf.any(tf.notEqual(x, mask_value), -1, true), 'float32'))),
      only('Masking', { mask_value }),
    ),
    makeMask: (x) => tf.cast(tf.any(tf.notEqual(x, mask_value), -1), 'float32'),
  };
};

const positionEmbedding = z.object({
  kind: z.enum(['learned', 'sinusoidal']),
  max_wavelength: z.number().default(10_000),
  initializer: initializerConfig.prefault('glorot_uniform'),
});
const adaptPositionEmbedding: Adapter = (raw, { inputs }) => {
  const { kind, max_wavelength, initializer } = positionEmbedding.parse(raw);
  const [steps, features] = [lengthOf(inputs[0], 1), lengthOf(inputs[0], 2)];
  return {
    ...withoutActivation(
      () =>
        kind === 'learned'
          ? new Operation(([x], { embeddings }) => tf.add(x, embeddings), { embeddings: [steps, features] })
          : new Operation(([x]) => tf.add(x, positionWaves(steps, features, max_wavelength))),
      cannot('TensorFlow.js has no layer that adds positions.'),
    ),
    initializers: { embeddings: initializer },
  };
};

export const sequenceAdapters: Record<string, Adapter> = {
  Embedding: adaptEmbedding,
  Masking: adaptMasking,
  PositionEmbedding: adaptPositionEmbedding,
};

const timeDistributedConfig = z.object({
  layer: z.object({ class_name: z.string(), config: z.record(z.string(), z.custom<Json>()) }),
});

/** Initialisers as Keras' config names them, by weight. */
const initializersIn = (config: Readonly<Record<string, Json>>): Record<string, Json> =>
  Object.fromEntries(
    Object.entries(config).flatMap(([name, value]) =>
      name.endsWith('_initializer') && value !== null
        ? [[name.slice(0, -'_initializer'.length), value] as const]
        : [],
    ),
  );

/** `adapt`: of the layer that each step goes through. */
export const timeDistributed =
  (
    adapt: (
      layer: Pick<PlanLayer, 'block' | 'class_name' | 'config'>,
      inputs: readonly Shape[],
    ) => AdaptedLayer,
  ): Adapter =>
  (raw, { block, inputs }) => {
    const { layer } = timeDistributedConfig.parse(raw);
    const [batch, , ...rest] = inputs[0];
    const { create, activation, tfjs, initializers, ...inner } = adapt({ block, ...layer }, [
      [batch, ...rest],
    ]);
    return {
      ...inner,
      create: (seed) => new PerStep(create(seed), activation),
      activation: null,
      initializers: { ...initializersIn(layer.config), ...initializers },
      tfjs: !tfjs.ok
        ? tfjs
        : tfjs.layers.length === 1
          ? { ...tfjs, layers: [{ class_name: 'TimeDistributed', config: { layer: { ...tfjs.layers[0] } } }] }
          : cannot(`TensorFlow.js needs more than one layer for ${layer.class_name} with these settings.`),
    };
  };
