/** The curves that help draws of losses are those that the engine computes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { lossFunction } from '../../../electron/engine/losses/losses';
import { tf } from '../../../electron/engine/tensorflow';
import { catalogue, defaultsOf } from '../../../shared/blocks/catalogue';
import type { Json } from '../../../shared/document/document';
import { lossCurve } from '../../../shared/help/pictures/loss-curves';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';

/** Settings that change a curve, beside the usual ones. */
const OTHERS: Readonly<Record<string, Record<string, Json>>> = {
  Huber: { delta: 0.5 },
  BinaryCrossentropy: { from_logits: true, label_smoothing: 0.1 },
  CategoricalCrossentropy: { label_smoothing: 0.2 },
};

const cases = Object.keys(catalogue).flatMap((type) =>
  [{}, ...(OTHERS[type] ? [OTHERS[type]] : [])].flatMap((params) => {
    const curve = lossCurve(type, { ...defaultsOf(type), ...params });
    return curve ? [{ type, params, curve }] : [];
  }),
);

describe.skipIf(lacks('the native engine', hasNative))('the picture of a loss', () => {
  beforeAll(useNative);

  it('is there for the losses of single numbers', () => {
    expect(new Set(cases.map(({ type }) => type)).size).toBe(12);
  });

  it.each(cases)('$type $params is what the engine computes', ({ type, params, curve }) => {
    const { from, to, label, classes, loss } = curve;
    const answers = Array.from({ length: 21 }, (_, i) => from + ((to - from) * (i + 0.5)) / 21);
    const computed = tf.tidy(() => [
      ...lossFunction({ block: 'loss', class_name: type, config: { ...defaultsOf(type), ...params } })({
        prediction: tf.tensor2d(answers.map((p) => (classes ? [p, 1 - p] : [p]))),
        logits: null,
        labels: type.startsWith('Sparse')
          ? tf.zeros([answers.length])
          : tf.tensor2d(answers.map(() => (classes ? [1, 0] : [label]))),
      }).dataSync(),
    ]);
    answers.forEach((answer, i) => {
      expect(Math.abs(loss(answer) - computed[i])).toBeLessThan(1e-4 * Math.max(1, computed[i]));
    });
  });
});
