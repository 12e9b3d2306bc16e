/** Owns what the translation of a Keras 3 layer gives its two readers, the engine and the TensorFlow.js exporter. */
import type * as TensorFlow from '@tensorflow/tfjs';
import type { Tensor, Variable } from '@tensorflow/tfjs';
import { z } from 'zod';
import type { Json } from '../../../../shared/document/document';
import type { Shape } from '../../../../shared/compiler/shape';
import {
  LEAKY_RELU_FUNCTION_SLOPE,
  activationName,
  type Activation,
  type ActivationName,
} from '../activations';
import { regularizer, type Penalties } from '../regularizers';

export type Layer = TensorFlow.layers.Layer;

/** `class_name` and `config` as a TensorFlow.js `model.json` writes them, without `name`. */
export interface TfjsLayer {
  class_name: string;
  config: Record<string, Json>;
}
/** Layers one after another; the first holds the weights. */
export type TfjsTranslation =
  | {
      ok: true;
      layers: TfjsLayer[];
      /** Keras' names of weights by TensorFlow.js', where they differ. */
      weightNames?: Readonly<Record<string, string>>;
      /** Keras' names of weights in TensorFlow.js' order, where its own names repeat. */
      weightOrder?: readonly string[];
    }
  | { ok: false; reason: string };

export interface AdaptedLayer {
  /** A new layer without its activation, not yet built; null where the block is nothing but an activation. `borrow` gives a weight of the layer that it shares with. */
  create: (seed: number, borrow?: (weight: string) => Variable) => Layer | null;
  /** null is the identity. */
  activation: Activation | null;
  /** By weight name. */
  penalties: Penalties;
  /** By weight name, where Keras' config does not name it `<weight>_initializer`. */
  initializers?: Readonly<Record<string, unknown>>;
  /** By weight name: changes drawn values before the first step. */
  start?: Readonly<Record<string, (values: Float32Array) => void>>;
  /** For layers whose `mean` and `variance` are measured before the first step: the axes of their input that are kept apart. */
  measured?: readonly number[];
  /** Shapes of what a stateful layer keeps from batch to batch, by name; [batch, ...]. */
  states?: Readonly<Record<string, readonly number[]>>;
  /** For layers that say which steps of their input count: [batch, steps], 1 or 0. */
  makeMask?: (input: Tensor) => Tensor;
  tfjs: TfjsTranslation;
}

/** What an adapter is told: the block id names random streams, the shapes decide axes. */
export interface Place {
  block: string;
  inputs: readonly Shape[];
  /** Arguments of the call that Keras keeps beside the config: `use_causal_mask`. */
  call: Readonly<Record<string, Json>>;
  /** Samples in a batch of training; null where nothing is trained. */
  batch: number | null;
}
export type Adapter = (config: unknown, place: Place) => AdaptedLayer;

/** A whole number for each of some axes; a single one counts for all. */
export const perAxis = (axes: number) =>
  z.union([
    z
      .number()
      .int()
      .transform((size): number[] => Array<number>(axes).fill(size)),
    z.array(z.number().int()).length(axes),
  ]);
export const padding = z.enum(['valid', 'same']).default('valid');

export const weighted = {
  activation: activationName.nullish().transform((name) => name ?? 'linear'),
  use_bias: z.boolean().default(true),
  kernel_regularizer: regularizer,
  bias_regularizer: regularizer,
};

/** TensorFlow.js' names of those that it computes as Keras does. */
const TFJS_NAMES: Partial<Record<ActivationName, string>> = {
  linear: 'linear',
  relu: 'relu',
  elu: 'elu',
  celu: 'elu',
  sigmoid: 'sigmoid',
  tanh: 'tanh',
  softmax: 'softmax',
  silu: 'swish',
  gelu: 'gelu',
  mish: 'mish',
  selu: 'selu',
  relu6: 'relu6',
  softplus: 'softplus',
  softsign: 'softsign',
  log_softmax: 'logSoftmax',
};

/** How TensorFlow.js calls an activation inside a layer; null where it has none that computes the same. */
export const innerActivation = (name: ActivationName): string | null => TFJS_NAMES[name] ?? null;

/** `activation` parameters. TensorFlow.js has leaky_relu only as a layer of its own. */
export function withActivation(layer: TfjsLayer, name: ActivationName): TfjsTranslation {
  if (name === 'leaky_relu') {
    const slope = { class_name: 'LeakyReLU', config: { alpha: LEAKY_RELU_FUNCTION_SLOPE } };
    return { ok: true, layers: [{ ...layer, config: { ...layer.config, activation: 'linear' } }, slope] };
  }
  const activation = innerActivation(name);
  if (activation === null)
    return { ok: false, reason: `TensorFlow.js has no activation that computes ${name} as Keras does.` };
  return { ok: true, layers: [{ ...layer, config: { ...layer.config, activation } }] };
}

export const only = (class_name: string, config: Record<string, Json>): TfjsTranslation => ({
  ok: true,
  layers: [{ class_name, config }],
});
export const cannot = (reason: string): TfjsTranslation => ({ ok: false, reason });

export const justActivation = (chosen: Activation | null, tfjs: TfjsTranslation): AdaptedLayer => ({
  create: () => null,
  activation: chosen,
  penalties: {},
  tfjs,
});
export const withoutActivation = (create: AdaptedLayer['create'], tfjs: TfjsTranslation): AdaptedLayer => ({
  create,
  activation: null,
  penalties: {},
  tfjs,
});

/** Negative axes count from the end. TensorFlow.js' Concatenate takes every negative axis for the last one. */
export const fromStart = (axis: number, shape: Shape): number => (axis < 0 ? axis + shape.length : axis);
