/** A network written for TensorFlow.js predicts, in a process without our code, what it predicts here. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Tensor } from '@tensorflow/tfjs';
import type { Plan } from '../../shared/compiler/plan';
import { ok } from '../../shared/result';
import { RandomStream } from '../../shared/random/random';
import { buildNetwork, type Network } from '../../electron/engine/network/network';
import { tf } from '../../electron/engine/tensorflow';
import { modelFiles, writeFolder } from '../../electron/export/tfjs/folder';
import { artifactsOf, layersModelOf } from '../../electron/export/tfjs/model';
import { topologyOf } from '../../electron/export/tfjs/topology';
import { planOf, type LayerSketch } from './plans';

let folder: string;
beforeAll(async () => {
  await tf.setBackend('cpu');
  folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-export-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Initial weights hide mistakes: biases and means are zero. Here every weight is random. */
function randomise(network: Network, random: RandomStream): void {
  const weights = network.readWeights();
  for (const [key, { values }] of weights) {
    const isVariance = key.endsWith('moving_variance');
    for (let i = 0; i < values.length; i++)
      values[i] = isVariance ? random.between(0.5, 2) : 0.5 * random.normal();
  }
  network.writeWeights(weights);
}

interface Plain {
  backend: string;
  inputs: { name: string; shape: (number | null)[] }[];
  outputs: { shape: number[]; values: number[] }[];
}
const plainLoader = path.join(import.meta.dirname, 'load-plain.cjs');

/** Exports the plan with random weights, loads it in a fresh process and gives the largest difference of any output. */
async function differenceOf(
  name: string,
  plan: Plan,
  seed = 1,
): Promise<{ difference: number; spread: number; plain: Plain }> {
  const random = new RandomStream(seed, 'test', name);
  const network = buildNetwork(plan, { seed });
  randomise(network, random);
  const n = 5;
  const given = plan.inputs.map(({ block, shape }) => {
    const full = [n, ...shape.slice(1).map((size) => size ?? 1)];
    return {
      block,
      shape: full,
      values: Array.from({ length: full.reduce((a, b) => a * b, 1) }, () => random.normal()),
    };
  });
  const expected = tf.tidy(() => {
    const inputs = new Map<string, Tensor>(
      given.map(({ block, shape, values }) => [block, tf.tensor(values, shape)]),
    );
    const { outputs } = network.forward(inputs, { training: false, step: tf.scalar(0, 'int32') });
    return plan.outputs.map((block) => Array.from(outputs.get(block)?.dataSync() ?? []));
  });
  const topology = topologyOf(plan);
  if (!topology.ok) throw new Error(topology.problem.message);
  const model = await layersModelOf(plan, topology.value, network.readWeights());
  const target = path.join(folder, name);
  const written = await writeFolder(target, modelFiles(await artifactsOf(model)), () =>
    Promise.resolve(ok(null)),
  );
  if (!written.ok) throw new Error(written.problem.message);
  const request = path.join(folder, `${name}.json`);
  writeFileSync(request, JSON.stringify(given));
  const plain = JSON.parse(
    execFileSync(process.execPath, [plainLoader, target, request], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }),
  ) as Plain;
  const differences = plain.outputs.flatMap(({ values }, i) =>
    values.map((value, at) => Math.abs(value - expected[i][at])),
  );
  const all = plain.outputs.flatMap(({ values }) => values);
  return { difference: Math.max(...differences), spread: Math.max(...all) - Math.min(...all), plain };
}

const cnn = planOf(
  { input_1: [12, 12, 2] },
  [
    {
      block: 'conv2d_1',
      class_name: 'Conv2D',
      config: { filters: 4, kernel_size: [3, 3], activation: 'relu' },
      inbound: ['input_1'],
      output: [10, 10, 4],
    },
    {
      block: 'pool_1',
      class_name: 'MaxPooling2D',
      config: { pool_size: [2, 2] },
      inbound: ['conv2d_1'],
      output: [5, 5, 4],
    },
    {
      block: 'conv2d_2',
      class_name: 'Conv2D',
      config: { filters: 3, kernel_size: [3, 3], padding: 'same', strides: [2, 2], activation: 'leaky_relu' },
      inbound: ['pool_1'],
      output: [3, 3, 3],
    },
    {
      block: 'norm_1',
      class_name: 'BatchNormalization',
      config: {},
      inbound: ['conv2d_2'],
      output: [3, 3, 3],
    },
    {
      block: 'dropout_1',
      class_name: 'Dropout',
      config: { rate: 0.5 },
      inbound: ['norm_1'],
      output: [3, 3, 3],
    },
    { block: 'flatten_1', class_name: 'Flatten', inbound: ['dropout_1'], output: [27] },
    {
      block: 'dense_1',
      class_name: 'Dense',
      config: { units: 6, activation: 'silu' },
      inbound: ['flatten_1'],
      output: [6],
    },
    {
      block: 'dense_2',
      class_name: 'Dense',
      config: { units: 4, activation: 'softmax' },
      inbound: ['dense_1'],
      output: [4],
    },
  ],
  ['dense_2'],
);

const onMap: LayerSketch[] = [
  {
    block: 'a',
    class_name: 'AveragePooling2D',
    config: { pool_size: [2, 2] },
    inbound: ['x'],
    output: [3, 3, 2],
  },
  { block: 'b', class_name: 'GlobalAveragePooling2D', inbound: ['a'], output: [2] },
];
const one = (class_name: string, config: LayerSketch['config'], output: number[]): LayerSketch[] => [
  { block: 'a', class_name, config, inbound: ['x'], output },
];
const merged = (class_name: string, config: LayerSketch['config'], width: number): LayerSketch[] => [
  { block: 'd', class_name: 'Dense', config: { units: 5, activation: 'tanh' }, inbound: ['x'], output: [5] },
  { block: 'm', class_name, config, inbound: ['d', 'x'], output: [width] },
];
const sweep: [string, number[], LayerSketch[]][] = [
  ['pooling', [6, 6, 2], onMap],
  [
    'dilated',
    [8, 8, 2],
    one('Conv2D', { filters: 3, kernel_size: [3, 3], dilation_rate: [2, 2], padding: 'same' }, [8, 8, 3]),
  ],
  ['reshape', [12], one('Reshape', { target_shape: [3, 4] }, [3, 4])],
  ['flatten-flat', [12], one('Flatten', {}, [12])],
  ['batch-norm-last', [4, 3], one('BatchNormalization', { axis: 2, scale: false }, [4, 3])],
  ['relu', [7], one('ReLU', {}, [7])],
  ['relu-max', [7], one('ReLU', { max_value: 0.5 }, [7])],
  ['relu-slope', [7], one('ReLU', { negative_slope: 0.2 }, [7])],
  ['leaky-relu', [7], one('LeakyReLU', { negative_slope: 0.3 }, [7])],
  ['elu', [7], one('ELU', { alpha: 1 }, [7])],
  ['permute', [2, 3, 4], one('Permute', { dims: [3, 1, 2] }, [4, 2, 3])],
  ['repeat', [4], one('RepeatVector', { n: 3 }, [3, 4])],
  ['rescaling', [4], one('Rescaling', { scale: 0.5, offset: -1 }, [4])],
  ['layer-norm', [4, 3], one('LayerNormalization', { axis: -1, epsilon: 0.01 }, [4, 3])],
  ['noise', [4], one('GaussianNoise', { stddev: 0.5 }, [4])],
  ['spatial-dropout', [4, 4, 3], one('SpatialDropout2D', { rate: 0.5 }, [4, 4, 3])],
  [
    'transposed',
    [4, 5, 2],
    one('Conv2DTranspose', { filters: 3, kernel_size: [3, 4], strides: [2, 2] }, [9, 12, 3]),
  ],
  [
    'depthwise',
    [6, 6, 2],
    one('DepthwiseConv2D', { kernel_size: [3, 3], depth_multiplier: 2, activation: 'relu' }, [4, 4, 4]),
  ],
  [
    'separable-dilated',
    [6, 6, 2],
    one(
      'SeparableConv2D',
      { filters: 3, kernel_size: [2, 2], dilation_rate: [2, 2], padding: 'same' },
      [6, 6, 3],
    ),
  ],
  ['separable', [6, 6, 2], one('SeparableConv2D', { filters: 3, kernel_size: [3, 3] }, [4, 4, 3])],
  ['conv1d', [9, 2], one('Conv1D', { filters: 3, kernel_size: [3], dilation_rate: [2] }, [5, 3])],
  ['upsampling', [3, 3, 2], one('UpSampling2D', { size: [2, 3] }, [6, 9, 2])],
  [
    'zero-padding',
    [3, 3, 2],
    one(
      'ZeroPadding2D',
      {
        padding: [
          [1, 0],
          [2, 3],
        ],
      },
      [4, 8, 2],
    ),
  ],
  [
    'cropping',
    [6, 8, 2],
    one(
      'Cropping2D',
      {
        cropping: [
          [1, 0],
          [2, 3],
        ],
      },
      [5, 3, 2],
    ),
  ],
  ['max-1d', [8, 2], one('MaxPooling1D', { pool_size: [2] }, [4, 2])],
  ['average-1d', [8, 2], one('AveragePooling1D', { pool_size: [3], strides: [2], padding: 'same' }, [4, 2])],
  ['global-max-2d', [4, 4, 3], one('GlobalMaxPooling2D', {}, [3])],
  ['global-max-1d', [4, 3], one('GlobalMaxPooling1D', {}, [3])],
  ['global-average-1d', [4, 3], one('GlobalAveragePooling1D', {}, [3])],
  ...['Multiply', 'Average', 'Maximum', 'Minimum'].map((type): [string, number[], LayerSketch[]] => [
    type.toLowerCase(),
    [5],
    merged(type, {}, 5),
  ]),
  ['dot', [5], merged('Dot', { axes: [-1, -1] }, 1)],
  ['dot-cosine', [5], merged('Dot', { axes: [-1, -1], normalize: true }, 1)],
  ['softmax', [3, 7], one('Softmax', { axis: -1 }, [3, 7])],
  ['prelu', [3, 4, 2], one('PReLU', { shared_axes: [1, 2] }, [3, 4, 2])],
  ...[
    'linear',
    'sigmoid',
    'silu',
    'gelu',
    'mish',
    'selu',
    'relu6',
    'softplus',
    'softsign',
    'log_softmax',
  ].map((activation): [string, number[], LayerSketch[]] => [
    activation,
    [7],
    one('Activation', { activation }, [7]),
  ]),
  ...['linear', 'relu', 'elu', 'sigmoid', 'tanh', 'softmax', 'leaky_relu', 'silu'].map(
    (activation): [string, number[], LayerSketch[]] => [
      `dense-${activation}`,
      [5],
      one('Dense', { units: 6, activation, use_bias: activation !== 'tanh' }, [6]),
    ],
  ),
];

/** A random graph of Dense layers of one shape, added and joined: mixed-up weights or wires change the answer. */
function randomGraph(seed: number): Plan {
  const random = new RandomStream(seed, 'test', 'graph');
  const width = 4;
  const inputs = Object.fromEntries(
    Array.from({ length: 1 + random.below(3) }, (_, i) => [`in_${i}`, [width]]),
  );
  const layers: LayerSketch[] = [];
  const ends = Object.keys(inputs);
  const dense = (inbound: string) => {
    const block = `d${layers.length}`;
    layers.push({
      block,
      class_name: 'Dense',
      config: { units: width, activation: 'tanh' },
      inbound: [inbound],
      output: [width],
    });
    return block;
  };
  for (const input of Object.keys(inputs)) ends.push(dense(input));
  for (let i = 0; i < 6; i++) {
    const [a, b] = [ends[random.below(ends.length)], ends[random.below(ends.length)]];
    if (a === b) ends.push(dense(a));
    else if (random.uniform() < 0.5) {
      const block = `add${layers.length}`;
      layers.push({ block, class_name: 'Add', inbound: [a, b], output: [width] });
      ends.push(block);
    } else {
      const block = `join${layers.length}`;
      layers.push({ block, class_name: 'Concatenate', inbound: [a, b], output: [2 * width] });
      ends.push(dense(block));
    }
  }
  const read = new Set(layers.flatMap((layer) => layer.inbound));
  return planOf(
    inputs,
    layers,
    layers.map(({ block }) => block).filter((block) => !read.has(block)),
  );
}

describe('a LayersModel in a process of its own', () => {
  it('a convolutional network predicts the same', async () => {
    const { difference, spread, plain } = await differenceOf('cnn', cnn);
    expect(plain.backend).toBe('cpu');
    expect(plain.inputs).toEqual([{ name: 'input_1', shape: [null, 12, 12, 2] }]);
    expect(spread).toBeGreaterThan(0.01);
    expect(difference).toBeLessThan(1e-6);
  });

  it.each(sweep)('%s predicts the same', async (name, input, layers) => {
    const { difference, spread } = await differenceOf(
      name,
      planOf({ x: input }, layers, [layers[layers.length - 1].block]),
    );
    expect(spread).toBeGreaterThan(0.01);
    expect(difference).toBeLessThan(2e-6);
  });

  it.each([1, 2, 3, 4, 5, 6])('keeps every wire and weight of random graph %i in its place', async (seed) => {
    const plan = randomGraph(seed);
    const { difference, plain } = await differenceOf(`graph-${seed}`, plan, seed);
    expect(plain.inputs.map(({ name }) => name)).toEqual(plan.inputs.map(({ block }) => block));
    expect(difference).toBeLessThan(1e-6);
  });

  it('takes ids that TensorFlow.js would not take as names', async () => {
    const layers: LayerSketch[] = [
      {
        block: '_a',
        class_name: 'Dense',
        config: { units: 3, activation: 'leaky_relu' },
        inbound: ['-x'],
        output: [3],
      },
      { block: '_a_leakyrelu', class_name: 'Dense', config: { units: 2 }, inbound: ['_a'], output: [2] },
    ];
    expect(
      (await differenceOf('names', planOf({ '-x': [3] }, layers, ['_a_leakyrelu']))).difference,
    ).toBeLessThan(1e-6);
  });
});

describe('what TensorFlow.js cannot hold', () => {
  const sentence = (plan: Plan): string => {
    const topology = topologyOf(plan);
    return topology.ok ? 'held' : topology.problem.message;
  };
  it('is refused with the block and the reason', () => {
    expect(sentence(planOf({ x: [4] }, one('ELU', { alpha: 2 }, [4]), ['a']))).toBe(
      'The block a (ELU) cannot be written for TensorFlow.js: TensorFlow.js has ELU only with alpha 1, and this one has 2.',
    );
  });
  it.each([
    ['Activation', { activation: 'hard_sigmoid' }, 'no activation that computes hard_sigmoid'],
    ['Dense', { units: 2, activation: 'hard_silu' }, 'no activation that computes hard_silu'],
    ['Subtract', {}, 'no layer that subtracts'],
    ['UnitNormalization', {}, 'divides by the length'],
    ['UpSampling2D', { interpolation: 'bilinear' }, 'only nearest'],
    ['Conv1D', { filters: 2, kernel_size: [2], padding: 'causal' }, 'no causal padding'],
    ['DepthwiseConv2D', { kernel_size: [2, 2], dilation_rate: [2, 2], padding: 'same' }, 'dilation_rate'],
    ['SeparableConv2D', { filters: 2, kernel_size: [1, 1], depth_multiplier: 2 }, 'depth_multiplier'],
  ])('%s is refused', (class_name, config, reason) => {
    expect(sentence(planOf({ x: [4, 4, 2] }, one(class_name, config, [4, 4, 2]), ['a']))).toContain(reason);
  });
  it('is refused where it would be held, but computed wrongly', () => {
    expect(sentence(planOf({ x: [4, 3] }, one('BatchNormalization', { axis: 1 }, [4, 3]), ['a']))).toContain(
      'only along the last axis',
    );
  });
  it.each([
    ['BatchNormalization', {}],
    ['Normalization', { axis: [-1] }],
  ])('%s of films is refused: it would be written, but could not be used', (class_name, config) => {
    const film = [3, 4, 4, 2];
    expect(sentence(planOf({ x: film }, one(class_name, config, film), ['a']))).toContain('up to four axes');
  });
  it('an input that feeds nothing is refused, as TensorFlow.js would drop it', () => {
    expect(sentence(planOf({ x: [4], idle: [4] }, one('ReLU', {}, [4]), ['a']))).toContain(
      'The input idle feeds nothing',
    );
  });
});
