/** Losses of embeddings against loops over pairs and triplets, as the papers write them. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/document/document';
import { RandomStream } from '../../../shared/random/random';
import { lossFunction } from '../../../electron/engine/losses/losses';
import { tf } from '../../../electron/engine/tensorflow';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';

const random = new RandomStream(4, 'test', 'embeddings');
const LABELS = [0, 1, 0, 2, 1, 0, 2, 3];
const EMBEDDINGS = LABELS.map(() => [0, 1, 2].map(() => random.normal()));

const lossesOf = (class_name: string, config: Record<string, Json>, values: number[][], labels: number[]) =>
  tf.tidy(() => [
    ...lossFunction({ block: 'loss', class_name, config })({
      prediction: tf.tensor2d(values),
      logits: null,
      labels: tf.tensor1d(labels),
    }).dataSync(),
  ]);
const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

const distance = (a: number, b: number, squared: boolean) => {
  const square = EMBEDDINGS[a].reduce((sum, value, i) => sum + (value - EMBEDDINGS[b][i]) ** 2, 0);
  return squared ? square : Math.sqrt(square);
};
const others = (a: number) => LABELS.flatMap((label, i) => (label === LABELS[a] ? [] : [i]));
const friends = (a: number) => LABELS.flatMap((label, i) => (label === LABELS[a] && i !== a ? [i] : []));

function semiHard(margin: number, squared: boolean): number {
  const found = LABELS.flatMap((_, a) =>
    friends(a).map((p) => {
      const near = distance(a, p, squared);
      const all = others(a).map((n) => distance(a, n, squared));
      const farther = all.filter((far) => far > near);
      const far = farther.length > 0 ? Math.min(...farther) : Math.max(...all);
      return Math.max(0, near - far + margin);
    }),
  );
  return mean(found);
}
const hard = (margin: number) =>
  mean(
    LABELS.flatMap((_, a) => {
      if (friends(a).length === 0) return [];
      const near = Math.max(...friends(a).map((p) => distance(a, p, false)));
      return [Math.max(0, near - Math.min(...others(a).map((n) => distance(a, n, false))) + margin)];
    }),
  );

describe.skipIf(lacks('the native engine', hasNative))('losses of embeddings', () => {
  beforeAll(useNative);

  it('the triplet loss takes the semi-hard triplets of the paper', () => {
    for (const squared of [false, true])
      for (const margin of [0.3, 2])
        expect(mean(lossesOf('TripletLoss', { margin, squared }, EMBEDDINGS, LABELS))).toBeCloseTo(semiHard(margin, squared), 4);
  });

  it('or for each sample the hardest', () => {
    expect(mean(lossesOf('TripletLoss', { mining: 'hard', margin: 0.5 }, EMBEDDINGS, LABELS))).toBeCloseTo(hard(0.5), 4);
  });

  it('a batch without two of a class, or of one class only, costs nothing', () => {
    for (const mining of ['semi-hard', 'hard'])
      for (const labels of [[0, 1, 2, 3, 4, 5, 6, 7], LABELS.map(() => 1)])
        expect(mean(lossesOf('TripletLoss', { mining }, EMBEDDINGS, labels))).toBe(0);
  });

  it('two samples at the same place have a gradient that is a number', () => {
    const same = EMBEDDINGS.map((row, i) => (i === 2 ? EMBEDDINGS[0] : row));
    for (const [name, config] of [['TripletLoss', {}], ['TripletLoss', { mining: 'hard' }], ['Circle', {}]] as const) {
      const loss = lossFunction({ block: 'loss', class_name: name, config });
      const gradient = tf.tidy(() =>
        tf.grad((x) => tf.sum(loss({ prediction: x, logits: null, labels: tf.tensor1d(LABELS) })))(tf.tensor2d(same)).dataSync(),
      );
      expect([...gradient].every(Number.isFinite), name).toBe(true);
      expect(gradient.some((value) => value !== 0), name).toBe(true);
    }
  });

  it.each<[string, Record<string, Json>, number[][], number[]]>([
    ['TripletLoss', { margin: 2 }, EMBEDDINGS, LABELS],
    ['TripletLoss', { margin: 2, squared: true }, EMBEDDINGS, LABELS],
    ['TripletLoss', { mining: 'hard', margin: 0.5 }, EMBEDDINGS, LABELS],
    ['ContrastiveLoss', { margin: 2 }, [[0.5], [0.7], [3]], [1, 0, 0]],
    ['FormulaLoss', { formula: '(p - y)^2 * sigmoid(p) + abs(p)' }, [[1], [-2], [0.4]], [3, 2, 0]],
  ])('the gradient of %s %j is the slope that is measured', (class_name, config, values, labels) => {
    const loss = lossFunction({ block: 'loss', class_name, config });
    const gradient = tf.tidy(() =>
      tf.grad((x) => tf.sum(loss({ prediction: x, logits: null, labels: tf.tensor1d(labels) })))(tf.tensor2d(values)).dataSync(),
    );
    const width = values[0].length;
    const total = (place: number, by: number) => {
      const moved = values.map((row, a) => row.map((value, b) => (a * width + b === place ? value + by : value)));
      return lossesOf(class_name, config, moved, labels).reduce((sum, value) => sum + value, 0);
    };
    expect(gradient.some((value) => value !== 0)).toBe(true);
    gradient.forEach((value, i) => expect(Math.abs(value - (total(i, 0.002) - total(i, -0.002)) / 0.004), String(i)).toBeLessThan(5e-3));
  });

  it('the contrastive loss pulls pairs of a kind together and lets distant others be', () => {
    const found = lossesOf('ContrastiveLoss', { margin: 2 }, [[0.5], [0.5], [3]], [1, 0, 0]);
    [0.25, 2.25, 0].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 6));
  });

  it('CTC of a label that has no way through is infinite, and of no symbols all blanks', () => {
    const logits = tf.tensor3d(Array.from({ length: 6 }, () => 0), [1, 2, 3]);
    const loss = lossFunction({ block: 'loss', class_name: 'CTC', config: {} });
    const of = (labels: number[]) =>
      tf.tidy(() => loss({ prediction: logits, logits: null, labels: tf.tensor2d([labels]) }).dataSync()[0]);
    // Two alike need a blank between: three steps. Two others have one way of nine, none at all also one, one symbol three.
    expect(of([1, 1])).toBe(Infinity);
    expect(of([1, 2])).toBeCloseTo(Math.log(9), 5);
    expect(of([0, 0])).toBeCloseTo(Math.log(9), 5);
    expect(of([2, 0])).toBeCloseTo(Math.log(3), 5);
    logits.dispose();
  });

  it('a formula is a loss of prediction, labels and other outputs', () => {
    const loss = lossFunction({ block: 'loss', class_name: 'FormulaLoss', config: { formula: 'abs(p - y) + 0.1 * sum(o1^2)' } });
    const found = tf.tidy(() => [
      ...loss({
        prediction: tf.tensor2d([[1], [2]]),
        logits: null,
        labels: tf.tensor1d([3, 2]),
        others: [tf.tensor2d([[1, 2], [0, 3]])],
      }).dataSync(),
    ]);
    [2.5, 0.9].forEach((value, i) => expect(found[i]).toBeCloseTo(value, 5));
  });
}); // prettier-ignore
