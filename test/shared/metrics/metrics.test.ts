/** Figures of predictions, against values worked out by hand and the properties that define them. */
import { describe, expect, it } from 'vitest';
import { accuracy, classScores, confusionMatrix, majorityShare } from '../../../shared/metrics/confusion';
import { wilsonInterval } from '../../../shared/metrics/interval';
import {
  argmax,
  argmaxRows,
  classProbabilities,
  sigmoid,
  softmaxRows,
} from '../../../shared/metrics/probabilities';
import { meanAbsoluteError, meanSquaredError, r2 } from '../../../shared/metrics/regression';

describe('confusion matrix', () => {
  const labels = ['cat', 'dog', 'owl', 'yak'];
  const confusion = confusionMatrix([0, 0, 0, 1, 1, 2], [0, 0, 1, 1, 0, 1], labels);

  it('counts true classes in rows and predicted ones in columns', () => {
    expect(confusion).toEqual({
      labels,
      counts: [
        [2, 1, 0, 0],
        [1, 1, 0, 0],
        [0, 1, 0, 0],
        [0, 0, 0, 0],
      ],
    });
    expect(accuracy(confusion)).toBe(0.5);
    expect(majorityShare(confusion)).toBe(0.5);
  });

  it('gives precision, recall and F1, and null where there is nothing to take a share of', () => {
    expect(classScores(confusion)).toEqual([
      { label: 'cat', support: 3, precision: 2 / 3, recall: 2 / 3, f1: 2 / 3 },
      { label: 'dog', support: 2, precision: 1 / 3, recall: 1 / 2, f1: 0.4 },
      { label: 'owl', support: 1, precision: null, recall: 0, f1: 0 },
      { label: 'yak', support: 0, precision: null, recall: null, f1: null },
    ]);
  });

  it('has no accuracy without samples', () => {
    const empty = confusionMatrix([], [], ['a', 'b']);
    expect(accuracy(empty)).toBeNull();
    expect(majorityShare(empty)).toBeNull();
  });
});

describe('95 % interval', () => {
  it('is the one that Wilson gives', () => {
    // 90 of 100: worked out with the formula of the paper.
    const interval = wilsonInterval(90, 100);
    expect(interval?.low).toBeCloseTo(0.825633, 5);
    expect(interval?.high).toBeCloseTo(0.944771, 5);
  });
  it('stays within 0 and 1, narrows with n, and is unknown for no samples', () => {
    expect(wilsonInterval(10, 10)).toEqual({ low: expect.closeTo(0.722467, 5) as number, high: 1 });
    expect(wilsonInterval(0, 10)?.low).toBe(0);
    const [few, many] = [wilsonInterval(9, 10), wilsonInterval(900, 1000)].map((i) =>
      i ? i.high - i.low : 0,
    );
    expect(many).toBeLessThan(few / 5);
    expect(wilsonInterval(0, 0)).toBeNull();
  });
});

describe('regression', () => {
  it('measures the mean error, its square and the share explained', () => {
    expect(meanAbsoluteError([1, 2, 3], [1, 4, 0])).toBeCloseTo(5 / 3);
    expect(meanSquaredError([1, 2, 3], [1, 4, 0])).toBeCloseTo(13 / 3);
    expect(r2([1, 2, 3], [1, 2, 3])).toBe(1);
    expect(r2([1, 2, 3], [2, 2, 2])).toBe(0);
    expect(r2([1, 2, 3], [3, 2, 1])).toBe(-3);
  });
  it('is undefined where nothing varies or nothing is there', () => {
    expect(r2([5, 5], [5, 4])).toBeNull();
    expect(meanAbsoluteError([], [])).toBeNull();
    expect(r2([], [])).toBeNull();
  });
});

describe('probabilities', () => {
  it('takes the first of equal largest values', () => {
    expect(argmax([1, 3, 3])).toBe(1);
    expect(argmax([9, 1, 2, 9, 0], 1, 2)).toBe(1);
    expect([...argmaxRows([0, 1, 5, 2], 2)]).toEqual([1, 0]);
  });
  it('survives logits far from zero', () => {
    expect([...softmaxRows([1000, 0, -1000, 0], 2)]).toEqual([1, 0, 0, 1]);
    expect(sigmoid(800)).toBe(1);
    expect(sigmoid(-800)).toBe(0);
    expect(sigmoid(0)).toBe(0.5);
  });
  it('reads a single output as the second of two classes', () => {
    const probabilities = classProbabilities(Float32Array.of(0.75, 0), 1, {
      task: 'binary',
      predictionMeans: 'probabilities',
    });
    expect([...probabilities]).toEqual([0.25, 0.75, 1, 0]);
    expect([
      ...classProbabilities(Float32Array.of(0), 1, { task: 'binary', predictionMeans: 'logits' }),
    ]).toEqual([0.5, 0.5]);
  });
  it('makes probabilities of logits and leaves probabilities as they are', () => {
    const outputs = Float32Array.of(2, 2, 2, 2);
    expect([
      ...classProbabilities(outputs, 4, { task: 'classification', predictionMeans: 'logits' }),
    ]).toEqual([0.25, 0.25, 0.25, 0.25]);
    expect(classProbabilities(outputs, 4, { task: 'classification', predictionMeans: 'probabilities' })).toBe(
      outputs,
    );
  });
});
