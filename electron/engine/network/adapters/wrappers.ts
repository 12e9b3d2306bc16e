/** Owns the layers that hold another one: a layer for every step, and a layer whose kernel is kept in bounds. */
import { z } from 'zod';
import type { Json } from '../../../../shared/document/document';
import type { PlanLayer } from '../../../../shared/compiler/plan';
import type { Shape } from '../../../../shared/compiler/shape';
import { tf } from '../../tensorflow';
import { lengthOf, Operation } from '../own-layers/operation';
import { PerStep } from '../own-layers/per-step';
import { SpectralNormalization } from '../own-layers/spectral-normalization';
import { cannot, type AdaptedLayer, type Adapter } from './adapted-layer';

type Adapt = (
  layer: Pick<PlanLayer, 'block' | 'class_name' | 'config'>,
  inputs: readonly Shape[],
) => AdaptedLayer;

const holding = z.object({
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
const timeDistributed =
  (adapt: Adapt): Adapter =>
  (raw, { block, inputs }) => {
    const { layer } = holding.parse(raw);
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

const spectral = holding.extend({ power_iterations: z.number().int().default(1) });

const dense = z.object({ units: z.number().int(), use_bias: z.boolean().default(true) });

/** Dense with its weights at hand; the one of TensorFlow.js keeps them to itself. */
function denseOperation(raw: unknown, input: Shape): Operation {
  const { units, use_bias } = dense.parse(raw);
  const features = lengthOf(input, -1);
  return new Operation(
    ([x], { kernel, bias }) => {
      const product = tf.matMul(tf.reshape(x, [-1, features]), kernel);
      return tf.reshape(use_bias ? tf.add(product, bias) : product, [...x.shape.slice(0, -1), units]);
    },
    { kernel: [features, units], ...(use_bias ? { bias: [units] } : {}) },
  );
}

/** After training the kernel is what the last step left, so that TensorFlow.js needs the inner layer only. */
const spectralNormalization =
  (adapt: Adapt): Adapter =>
  (raw, { block, inputs }) => {
    const { layer, power_iterations } = spectral.parse(raw);
    const { create, initializers, ...inner } = adapt({ block, ...layer }, inputs);
    return {
      ...inner,
      create(seed) {
        const made = layer.class_name === 'Dense' ? denseOperation(layer.config, inputs[0]) : create(seed);
        if (!(made instanceof Operation)) throw new Error(`${layer.class_name} has no kernel to normalise`);
        return new SpectralNormalization(made, power_iterations);
      },
      initializers: {
        ...initializersIn(layer.config),
        ...initializers,
        vector_u: { class_name: 'TruncatedNormal', config: { stddev: 0.02 } },
      },
    };
  };

export const wrapperAdapters = (adapt: Adapt): Record<string, Adapter> => ({
  TimeDistributed: timeDistributed(adapt),
  SpectralNormalization: spectralNormalization(adapt),
});
