/**
 * Real Keras 3 trains the same plans from the same weights on the same batches; losses, weights and predictions must agree.
 * The environment is test/peers/requirements.txt.
 */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { ACTIVATIONS } from '../../shared/blocks/activation/functions';
import { catalogue } from '../../shared/blocks/catalogue';
import type { Json } from '../../shared/document/document';
import { weightKey } from '../../shared/compiler/plan';
import { buildNetwork } from '../../electron/engine/network/network';
import { eagerStep } from '../../electron/engine/step/eager';
import type { Samples } from '../../electron/engine/step/samples';
import { tf } from '../../electron/engine/tensorflow';
import { lacks, peerPython } from '../environment';
import { hasNative, useNative } from '../engine/native';
import { dense, type PlanSketch } from '../engine/plans';
import { blockCases } from './block-cases';
import { BATCH, STEPS, caseOf, loss, optimizer, sizeOf, type Answer, type Case } from './parity';

const optimizers = [
  ['SGD', { learning_rate: 0.1 }],
  ['SGD', { learning_rate: 0.1, momentum: 0.9 }],
  ['SGD', { learning_rate: 0.1, momentum: 0.9, nesterov: true }],
  ['RMSprop', { learning_rate: 0.01 }],
  ['RMSprop', { learning_rate: 0.01, rho: 0.8, momentum: 0.5 }],
  ['RMSprop', { learning_rate: 0.01, momentum: 0.5, centered: true, epsilon: 1e-3 }],
  ['Adam', { learning_rate: 0.01 }],
  ['Adam', { learning_rate: 0.01, beta_1: 0.8, beta_2: 0.95, epsilon: 1e-3, amsgrad: true }],
  ['AdamW', { learning_rate: 0.01 }],
  ['AdamW', { learning_rate: 0.1, weight_decay: 0.5, amsgrad: true, epsilon: 1e-3 }],
  ['Adamax', { learning_rate: 0.01 }],
  ['Adamax', { learning_rate: 0.01, beta_1: 0.8, beta_2: 0.5, epsilon: 1e-3 }],
  ['Nadam', { learning_rate: 0.01, epsilon: 1e-4 }],
  ['Nadam', { learning_rate: 0.01, beta_1: 0.8, beta_2: 0.95, epsilon: 1e-3 }],
  ['Adagrad', { learning_rate: 0.1 }],
  ['Adagrad', { learning_rate: 0.1, initial_accumulator_value: 0, epsilon: 1e-3 }],
  ['Adadelta', { learning_rate: 0.5 }],
  ['Adadelta', { learning_rate: 0.5, rho: 0.7, epsilon: 1e-3 }],
  ['Lion', { learning_rate: 0.01 }],
  ['Lion', { learning_rate: 0.01, beta_1: 0.5, beta_2: 0.8 }],
  ['Ftrl', { learning_rate: 0.1 }],
  [
    'Ftrl',
    {
      learning_rate: 0.1,
      learning_rate_power: -0.7,
      initial_accumulator_value: 0.3,
      l1_regularization_strength: 0.01,
      l2_regularization_strength: 0.02,
      l2_shrinkage_regularization_strength: 0.03,
      beta: 0.2,
    },
  ],
] as const;
const optimizerCases = optimizers.map(([name, config]) =>
  caseOf(`${name} ${JSON.stringify(config)}`, {
    input: [null, 5],
    layers: [dense('a', 6, 'tanh'), dense('b', 3, 'softmax')],
    ...optimizer(name, config),
  }),
);

const head = (units: number, activation: string) => [dense('a', 6, 'tanh'), dense('out', units, activation)];
/**
 * A layer that changes nothing hides the sigmoid from Keras' losses. Without it a categorical cross-entropy after a sigmoid
 * is computed there as if the sigmoid were a softmax (keras/src/backend/tensorflow/nn.py takes whatever logits were noted);
 * here it is computed from the probabilities, as its documentation says.
 */
const sigmoidThenIdentity = [
  dense('a', 6, 'tanh'),
  dense('b', 3, 'sigmoid'),
  { block: 'r', class_name: 'Reshape', config: { target_shape: [3] }, output_shape: [null, 3] },
];
const lossCases = (
  [
    ['CCE of softmax', loss('CategoricalCrossentropy', 'one-hot'), head(4, 'softmax')],
    ['CCE of logits', loss('CategoricalCrossentropy', 'one-hot', { from_logits: true }), head(4, 'linear')],
    [
      'CCE label smoothing',
      loss('CategoricalCrossentropy', 'one-hot', { label_smoothing: 0.1 }),
      head(4, 'softmax'),
    ],
    [
      'CCE of probabilities that do not add up',
      loss('CategoricalCrossentropy', 'one-hot'),
      sigmoidThenIdentity,
    ],
    ['sparse CCE of softmax', loss('SparseCategoricalCrossentropy', 'index'), head(4, 'softmax')],
    [
      'sparse CCE of logits',
      loss('SparseCategoricalCrossentropy', 'index', { from_logits: true }),
      head(4, 'linear'),
    ],
    ['sparse CCE of sigmoids', loss('SparseCategoricalCrossentropy', 'index'), sigmoidThenIdentity],
    ['BCE of sigmoid', loss('BinaryCrossentropy', 'binary'), head(1, 'sigmoid')],
    ['BCE of logits', loss('BinaryCrossentropy', 'binary', { from_logits: true }), head(1, 'linear')],
    [
      'BCE label smoothing, several outputs',
      loss('BinaryCrossentropy', 'binary', { label_smoothing: 0.2 }),
      head(3, 'sigmoid'),
    ],
    ['BCE of clipped probabilities', loss('BinaryCrossentropy', 'binary'), sigmoidThenIdentity],
    ['MSE', loss('MeanSquaredError', 'values'), head(2, 'linear')],
    ['MAE', loss('MeanAbsoluteError', 'values'), head(2, 'linear')],
  ] as const
).map(([name, described, layers]) =>
  caseOf(name, { input: [null, 5], layers: [...layers], loss: described }),
);

const weightedCases = [
  caseOf('sample weights', { input: [null, 5], layers: head(4, 'softmax') }, true),
  caseOf('saturated softmax', {
    input: [null, 5],
    layers: [
      dense('a', 60, 'relu', { kernel_initializer: 'ones' }),
      dense('out', 4, 'softmax', { kernel_initializer: 'random_normal' }),
    ],
    ...optimizer('SGD', { learning_rate: 0.001 }),
  }),
];

const activationCases = ACTIVATIONS.map((name) =>
  caseOf(`activation ${name}`, {
    input: [null, 5],
    layers: [dense('a', 6, name), dense('b', 3, 'softmax')],
  }),
);

const picture: (number | null)[] = [null, 8, 8, 3];
const conv = (block: string, config: Record<string, Json>, output_shape: (number | null)[]) => ({
  block,
  class_name: 'Conv2D',
  config: { filters: 4, kernel_size: [3, 3], activation: 'relu', ...config },
  output_shape,
});
const top = (size: number) => [
  { block: 'flat', class_name: 'Flatten', config: {}, output_shape: [null, size] },
  dense('out', 3, 'softmax'),
];
const layerCases = (
  [
    ['Conv2D valid', picture, [conv('c', {}, [null, 6, 6, 4]), ...top(144)]],
    [
      'Conv2D same, strides 2',
      picture,
      [conv('c', { padding: 'same', strides: [2, 2] }, [null, 4, 4, 4]), ...top(64)],
    ],
    [
      'Conv2D dilated',
      picture,
      [conv('c', { dilation_rate: [2, 2], kernel_size: [3, 2] }, [null, 4, 6, 4]), ...top(96)],
    ],
    [
      'Conv2D dilated same',
      picture,
      [conv('c', { dilation_rate: [2, 3], padding: 'same', use_bias: false }, [null, 8, 8, 4]), ...top(256)],
    ],
    [
      'MaxPooling2D',
      picture,
      [
        conv('c', {}, [null, 6, 6, 4]),
        {
          block: 'p',
          class_name: 'MaxPooling2D',
          config: { pool_size: [2, 2] },
          output_shape: [null, 3, 3, 4],
        },
        ...top(36),
      ],
    ],
    [
      'MaxPooling2D same, strides 1',
      picture,
      [
        conv('c', {}, [null, 6, 6, 4]),
        {
          block: 'p',
          class_name: 'MaxPooling2D',
          config: { pool_size: [3, 3], strides: [1, 1], padding: 'same' },
          output_shape: [null, 6, 6, 4],
        },
        ...top(144),
      ],
    ],
    [
      'AveragePooling2D same',
      picture,
      [
        conv('c', {}, [null, 6, 6, 4]),
        {
          block: 'p',
          class_name: 'AveragePooling2D',
          config: { pool_size: [4, 4], strides: [2, 2], padding: 'same' },
          output_shape: [null, 3, 3, 4],
        },
        ...top(36),
      ],
    ],
    [
      'GlobalAveragePooling2D',
      picture,
      [
        conv('c', {}, [null, 6, 6, 4]),
        { block: 'p', class_name: 'GlobalAveragePooling2D', config: {}, output_shape: [null, 4] },
        dense('out', 3, 'softmax'),
      ],
    ],
    [
      'BatchNormalization of rows',
      [null, 5],
      [
        dense('a', 6, 'linear', { use_bias: false }),
        {
          block: 'n',
          class_name: 'BatchNormalization',
          config: { momentum: 0.7, epsilon: 0.01 },
          output_shape: [null, 6],
        },
        dense('b', 3, 'softmax'),
      ],
    ],
    [
      'BatchNormalization of maps',
      picture,
      [
        conv('c', { use_bias: false }, [null, 6, 6, 4]),
        {
          block: 'n',
          class_name: 'BatchNormalization',
          config: { scale: false },
          output_shape: [null, 6, 6, 4],
        },
        ...top(144),
      ],
    ],
    [
      'BatchNormalization along axis 1',
      picture,
      [
        conv('c', { use_bias: false }, [null, 6, 6, 4]),
        {
          block: 'n',
          class_name: 'BatchNormalization',
          config: { axis: 1, center: false },
          output_shape: [null, 6, 6, 4],
        },
        ...top(144),
      ],
    ],
    [
      'Reshape and Dense on maps',
      [null, 12],
      [
        {
          block: 'r',
          class_name: 'Reshape',
          config: { target_shape: [2, 2, 3] },
          output_shape: [null, 2, 2, 3],
        },
        { ...dense('d', 4, 'relu'), output_shape: [null, 2, 2, 4] },
        ...top(16),
      ],
    ],
    [
      'ReLU layer',
      [null, 5],
      [
        dense('a', 6, 'linear'),
        {
          block: 'x',
          class_name: 'ReLU',
          config: { max_value: 0.8, negative_slope: 0.1, threshold: 0.2 },
          output_shape: [null, 6],
        },
        dense('b', 3, 'softmax'),
      ],
    ],
    [
      'LeakyReLU layer',
      [null, 5],
      [
        dense('a', 6, 'linear'),
        { block: 'x', class_name: 'LeakyReLU', config: { negative_slope: 0.3 }, output_shape: [null, 6] },
        dense('b', 3, 'softmax'),
      ],
    ],
    [
      'ELU layer',
      [null, 5],
      [
        dense('a', 6, 'linear'),
        { block: 'x', class_name: 'ELU', config: { alpha: 0.5 }, output_shape: [null, 6] },
        dense('b', 3, 'softmax'),
      ],
    ],
    [
      'Softmax layer',
      [null, 5],
      [
        dense('a', 3, 'linear'),
        { block: 'x', class_name: 'Softmax', config: { axis: -1 }, output_shape: [null, 3] },
      ],
    ],
    [
      'Softmax along axis 1',
      picture,
      [
        conv('c', {}, [null, 6, 6, 4]),
        { block: 'x', class_name: 'Softmax', config: { axis: 1 }, output_shape: [null, 6, 6, 4] },
        ...top(144),
      ],
    ],
    [
      'Activation silu',
      [null, 5],
      [
        dense('a', 6, 'linear'),
        { block: 'x', class_name: 'Activation', config: { activation: 'silu' }, output_shape: [null, 6] },
        dense('b', 3, 'softmax'),
      ],
    ],
    [
      'Add and Concatenate',
      [null, 5],
      [
        dense('a', 5, 'relu'),
        { block: 's', class_name: 'Add', config: {}, inbound: ['input', 'a'], output_shape: [null, 5] },
        {
          block: 'c',
          class_name: 'Concatenate',
          config: { axis: -1 },
          inbound: ['s', 'a', 'input'],
          output_shape: [null, 15],
        },
        dense('b', 3, 'softmax'),
      ],
    ],
    [
      'Concatenate along axis -2',
      picture,
      [
        conv('c', { padding: 'same', filters: 3 }, [null, 8, 8, 3]),
        {
          block: 'j',
          class_name: 'Concatenate',
          config: { axis: -2 },
          inbound: ['input', 'c'],
          output_shape: [null, 8, 16, 3],
        },
        ...top(384),
      ],
    ],
    [
      'L1 and L2',
      [null, 5],
      [
        dense('a', 6, 'relu', {
          kernel_regularizer: { class_name: 'L2', config: { l2: 0.01 } },
          bias_regularizer: { class_name: 'L1', config: { l1: 0.02 } },
        }),
        dense('b', 3, 'softmax', {
          kernel_regularizer: { class_name: 'L1L2', config: { l1: 0.01, l2: 0.03 } },
        }),
      ],
    ],
  ] as [string, (number | null)[], PlanSketch['layers']][]
).map(([name, input, layers]) =>
  caseOf(name, { input, layers, ...optimizer('SGD', { learning_rate: 0.05 }) }),
);

const cases = [
  ...optimizerCases,
  ...lossCases,
  ...weightedCases,
  ...activationCases,
  ...layerCases,
  ...blockCases,
];

/** What the application's own engine makes of a case, and the case as Keras is to get it. */
function ours({ plan, samples, weighted }: Case): {
  answer: Omit<Answer, 'shapes' | 'weight_shapes'>;
  weights: Record<string, number[]>;
} {
  const network = buildNetwork(plan, { seed: 4 });
  const initial = Object.fromEntries(
    [...network.readWeights()].map(([key, { values }]) => [key, [...values]]),
  );
  const step = eagerStep({
    plan,
    trainer: plan.trainers[0],
    network,
    samples,
    sampleWeights: new Map(weighted ? [['loss', weighted]] : []),
  });
  const losses = Array.from(
    { length: STEPS },
    (_, i) => step.step(Int32Array.from({ length: BATCH }, (_unused, row) => i * BATCH + row)).loss,
  );
  const predictions = tf.tidy(() => {
    const input = samples.inputs.get('input');
    const shape = input?.shape ?? [];
    const x = tf.tensor(Float32Array.from(input?.values.subarray(0, BATCH * sizeOf(shape)) ?? []), [
      BATCH,
      ...shape,
    ]);
    const { outputs } = network.forward(new Map([['input', x]]), {
      training: false,
      step: tf.scalar(0, 'int32'),
    });
    return [...(outputs.get(plan.outputs[0])?.dataSync() ?? [])];
  });
  const weights = Object.fromEntries(
    [...network.readWeights()].map(([key, { values }]) => [key, [...values]]),
  );
  step.dispose();
  network.dispose();
  return { answer: { losses, weights, predictions }, weights: initial };
}

function nested(values: ArrayLike<number>, shape: readonly number[]): Json {
  if (shape.length === 0) return values[0];
  const size = values.length / shape[0];
  return Array.from({ length: shape[0] }, (_, i) =>
    nested(Array.prototype.slice.call(values, i * size, (i + 1) * size), shape.slice(1)),
  );
}

const batches = ({ samples, weighted }: Case): Json =>
  Array.from({ length: STEPS }, (_, i) => {
    const cut = (from: Samples['inputs'], block: string): Json => {
      const array = from.get(block);
      if (array === undefined) throw new Error(block);
      const size = sizeOf(array.shape);
      return nested(array.values.subarray(i * BATCH * size, (i + 1) * BATCH * size), [BATCH, ...array.shape]);
    };
    const weights = weighted && { w: [...weighted.subarray(i * BATCH, (i + 1) * BATCH)] };
    return { x: cut(samples.inputs, 'input'), y: cut(samples.labels, 'loss'), ...weights };
  });

/** Difference by the size of the values, of which the largest of each array stands for all. */
function relativeDifference(a: readonly number[], b: readonly number[]): number {
  const scale = Math.max(1e-3, ...b.map(Math.abs));
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]))) / scale;
}

describe.skipIf(
  lacks('Keras 3 (AXONRY_PEER_PYTHON)', peerPython !== null) || lacks('the native engine', hasNative),
)('Keras 3 and this engine', () => {
  let theirs: Record<string, Answer> = {};
  const own = new Map<string, ReturnType<typeof ours>>();
  const table: string[] = [];

  beforeAll(async () => {
    await useNative();
    for (const each of cases) own.set(each.name, ours(each));
    const asked = cases.map((each) => ({
      name: each.name,
      plan: each.plan,
      weights: own.get(each.name)?.weights,
      batches: batches(each),
    }));
    const script = path.join(import.meta.dirname, 'keras_steps.py');
    const answered = execFileSync(peerPython ?? '', [script], {
      input: JSON.stringify(asked),
      maxBuffer: 2 ** 28,
      stdio: 'pipe',
    });
    theirs = JSON.parse(answered.toString()) as Record<string, Answer>;
  }, 600_000);

  it.each(cases.map(({ name }) => [name]))('%s', (name) => {
    const mine = own.get(name)?.answer;
    const keras = theirs[name];
    if (mine === undefined) throw new Error(name);
    expect(Object.keys(mine.weights).sort()).toEqual(Object.keys(keras.weights).sort());
    for (const { block, output_shape, weights } of cases.find((each) => each.name === name)?.plan.layers ??
      []) {
      expect(keras.shapes[block], block).toEqual(output_shape);
      for (const weight of weights)
        expect(keras.weight_shapes[weightKey(block, weight.name)], weight.name).toEqual(weight.shape);
      if (weights.length > 0)
        expect(Object.keys(keras.weights).filter((key) => key.startsWith(`${block}/`))).toHaveLength(
          weights.length,
        );
    }
    const differences = {
      losses: relativeDifference(mine.losses, keras.losses),
      weights: Math.max(
        ...Object.keys(keras.weights).map((key) => relativeDifference(mine.weights[key], keras.weights[key])),
      ),
      predictions: relativeDifference(mine.predictions, keras.predictions),
    };
    table.push(
      `${Object.values(differences)
        .map((value) => value.toExponential(1))
        .join('  ')}  ${name}`,
    );
    for (const difference of Object.values(differences)) expect(difference).toBeLessThan(1e-4);
  });

  it('leaves out no layer, loss or optimizer of the catalogue', () => {
    const compared = new Set<Json | undefined>(
      cases.flatMap(({ plan }) => [
        ...plan.layers.flatMap(({ class_name, config }) => [class_name, config.activation]),
        ...plan.losses.map(({ class_name }) => class_name),
        ...plan.trainers.map((trainer) => trainer.optimizer.class_name),
      ]),
    );
    const random = new Set(['Dropout']);
    const left = Object.values(catalogue).filter(
      ({ type, behaviour }) =>
        'keras' in behaviour && !compared.has(type) && !compared.has(type.toLowerCase()) && !random.has(type),
    );
    expect(left.map(({ type }) => type)).toEqual([]);
  });

  it('prints the largest relative differences', () => {
    expect(table).toHaveLength(cases.length);
    console.log(['losses   weights  predictions, after 3 steps', ...table].join('\n'));
  });
});
