/**
 * Owns the translation of Keras 3 layer configs, for two readers: the engine gets a layer that computes what Keras
 * computes, the TensorFlow.js exporter gets standard layer configs or the sentence why TensorFlow.js cannot hold it.
 * No other file knows where TensorFlow.js and Keras differ.
 */
import { z } from 'zod';
import type { Shape } from '../../../shared/compiler/shape';
import type { PlanLayer } from '../../../shared/compiler/plan';
import { tf } from '../tensorflow';
import * as activation from './activations';
import { activationName, activations } from './activations';
import {
  cannot,
  fromStart,
  justActivation,
  only,
  weighted,
  withActivation,
  withoutActivation,
  type AdaptedLayer,
  type Adapter,
  type Place,
  type TfjsTranslation,
} from './adapters/adapted-layer';
import { augmentationAdapters } from './adapters/augmentation';
import { convLstmAdapters } from './adapters/conv-lstm';
import { convolutionAdapters } from './adapters/convolution';
import { mergeAdapters } from './adapters/merge';
import { noiseAdapters } from './adapters/noise';
import { normalizationAdapters } from './adapters/normalization';
import { attentionAdapters } from './adapters/attention';
import { groupQueryAttentionAdapters } from './adapters/group-query-attention';
import { ownActivationAdapters } from './adapters/own-activations';
import { penaltyAdapters } from './adapters/penalty';
import { adaptPReLU } from './adapters/prelu';
import { poolingAdapters } from './adapters/pooling';
import { recurrentAdapters } from './adapters/recurrent';
import { sequenceAdapters } from './adapters/sequence';
import { specialAdapters } from './adapters/special';
import { tensorAdapters } from './adapters/tensor';
import { shapingAdapters } from './adapters/shaping';
import { wrapperAdapters } from './adapters/wrappers';

const dense = z.object({ units: z.number().int(), ...weighted });
function adaptDense(raw: unknown): AdaptedLayer {
  const config = dense.parse(raw);
  const { units, use_bias } = config;
  return {
    create: () => tf.layers.dense({ units, useBias: use_bias, kernelInitializer: 'zeros' }),
    activation: activations[config.activation],
    penalties: { kernel: config.kernel_regularizer, bias: config.bias_regularizer },
    tfjs: withActivation({ class_name: 'Dense', config: { units, use_bias } }, config.activation),
  };
}

/** TensorFlow.js' Flatten wants at least one axis beside batch and values; a row that is flat already passes as it is. */
function adaptFlatten(_raw: unknown, { inputs }: Place): AdaptedLayer {
  const flatAlready = inputs[0].length <= 2;
  const size = inputs[0].slice(1).reduce<number>((product, axis) => product * (axis ?? -1), 1);
  return withoutActivation(
    () => (flatAlready ? tf.layers.reshape({ targetShape: [size] }) : tf.layers.flatten({})),
    flatAlready
      ? only('Reshape', { target_shape: [size] })
      : only('Flatten', { data_format: 'channels_last' }),
  );
}

const reshape = z.object({ target_shape: z.array(z.number().int().nullable()) });
function adaptReshape(raw: unknown): AdaptedLayer {
  const targetShape = reshape.parse(raw).target_shape.map((size) => size ?? -1);
  return withoutActivation(
    () => tf.layers.reshape({ targetShape }),
    only('Reshape', { target_shape: targetShape }),
  );
}

const reluConfig = z.object({
  max_value: z.number().nullish(),
  negative_slope: z.number().default(0),
  threshold: z.number().default(0),
});
function reluForTfjs(maxValue: number | null, slope: number, threshold: number): TfjsTranslation {
  if (slope === 0 && threshold === 0) return only('ReLU', maxValue === null ? {} : { max_value: maxValue });
  if (maxValue === null && threshold === 0) return only('LeakyReLU', { alpha: slope });
  if (maxValue === null && slope === 0) return only('ThresholdedReLU', { theta: threshold });
  return cannot('TensorFlow.js has no ReLU that combines a maximum, a slope below zero and a threshold.');
}
function adaptReLU(raw: unknown): AdaptedLayer {
  const config = reluConfig.parse(raw);
  const maxValue = config.max_value ?? null;
  return justActivation(
    activation.relu(maxValue, config.negative_slope, config.threshold),
    reluForTfjs(maxValue, config.negative_slope, config.threshold),
  );
}

const leakyRelu = z.object({ negative_slope: z.number().default(0.3) });
function adaptLeakyReLU(raw: unknown): AdaptedLayer {
  const { negative_slope } = leakyRelu.parse(raw);
  return justActivation(activation.leakyRelu(negative_slope), only('LeakyReLU', { alpha: negative_slope }));
}

const elu = z.object({ alpha: z.number().default(1) });
function adaptELU(raw: unknown): AdaptedLayer {
  const { alpha } = elu.parse(raw);
  return justActivation(
    activation.elu(alpha),
    alpha === 1
      ? only('ELU', { alpha })
      : cannot(`TensorFlow.js has ELU only with alpha 1, and this one has ${alpha}.`),
  );
}

const softmax = z.object({ axis: z.number().int().default(-1) });
function adaptSoftmax(raw: unknown, { inputs }: Place): AdaptedLayer {
  const { axis } = softmax.parse(raw);
  const last = fromStart(axis, inputs[0]) === inputs[0].length - 1;
  return justActivation(
    activation.softmax(last ? -1 : axis),
    last
      ? only('Softmax', { axis: -1 })
      : cannot(`TensorFlow.js has Softmax only along the last axis, and this one goes along axis ${axis}.`),
  );
}

const activationLayer = z.object({ activation: activationName });
function adaptActivation(raw: unknown): AdaptedLayer {
  const name = activationLayer.parse(raw).activation;
  const tfjs =
    name === 'leaky_relu'
      ? only('LeakyReLU', { alpha: activation.LEAKY_RELU_FUNCTION_SLOPE })
      : withActivation({ class_name: 'Activation', config: {} }, name);
  return justActivation(activations[name], tfjs);
}

const concatenate = z.object({ axis: z.number().int().default(-1) });
function adaptConcatenate(raw: unknown, { inputs }: Place): AdaptedLayer {
  const axis = fromStart(concatenate.parse(raw).axis, inputs[0]);
  return withoutActivation(() => tf.layers.concatenate({ axis }), only('Concatenate', { axis }));
}

const adaptAdd = (): AdaptedLayer => withoutActivation(() => tf.layers.add(), only('Add', {}));

const adapters: Record<string, Adapter> = {
  Dense: adaptDense,
  Flatten: adaptFlatten,
  Reshape: adaptReshape,
  ReLU: adaptReLU,
  LeakyReLU: adaptLeakyReLU,
  ELU: adaptELU,
  Softmax: adaptSoftmax,
  Activation: adaptActivation,
  Add: adaptAdd,
  Concatenate: adaptConcatenate,
  ...augmentationAdapters,
  ...convolutionAdapters,
  ...poolingAdapters,
  ...shapingAdapters,
  ...tensorAdapters,
  ...specialAdapters,
  ...mergeAdapters,
  ...normalizationAdapters,
  ...noiseAdapters,
  ...penaltyAdapters,
  PReLU: adaptPReLU,
  ...ownActivationAdapters,
  ...recurrentAdapters,
  ...convLstmAdapters,
  ...sequenceAdapters,
  ...attentionAdapters,
  ...groupQueryAttentionAdapters,
  ...wrapperAdapters(adaptLayer),
};

export type { AdaptedLayer } from './adapters/adapted-layer';

/** The class names that a plan may hold. */
export const adaptedClasses: readonly string[] = Object.keys(adapters);

/**
 * `inputs`: the shapes of what the layer reads, batch first, in the order of `inbound`. `batch`: samples in a batch of
 * training, for layers that keep a state from one to the next.
 */
export function adaptLayer(
  layer: Pick<PlanLayer, 'block' | 'class_name' | 'config' | 'call'>,
  inputs: readonly Shape[],
  batch: number | null = null,
): AdaptedLayer {
  const adapt = adapters[layer.class_name];
  if (adapt === undefined)
    throw new Error(`the engine has no layer ${layer.class_name} (block ${layer.block})`);
  return adapt(layer.config, { block: layer.block, inputs, call: layer.call ?? {}, batch });
}
