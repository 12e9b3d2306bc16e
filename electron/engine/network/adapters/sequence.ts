/** Owns the layers of sequences that keep no state: look-up tables, masks, positions. */
import { z } from 'zod';
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow';
import { initializerConfig } from '../initializers';
import { lengthOf, Operation } from '../own-layers/operation';
import { positionWaves } from '../own-layers/positions';
import { regularizer } from '../regularizers';
import { withoutGradient } from '../without-gradient';
import { cannot, only, withoutActivation, type Adapter } from './adapted-layer';

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
    ...(mask_zero ? { makeMask: (x) => withoutGradient(x, (values) => tf.notEqual(values, 0)) } : {}),
    tfjs: only('Embedding', { input_dim, output_dim, mask_zero }),
  };
};

const masking = z.object({ mask_value: z.number().default(0) });
const adaptMasking: Adapter = (raw) => {
  const { mask_value } = masking.parse(raw);
  // Which steps count is decided by comparing, which has no slope: also what was learned may be masked.
  const maskOf = (x: Tensor, keepAxis: boolean): Tensor =>
    withoutGradient(x, (values) => tf.any(tf.notEqual(values, mask_value), -1, keepAxis));
  return {
    ...withoutActivation(
      () => new Operation(([x]) => tf.mul(x, maskOf(x, true))),
      only('Masking', { mask_value }),
    ),
    makeMask: (x) => maskOf(x, false),
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
