/** Nets, losses and optimizers that a recorded step is compared on with the eager one. */
import type { Json } from '../../../shared/document/document';
import type { Plan, PlanLoss, PlanTrainer } from '../../../shared/compiler/plan';
import { RandomStream } from '../../../shared/random/random';
import { buildNetwork } from '../../../electron/engine/network/network';
import { sampleWeights } from '../../../electron/engine/step/class-weights';
import type { StepOptions } from '../../../electron/engine/step/eager';
import type { Samples } from '../../../electron/engine/step/samples';
import { learningRateConfig } from '../../../shared/schedules/schedules';
import { dense, planOf, samplesOf, type PlanSketch } from '../plans';

export const optimizer = (
  class_name: string,
  config: Record<string, Json> = {},
): PlanTrainer['optimizer'] => ({ block: 'optimizer', class_name, config });

export const OPTIMIZERS: Record<string, PlanTrainer['optimizer']> = {
  SGD: optimizer('SGD', { learning_rate: 0.05 }),
  'SGD, momentum': optimizer('SGD', { learning_rate: 0.02, momentum: 0.9 }),
  'SGD, Nesterov': optimizer('SGD', { learning_rate: 0.02, momentum: 0.9, nesterov: true }),
  RMSprop: optimizer('RMSprop', { learning_rate: 0.001 }),
  'RMSprop, centred, momentum': optimizer('RMSprop', { learning_rate: 0.001, momentum: 0.5, centered: true }),
  Adam: optimizer('Adam', { learning_rate: 0.002 }),
  'Adam, AMSGrad': optimizer('Adam', { learning_rate: 0.002, amsgrad: true }),
  'SGD, clipped, cosine': optimizer('SGD', {
    learning_rate: learningRateConfig(0.05, { class_name: 'CosineDecay', config: { decay_steps: 15 } }),
    global_clipnorm: 0.5,
    weight_decay: 0.1,
  }),
  Rprop: optimizer('Rprop', { learning_rate: 0.001 }),
  'Adam, average, noise': optimizer('Adam', {
    learning_rate: 0.002,
    clipnorm: 1,
    use_ema: true,
    ema_momentum: 0.5,
    ema_overwrite_frequency: 7,
    gradient_noise: 0.01,
  }),
  Muon: optimizer('Muon', { learning_rate: 0.002, adam_lr_ratio: 0.5 }),
  Adafactor: optimizer('Adafactor', { learning_rate: 0.01 }),
  'Schedule-free AdamW': optimizer('ScheduleFreeAdamW', { learning_rate: 0.002, warmup_steps: 5 }),
  'Update rule': optimizer('UpdateRule', {
    learning_rate: 0.01,
    rule: 'm = 0.9*m + 0.1*g; w = w - rate * m / sqrt(1e-3 + mean(g^2)) / (1 - 0.9^t)',
  }),
};

interface LossCase {
  loss: Partial<PlanLoss>;
  activation: string;
  width: number;
  labels: 'index' | 'one-hot' | 'binary' | 'values';
}
const classification = { task: 'classification', predictionMeans: 'probabilities' } as const;
export const LOSSES: Record<string, LossCase> = {
  'sparse categorical': {
    loss: { ...classification, class_name: 'SparseCategoricalCrossentropy', labels: 'index' },
    activation: 'softmax',
    width: 4,
    labels: 'index',
  },
  'categorical, smoothed': {
    loss: {
      ...classification,
      class_name: 'CategoricalCrossentropy',
      config: { label_smoothing: 0.1 },
      labels: 'one-hot',
    },
    activation: 'softmax',
    width: 4,
    labels: 'one-hot',
  },
  binary: {
    loss: {
      task: 'binary',
      predictionMeans: 'probabilities',
      class_name: 'BinaryCrossentropy',
      labels: 'binary',
    },
    activation: 'sigmoid',
    width: 1,
    labels: 'binary',
  },
  'squared error': {
    loss: { task: 'regression', predictionMeans: 'values', class_name: 'MeanSquaredError', labels: 'values' },
    activation: 'linear',
    width: 2,
    labels: 'values',
  },
  'absolute error': {
    loss: {
      task: 'regression',
      predictionMeans: 'values',
      class_name: 'MeanAbsoluteError',
      labels: 'values',
    },
    activation: 'linear',
    width: 2,
    labels: 'values',
  },
};

const more = (
  class_name: string,
  described: Omit<LossCase, 'loss'>,
  loss: Pick<PlanLoss, 'task' | 'predictionMeans'> & Partial<PlanLoss>,
): LossCase => ({ ...described, loss: { class_name, labels: described.labels, ...loss } });
const scores = { activation: 'linear', width: 4, labels: 'one-hot' } as const;
const yesNo = { activation: 'sigmoid', width: 1, labels: 'binary' } as const;
const numbers = { activation: 'linear', width: 2, labels: 'values' } as const;
const binaryTask = { task: 'binary', predictionMeans: 'probabilities' } as const;
Object.assign(LOSSES, {
  huber: more('Huber', numbers, { task: 'regression', predictionMeans: 'values', config: { delta: 0.5 } }),
  'focal, balanced': more('BinaryFocalCrossentropy', yesNo, {
    ...binaryTask,
    config: { apply_class_balancing: true },
  }),
  hinge: more('Hinge', { ...yesNo, activation: 'linear' }, { task: 'binary', predictionMeans: 'scores' }),
  'categorical hinge': more('CategoricalHinge', scores, {
    task: 'classification',
    predictionMeans: 'scores',
  }),
  dice: more('Dice', yesNo, binaryTask),
});

export type LayerSketch = PlanSketch['layers'][number];
const layer = (
  block: string,
  class_name: string,
  config: Record<string, Json>,
  output_shape: (number | null)[],
  inbound?: string[],
): LayerSketch => ({
  block,
  class_name,
  config,
  output_shape,
  ...(inbound === undefined ? {} : { inbound }),
});
const conv = (block: string, filters: number, config: Record<string, Json>, size: number): LayerSketch =>
  layer(block, 'Conv2D', { filters, kernel_size: 3, ...config }, [null, size, size, filters]);

/** Each layer of the catalogue, in nets that start from 8×8 maps with two channels. */
export const NETS: Record<string, (end: LayerSketch) => LayerSketch[]> = {
  'Dense, all activations, L1 and L2': (end) => [
    layer('flat', 'Flatten', {}, [null, 128]),
    dense('relu', 12, 'relu', {
      kernel_regularizer: { class_name: 'L1L2', config: { l1: 0.001, l2: 0.002 } },
    }),
    dense('leaky', 10, 'leaky_relu', {
      kernel_constraint: { class_name: 'MaxNorm', config: { max_value: 1, axis: [0] } },
    }),
    dense('elu', 10, 'elu'),
    dense('sigmoid', 10, 'sigmoid'),
    dense('tanh', 10, 'tanh'),
    dense('silu', 10, 'silu'),
    dense('sparsemax', 10, 'sparsemax'),
    ...['hard_shrink', 'soft_shrink', 'squareplus', 'sparse_plus', 'tanh_shrink'].map((name) =>
      layer(name, 'Activation', { activation: name }, [null, 10]),
    ),
    layer('swish', 'LearnedSwish', { beta_initializer: 'ones' }, [null, 10]),
    layer('ReLU', 'ReLU', { max_value: 6, negative_slope: 0.1, threshold: 0.05 }, [null, 10]),
    layer('LeakyReLU', 'LeakyReLU', {}, [null, 10]),
    layer('ELU', 'ELU', { alpha: 0.7 }, [null, 10]),
    layer('Activation', 'Activation', { activation: 'tanh' }, [null, 10]),
    end,
  ],
  'Conv2D, pooling, Dropout': (end) => [
    conv('conv', 4, { activation: 'relu', padding: 'same' }, 8),
    layer('max', 'MaxPooling2D', {}, [null, 4, 4, 4]),
    conv('strided', 6, { activation: 'relu', padding: 'same', strides: 2 }, 2),
    layer('flat', 'Flatten', {}, [null, 24]),
    layer('drop', 'Dropout', { rate: 0.3 }, [null, 24]),
    end,
  ],
  'Conv2D without bias, BatchNormalization': (end) => [
    conv('conv', 4, { use_bias: false }, 6),
    layer('norm', 'BatchNormalization', {}, [null, 6, 6, 4]),
    layer('relu', 'ReLU', {}, [null, 6, 6, 4]),
    layer('average', 'AveragePooling2D', {}, [null, 3, 3, 4]),
    layer('flat', 'Flatten', {}, [null, 36]),
    layer('drop', 'Dropout', { rate: 0.2 }, [null, 36]),
    end,
  ],
  'dilated Conv2D, Add, Concatenate, Reshape, Softmax, Multiply, GlobalAveragePooling2D': (end) => [
    conv('dilated', 4, { dilation_rate: 2, padding: 'same' }, 8),
    conv('plain', 4, { padding: 'same', activation: 'silu' }, 8),
    layer('add', 'Add', {}, [null, 8, 8, 4], ['dilated', 'plain']),
    layer('concat', 'Concatenate', {}, [null, 8, 8, 6], ['add', 'input']),
    layer('reshape', 'Reshape', { target_shape: [4, 16, 6] }, [null, 4, 16, 6]),
    layer('softmax', 'Softmax', { axis: 1 }, [null, 4, 16, 6]),
    // The mean of shares alone is the same whatever they are: nothing before it would learn.
    layer('weighted', 'Multiply', {}, [null, 4, 16, 6], ['softmax', 'reshape']),
    layer('global', 'GlobalAveragePooling2D', {}, [null, 6]),
    end,
  ],
  'LSTM, GRU, SimpleRNN with dropout, Bidirectional, TimeDistributed': (end) => [
    layer('rows', 'Reshape', { target_shape: [4, 32] }, [null, 4, 32]),
    layer('lstm', 'LSTM', { units: 6, return_sequences: true, dropout: 0.2, recurrent_dropout: 0.3 }, [
      null,
      4,
      6,
    ]),
    layer('gru', 'GRU', { units: 5, return_sequences: true, recurrent_dropout: 0.1 }, [null, 4, 5]),
    layer('before', 'GRU', { units: 5, return_sequences: true, reset_after: false }, [null, 4, 5]),
    layer(
      'both',
      'Bidirectional',
      { layer: { class_name: 'SimpleRNN', config: { units: 4, return_sequences: true, dropout: 0.1 } } },
      [null, 4, 8],
    ),
    layer(
      'each',
      'TimeDistributed',
      { layer: { class_name: 'Dense', config: { units: 3, activation: 'relu' } } },
      [null, 4, 3],
    ),
    layer('last', 'LSTM', { units: 7, go_backwards: true }, [null, 7]),
    end,
  ],
  'Embedding and Masking, masks through LSTM, Bidirectional and the average': (end) => [
    layer('pool', 'MaxPooling2D', { pool_size: 4 }, [null, 2, 2, 2]),
    layer('flat', 'Reshape', { target_shape: [8] }, [null, 8]),
    layer('cut', 'ReLU', { max_value: 6 }, [null, 8]),
    layer('words', 'Embedding', { input_dim: 7, output_dim: 3, mask_zero: true }, [null, 8, 3]),
    layer('gru', 'GRU', { units: 4, return_sequences: true }, [null, 8, 4], ['words']),
    layer('average', 'GlobalAveragePooling1D', {}, [null, 4], ['gru']),
    layer('rows', 'Reshape', { target_shape: [4, 2] }, [null, 4, 2], ['cut']),
    layer('masking', 'Masking', {}, [null, 4, 2], ['rows']),
    layer(
      'both',
      'Bidirectional',
      { layer: { class_name: 'LSTM', config: { units: 4 } }, merge_mode: 'sum' },
      [null, 4],
      ['masking'],
    ),
    layer('add', 'Add', {}, [null, 4], ['average', 'both']),
    end,
  ],
  'MultiHeadAttention, Attention, AdditiveAttention, PositionEmbedding': (end) => [
    layer('rows', 'Reshape', { target_shape: [16, 8] }, [null, 16, 8]),
    layer(
      'learned',
      'PositionEmbedding',
      { kind: 'learned', initializer: 'glorot_uniform', max_wavelength: 1 },
      [null, 16, 8],
    ),
    layer(
      'heads',
      'MultiHeadAttention',
      { num_heads: 2, key_dim: 3, value_dim: 4, dropout: 0.2 },
      [null, 16, 8],
      ['learned', 'learned', 'learned'],
    ),
    layer('norm', 'LayerNormalization', {}, [null, 16, 8]),
    layer(
      'waves',
      'PositionEmbedding',
      { kind: 'sinusoidal', initializer: 'glorot_uniform', max_wavelength: 50 },
      [null, 16, 8],
    ),
    {
      ...layer(
        'attention',
        'Attention',
        { use_scale: true, score_mode: 'concat', dropout: 0.1 },
        [null, 16, 8],
        ['waves', 'norm', 'norm'],
      ),
      call: { use_causal_mask: true },
    },
    layer(
      'additive',
      'AdditiveAttention',
      { use_scale: true, dropout: 0 },
      [null, 16, 8],
      ['attention', 'norm', 'norm'],
    ),
    layer('average', 'GlobalAveragePooling1D', {}, [null, 8]),
    end,
  ],
  'grouped, transposed and separable convolution, LRN, unpooling': (end) => [
    conv('grouped', 4, { groups: 2, padding: 'same', activation: 'relu' }, 8),
    layer('lrn', 'LocalResponseNormalization', { depth_radius: 1, bias: 2, alpha: 0.1, beta: 0.75 }, [
      null,
      8,
      8,
      4,
    ]),
    layer('pool', 'MaxPooling2D', {}, [null, 4, 4, 4]),
    layer('separable', 'SeparableConv2D', { filters: 4, kernel_size: 3, padding: 'same' }, [null, 4, 4, 4]),
    layer('unpool', 'MaxUnpooling2D', { pool_size: [2, 2] }, [null, 8, 8, 4], ['separable', 'lrn']),
    layer('sub', 'SubSampling2D', { pool_size: [2, 2], activation: 'tanh' }, [null, 4, 4, 4]),
    layer('up', 'Conv2DTranspose', { filters: 2, kernel_size: 3, strides: 2, output_padding: 1 }, [
      null,
      10,
      10,
      2,
    ]),
    layer('group', 'GroupNormalization', { groups: 2 }, [null, 10, 10, 2]),
    layer('adaptive', 'AdaptiveMaxPooling2D', { output_size: [3, 3] }, [null, 3, 3, 2]),
    layer('flat', 'Flatten', {}, [null, 18]),
    end,
  ],
  volumes: (end) => [
    layer('volume', 'Reshape', { target_shape: [4, 4, 4, 2] }, [null, 4, 4, 4, 2]),
    layer('conv3d', 'Conv3D', { filters: 3, kernel_size: 2, dilation_rate: 2, activation: 'relu' }, [
      null,
      2,
      2,
      2,
      3,
    ]),
    layer('up3d', 'Conv3DTranspose', { filters: 2, kernel_size: 3, strides: 2, padding: 'same' }, [
      null,
      4,
      4,
      4,
      2,
    ]),
    layer('larger', 'UpSampling3D', { size: 2 }, [null, 8, 8, 8, 2]),
    layer('pool3d', 'MaxPooling3D', {}, [null, 4, 4, 4, 2]),
    layer('spatial', 'SpatialDropout3D', { rate: 0.2 }, [null, 4, 4, 4, 2]),
    layer('global', 'GlobalAveragePooling3D', {}, [null, 2]),
    end,
  ],
  'RandomFlip, with Noise beside': (end) => [
    layer('flip', 'RandomFlip', { mode: 'horizontal_and_vertical' }, [null, 8, 8, 2]),
    layer('flat', 'Flatten', {}, [null, 128]),
    layer('noise', 'Noise', { shape: [4], distribution: 'normal' }, [null, 4], []),
    layer('both', 'Concatenate', {}, [null, 132], ['flat', 'noise']),
    dense('hidden', 8, 'tanh'),
    end,
  ],
  'tied autoencoder with noise, sparsity and sampling': (end) => [
    layer('flat', 'Flatten', {}, [null, 128]),
    layer('salt', 'SaltAndPepperNoise', { amount: 0.1, salt: 0.5, low: 0, high: 1 }, [null, 128]),
    layer('alpha', 'AlphaDropout', { rate: 0.1 }, [null, 128]),
    dense('code', 8, 'sigmoid'),
    layer('sparse', 'KLSparsity', { rho: 0.1, weight: 0.01 }, [null, 8]),
    { ...dense('again', 8, 'sigmoid'), inbound: ['sparse'] },
    { ...dense('twice', 8, 'sigmoid'), inbound: ['again'], shares: 'again' },
    layer('sample', 'Sampling', { kl_weight: 0.01 }, [null, 8], ['twice', 'again']),
    {
      ...layer('back', 'TiedDense', { activation: 'tanh', use_bias: true }, [null, 128], ['sample']),
      shares: 'code',
    },
    layer('active', 'ActivityRegularization', { l1: 0.001, l2: 0.001 }, [null, 128]),
    layer('maths', 'Maths', { function: 'square' }, [null, 128]),
    layer('stop', 'StopGradient', {}, [null, 128], ['maths']),
    layer('both', 'Stack', { axis: 1 }, [null, 2, 128], ['active', 'stop']),
    layer('mean', 'Reduction', { function: 'mean', axes: [1], keepdims: false }, [null, 128]),
    end,
  ],
};

const N = 40;
export function casePlan(net: string, loss: string, chosen: string): { plan: Plan; samples: Samples } {
  const { activation, width, labels, loss: planned } = LOSSES[loss];
  const plan = planOf({
    input: [null, 8, 8, 2],
    layers: NETS[net](dense('out', width, activation)),
    loss: planned,
    trainer: { optimizer: OPTIMIZERS[chosen], batch_size: 16 },
  });
  const random = new RandomStream(7, 'test', net);
  const x = Float32Array.from({ length: N * 128 }, () => random.normal());
  const y = {
    index: () => ({ values: Int32Array.from({ length: N }, (_, i) => i % width), shape: [] }),
    'one-hot': () => ({
      values: Float32Array.from({ length: N * width }, (_, i) =>
        Math.floor(i / width) % width === i % width ? 1 : 0,
      ),
      shape: [width],
    }),
    binary: () => ({ values: Float32Array.from({ length: N }, (_, i) => i % 2), shape: [1] }),
    values: () => ({
      values: Float32Array.from({ length: N * width }, () => random.normal()),
      shape: [width],
    }),
  }[labels]();
  return { plan, samples: samplesOf({ values: x, shape: [8, 8, 2] }, y, { train: N }) };
}

/** What a step is given, with a network of its own. */
export function stepOptions(plan: Plan, samples: Samples, seed = 3): StepOptions {
  const [trainer] = plan.trainers;
  return {
    plan,
    trainer,
    network: buildNetwork(plan, { seed }),
    samples,
    sampleWeights: sampleWeights(trainer, plan.losses, samples),
  };
}

/** Batches in a row, over and over. */
export const batches = (count: number, size: number, n = N): Int32Array[] =>
  Array.from({ length: count }, (_, i) => Int32Array.from({ length: size }, (__, j) => (i * size + j) % n));
