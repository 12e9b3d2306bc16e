/** Owns the layers that read a sequence step by step, and the pair of them that reads it from both ends. */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { streamNumber } from '../../random/stateless-uniform';
import { tf } from '../../tensorflow';
import { activationName, activations } from '../activations';
import { initializerConfig } from '../initializers';
import { lengthOf, Operation } from '../own-layers/operation';
import { gruCell, lstmCell, simpleCell, type Cell } from '../own-layers/recurrent/cells';
import { stateName, unroll, type SequenceOptions } from '../own-layers/recurrent/unroll';
import { regularizer } from '../regularizers';
import {
  cannot,
  innerActivation,
  type AdaptedLayer,
  type Adapter,
  type TfjsTranslation,
} from './adapted-layer';

export const recurrent = z.object({
  units: z.number().int(),
  activation: activationName.default('tanh'),
  recurrent_activation: activationName.default('sigmoid'),
  use_bias: z.boolean().default(true),
  kernel_initializer: initializerConfig.prefault('glorot_uniform'),
  recurrent_initializer: initializerConfig.prefault('orthogonal'),
  bias_initializer: initializerConfig.prefault('zeros'),
  unit_forget_bias: z.boolean().default(true),
  kernel_regularizer: regularizer,
  recurrent_regularizer: regularizer,
  bias_regularizer: regularizer,
  dropout: z.number().default(0),
  recurrent_dropout: z.number().default(0),
  reset_after: z.boolean().default(true),
  return_sequences: z.boolean().default(false),
  go_backwards: z.boolean().default(false),
  stateful: z.boolean().default(false),
});
type Config = z.infer<typeof recurrent>;

export const RECURRENT = ['SimpleRNN', 'LSTM', 'GRU'] as const;
type RecurrentClass = (typeof RECURRENT)[number];

function cellOf(class_name: RecurrentClass, config: Config): Cell {
  const options = {
    units: config.units,
    useBias: config.use_bias,
    activation: activations[config.activation],
    recurrentActivation: activations[config.recurrent_activation],
  };
  switch (class_name) {
    case 'SimpleRNN':
      return simpleCell(options);
    case 'LSTM':
      return lstmCell(options);
    case 'GRU':
      return gruCell({ ...options, resetAfter: config.reset_after });
  }
}

const weightShapes = (
  { units, gates, biasShape }: Cell,
  features: number,
  { use_bias }: Config,
): Record<string, readonly number[]> => ({
  kernel: [features, gates * units],
  recurrent_kernel: [units, gates * units],
  ...(use_bias ? { bias: biasShape } : {}),
});

const sequenceOptions = (config: Config, seed: number, block: string): SequenceOptions => ({
  returnSequences: config.return_sequences,
  goBackwards: config.go_backwards,
  dropout: config.dropout,
  recurrentDropout: config.recurrent_dropout,
  keys: {
    inputs: streamNumber(seed, block, 'dropout'),
    states: streamNumber(seed, block, 'recurrent dropout'),
  },
  zeroOutputForMask: false,
  stateful: config.stateful,
});

/** What is said of a cell's weights, under their names. */
export const ofWeights = (
  class_name: RecurrentClass,
  config: Config,
): Pick<AdaptedLayer, 'penalties' | 'initializers' | 'start'> => ({
  penalties: {
    kernel: config.kernel_regularizer,
    recurrent_kernel: config.recurrent_regularizer,
    bias: config.bias_regularizer,
  },
  initializers: {
    kernel: config.kernel_initializer,
    recurrent_kernel: config.recurrent_initializer,
    bias: config.bias_initializer,
  },
  ...(class_name === 'LSTM' && config.unit_forget_bias
    ? { start: { bias: (values: Float32Array) => void values.fill(1, config.units, 2 * config.units) } }
    : {}),
});

/** What a stateful layer keeps; `shape` is that of a state without the batch. */
export const keptStates = (
  { stateful }: Pick<Config, 'stateful'>,
  count: number,
  shape: readonly number[],
  batch: number | null,
): Pick<AdaptedLayer, 'states'> =>
  stateful
    ? {
        states: Object.fromEntries(
          Array.from({ length: count }, (_, i) => [stateName(i), [batch ?? 1, ...shape]]),
        ),
      }
    : {};

/** TensorFlow.js' layer of the same name, as its `config`. */
function forTfjs(class_name: RecurrentClass, config: Config): TfjsTranslation {
  if (class_name === 'GRU' && config.reset_after)
    return cannot(
      'TensorFlow.js has the GRU only in its older form. Train it with reset_after off, or use an LSTM.',
    );
  const names =
    class_name === 'SimpleRNN' ? [config.activation] : [config.activation, config.recurrent_activation];
  const written = names.map(innerActivation);
  const unknown = written.indexOf(null);
  if (unknown >= 0)
    return cannot(`TensorFlow.js has no activation that computes ${names[unknown]} as Keras does.`);
  const [activation, recurrent_activation] = written;
  return {
    ok: true,
    layers: [
      {
        class_name,
        config: {
          units: config.units,
          activation,
          ...(class_name === 'SimpleRNN' ? {} : { recurrent_activation }),
          use_bias: config.use_bias,
          return_sequences: config.return_sequences,
          go_backwards: config.go_backwards,
        },
      },
    ],
  };
}

const adaptRecurrent =
  (class_name: RecurrentClass): Adapter =>
  (raw, { block, inputs, batch }) => {
    const config = recurrent.parse(raw);
    const cell = cellOf(class_name, config);
    return {
      create: (seed) =>
        new Operation(
          ([x], weights, call) =>
            unroll(cell, x, weights, {
              ...sequenceOptions(config, seed, block),
              mask: call.masks[0],
              call,
            }),
          weightShapes(cell, lengthOf(inputs[0], -1), config),
        ),
      activation: null,
      ...ofWeights(class_name, config),
      ...keptStates(config, cell.states, [cell.units], batch),
      tfjs: forTfjs(class_name, config),
    };
  };

const merges = {
  concat: (a: Tensor, b: Tensor) => tf.concat([a, b], -1),
  sum: (a: Tensor, b: Tensor) => tf.add(a, b),
  ave: (a: Tensor, b: Tensor) => tf.mul(tf.add(a, b), 0.5),
  mul: (a: Tensor, b: Tensor) => tf.mul(a, b),
};
const bidirectional = z.object({
  layer: z.object({ class_name: z.enum(RECURRENT), config: recurrent }),
  merge_mode: z.enum(['concat', 'sum', 'ave', 'mul']).default('concat'),
});

const DIRECTIONS = ['forward', 'backward'] as const;
const withDirections = <T>(record: Readonly<Record<string, T>>): Record<string, T> =>
  Object.fromEntries(
    DIRECTIONS.flatMap((direction) =>
      Object.entries(record).map(([name, value]) => [`${direction}_${name}`, value] as const),
    ),
  );

const adaptBidirectional: Adapter = (raw, { block, inputs }) => {
  const {
    layer: { class_name, config },
    merge_mode,
  } = bidirectional.parse(raw);
  const cell = cellOf(class_name, config);
  const { penalties, initializers = {}, start = {} } = ofWeights(class_name, config);
  const own = weightShapes(cell, lengthOf(inputs[0], -1), config);
  const names = Object.keys(own);
  const tfjs = forTfjs(class_name, config);
  return {
    create: (seed) =>
      new Operation(([x], weights, call) => {
        const [there, back] = DIRECTIONS.map((direction, i) =>
          unroll(cell, x, Object.fromEntries(names.map((name) => [name, weights[`${direction}_${name}`]])), {
            ...sequenceOptions(config, seed, `${block} ${direction}`),
            goBackwards: i === 1,
            zeroOutputForMask: config.return_sequences,
            mask: call.masks[0],
            call,
          }),
        );
        return merges[merge_mode](there, config.return_sequences ? tf.reverse(back, 1) : back);
      }, withDirections(own)),
    activation: null,
    penalties: withDirections(penalties),
    initializers: withDirections(initializers),
    start: withDirections(start),
    tfjs: tfjs.ok
      ? {
          ok: true,
          layers: [{ class_name: 'Bidirectional', config: { layer: { ...tfjs.layers[0] }, merge_mode } }],
          weightOrder: Object.keys(withDirections(own)),
        }
      : tfjs,
  };
};

export const recurrentAdapters: Record<string, Adapter> = {
  ...Object.fromEntries(RECURRENT.map((class_name) => [class_name, adaptRecurrent(class_name)])),
  Bidirectional: adaptBidirectional,
};
