import { beforeAll, describe, expect, it } from 'vitest';
import type { PlanLoss } from '../../../shared/compiler/plan';
import type { Json } from '../../../shared/document/document';
import { lossFunction, singleLosses } from '../../../electron/engine/losses/losses';
import { trainerMetrics } from '../../../electron/engine/losses/metrics';
import { sampleWeights } from '../../../electron/engine/step/class-weights';
import { tf } from '../../../electron/engine/tensorflow';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { dense, planOf, samplesOf } from '../plans';

function lossesOf(
  class_name: string,
  config: Record<string, Json>,
  prediction: number[][],
  labels: number[] | number[][],
): number[] {
  return tf.tidy(() => [
    ...lossFunction({ block: 'loss', class_name, config })({
      prediction: tf.tensor2d(prediction),
      logits: null,
      labels: tf.tensor(labels as number[], undefined, 'float32'),
    }).dataSync(),
  ]);
}
const close = (a: number[], b: number[]) => {
  expect(a).toHaveLength(b.length);
  a.forEach((value, i) => expect(value).toBeCloseTo(b[i], 5));
};

describe.skipIf(lacks('the native engine', hasNative))('losses of single samples', () => {
  beforeAll(useNative);

  it('categorical cross-entropy normalises, clips and smooths', () => {
    close(
      lossesOf(
        'CategoricalCrossentropy',
        {},
        [
          [0.2, 0.3, 0.5],
          [2, 1, 1],
        ],
        [
          [0, 0, 1],
          [1, 0, 0],
        ],
      ),
      [-Math.log(0.5), -Math.log(0.5)],
    );
    close(lossesOf('CategoricalCrossentropy', {}, [[0, 1]], [[1, 0]]), [-Math.log(1e-7)]);
    const smoothed = -(0.9 + 0.05) * Math.log(0.8) - 0.05 * Math.log(0.2);
    close(lossesOf('CategoricalCrossentropy', { label_smoothing: 0.1 }, [[0.8, 0.2]], [[1, 0]]), [smoothed]);
  });

  it('cross-entropies of logits stay finite where exponentials overflow', () => {
    close(lossesOf('CategoricalCrossentropy', { from_logits: true }, [[1000, 0]], [[0, 1]]), [1000]);
    close(lossesOf('SparseCategoricalCrossentropy', { from_logits: true }, [[0, -1000, 0]], [0]), [
      Math.log(2),
    ]);
    close(lossesOf('BinaryCrossentropy', { from_logits: true }, [[-800], [800]], [1, 1]), [800, 0]);
  });

  it('binary cross-entropy is the mean over several yes/no outputs', () => {
    close(lossesOf('BinaryCrossentropy', {}, [[0.9, 0.4]], [[1, 0]]), [-(Math.log(0.9) + Math.log(0.6)) / 2]);
  });

  it('errors are means over the outputs, and labels without an axis fit outputs with one', () => {
    close(lossesOf('MeanSquaredError', {}, [[1, 3]], [[0, 1]]), [2.5]);
    close(lossesOf('MeanAbsoluteError', {}, [[1], [-2]], [0, 1]), [1, 3]);
  });

  it('without clipping a certain mistake is infinite, and a certain hit undefined, as in the books', () => {
    expect(lossesOf('CategoricalCrossentropy', { clip: false }, [[0, 1]], [[1, 0]])).toEqual([Infinity]);
    expect(lossesOf('CategoricalCrossentropy', { clip: false }, [[1, 0]], [[1, 0]])).toEqual([NaN]);
    expect(lossesOf('BinaryCrossentropy', { clip: false }, [[1], [0]], [1, 1])).toEqual([NaN, Infinity]);
    close(lossesOf('BinaryCrossentropy', { clip: false }, [[0.25]], [1]), [-Math.log(0.25)]);
    close(lossesOf('SparseCategoricalCrossentropy', { clip: false }, [[0.25, 0.75]], [1]), [-Math.log(0.75)]);
    expect(lossesOf('BinaryCrossentropy', { clip: false, from_logits: true }, [[17]], [1])).toEqual([NaN]);
  });

  it('ten classes guessed cost 0.325 by Michelucci’s cross-entropy per class', () => {
    const guess = [Array.from({ length: 10 }, () => 0.1)];
    const first = [Array.from({ length: 10 }, (_, i) => (i === 0 ? 1 : 0))];
    close(lossesOf('BinaryCrossentropy', {}, guess, first), [0.325083]);
  });

  it('the overlap of a batch is one figure to learn from, and one for each sample to look at', () => {
    const [prediction, labels] = [
      [[1], [1]],
      [[1], [0]],
    ];
    close(lossesOf('Dice', {}, prediction, labels), [1 / 3, 1 / 3]);
    const alone = tf.tidy(() => [
      ...singleLosses({ block: 'loss', class_name: 'Dice', config: { axis: null } })({
        prediction: tf.tensor2d(prediction),
        logits: null,
        labels: tf.tensor2d(labels),
      }).dataSync(),
    ]);
    close(alone, [0, 1]);
  });

  it('the absolute error has no gradient where it is zero', () => {
    const gradient = tf.tidy(() => {
      const loss = lossFunction({ block: 'loss', class_name: 'MeanAbsoluteError', config: {} });
      return [
        ...tf
          .grad((x) => tf.sum(loss({ prediction: x, logits: null, labels: tf.tensor2d([[1], [2], [3]]) })))(
            tf.tensor2d([[1], [5], [0]]),
          )
          .dataSync(),
      ];
    });
    expect(gradient).toEqual([0, 1, -1]);
  });
});

describe.skipIf(lacks('the native engine', hasNative))('metrics', () => {
  beforeAll(useNative);
  const traits = (more: Partial<PlanLoss>): PlanLoss =>
    planOf({ input: [null, 1], layers: [dense('a', 1, 'linear')], loss: more }).losses[0];
  function sums(loss: PlanLoss, metrics: string[], prediction: number[][], labels: number[] | number[][]) {
    const [trainer] = planOf({
      input: [null, 1],
      layers: [dense('a', 1, 'linear')],
      trainer: { metrics },
    }).trainers;
    return Object.fromEntries(
      trainerMetrics(trainer, [loss]).map(({ name, sum }) => [
        name,
        tf.tidy(
          () =>
            sum(
              tf.tensor2d(prediction),
              tf.tensor(labels as number[], undefined, 'float32'),
              tf.scalar(0),
            ).dataSync()[0],
        ),
      ]),
    );
  }

  it('count right answers for indices, one-hot labels, probabilities and logits of two classes', () => {
    expect(
      sums(
        traits({}),
        [],
        [
          [0.1, 0.9],
          [0.8, 0.2],
        ],
        [1, 1],
      ),
    ).toEqual({ accuracy: 1 });
    expect(
      sums(
        traits({ labels: 'one-hot' }),
        [],
        [
          [0.1, 0.9],
          [0.8, 0.2],
        ],
        [
          [0, 1],
          [1, 0],
        ],
      ),
    ).toEqual({ accuracy: 2 });
    expect(sums(traits({ labels: 'binary', task: 'binary' }), [], [[0.6], [0.4]], [1, 1])).toEqual({
      accuracy: 1,
    });
    expect(
      sums(
        traits({ labels: 'binary', task: 'binary', predictionMeans: 'logits' }),
        [],
        [[0.4], [-0.4]],
        [1, 0],
      ),
    ).toEqual({ accuracy: 2 });
  });

  it('measure errors by default for numbers', () => {
    const regression = traits({ labels: 'values', task: 'regression', predictionMeans: 'values' });
    expect(sums(regression, [], [[1], [4]], [2, 2])).toEqual({ mean_absolute_error: 3 });
    expect(sums(regression, ['mean_squared_error', 'accuracy'], [[1], [4]], [2, 2])).toEqual({
      mean_squared_error: 5,
    });
  });
});

describe('class weights', () => {
  const plan = (class_weight: 'balanced' | Record<string, number>, more: Partial<PlanLoss> = {}) =>
    planOf({
      input: [null, 1],
      layers: [dense('a', 3, 'softmax')],
      trainer: { class_weight },
      loss: { classes: ['cat', 'dog', 'owl'], ...more },
    });
  const samples = samplesOf(
    { values: new Float32Array(6), shape: [1] },
    { values: Int32Array.from([0, 0, 0, 1, 2, 2]), shape: [] },
    { train: 4, validation: 2 },
  );
  const weightsOf = (described: ReturnType<typeof plan>) => [
    ...(sampleWeights(described.trainers[0], described.losses, samples).get('loss') ?? []),
  ];

  it('balanced is n / (classes · count) over the training part, as in scikit-learn', () => {
    const [a, , , b] = weightsOf(plan('balanced'));
    expect(a).toBeCloseTo(4 / (2 * 3), 6);
    expect(b).toBeCloseTo(4 / (2 * 1), 6);
  });

  it('are found by class name or index; other classes count once', () => {
    expect(weightsOf(plan({ dog: 5 }))).toEqual([1, 1, 1, 5]);
    expect(weightsOf(plan({ '0': 2 }))).toEqual([2, 2, 2, 1]);
  });

  it('do not exist for numbers', () => {
    expect(weightsOf(plan('balanced', { task: 'regression', labels: 'values' }))).toEqual([]);
  });
});
