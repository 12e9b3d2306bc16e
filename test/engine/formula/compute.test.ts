import { beforeAll, describe, expect, it } from 'vitest';
import type { Tensor } from '@tensorflow/tfjs';
import { computeValue } from '../../../electron/engine/formula/compute';
import { tf } from '../../../electron/engine/tensorflow';
import { valueFormula } from '../../../shared/formula/formula';
import { FUNCTIONS } from '../../../shared/formula/functions';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';

const A = [0.3, -1.2, 0.8, 2, 0.5, -0.4];
const B = [1.5, 0.7, -0.3, 0.6, 1.1, 2.5];

/** Of a and b, [2, 3] each. */
function formula(text: string): (a: Tensor, b: Tensor) => Tensor {
  const checked = valueFormula(text, ['a', 'b']);
  if (!checked.ok) throw new Error(checked.problem.message);
  return (a, b) =>
    computeValue(
      checked.value,
      new Map([
        ['a', a],
        ['b', b],
      ]),
    );
}
const valueOf = (text: string, a = A): number[] =>
  tf.tidy(() => [...formula(text)(tf.tensor2d(a, [2, 3]), tf.tensor2d(B, [2, 3])).dataSync()]);
const close = (found: number[], expected: number[]) => {
  expect(found).toHaveLength(expected.length);
  found.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 5));
};
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

describe.skipIf(lacks('the native engine', hasNative))('formulas are computed', () => {
  beforeAll(useNative);

  it('place by place as JavaScript computes them', () => {
    close(
      valueOf('a * sigmoid(b) - 2^a'),
      A.map((a, i) => a * sigmoid(B[i]) - 2 ** a),
    );
    close(
      valueOf('where(a < b, abs(a), clip(b, -0.1, 1)) + (a >= 0.5) * 10'),
      A.map((a, i) => (a < B[i] ? Math.abs(a) : Math.min(Math.max(B[i], -0.1), 1)) + (a >= 0.5 ? 10 : 0)),
    );
    close(
      valueOf('s = exp(a); t = log1p(s); t * pi'),
      A.map((a) => Math.log(1 + Math.exp(a)) * Math.PI),
    );
  });

  it('over samples one by one, never over the batch', () => {
    close(valueOf('sum(a)'), [A[0] + A[1] + A[2], A[3] + A[4] + A[5]]);
    close(valueOf('a - mean(a, -1)').slice(0, 1), [A[0] - (A[0] + A[1] + A[2]) / 3]);
    close(valueOf('max(a)'), [0.8, 2]);
    const [first] = valueOf('softmax(a)');
    expect(first).toBeCloseTo(Math.exp(A[0]) / (Math.exp(A[0]) + Math.exp(A[1]) + Math.exp(A[2])), 5);
  });

  it('with gradients that numbers confirm', () => {
    const smooth = Object.entries(FUNCTIONS).filter(([, { kind }]) => kind !== 'value');
    const texts = [
      ...smooth.map(([name]) => `${name}(a) * b`),
      'a * sigmoid(b) + tanh(a)^3 / (1 + a^2)',
      'where(a < b, a^2, sin(a) * b)',
      '(a > 0) * a * b + abs(a) + relu(a - 0.1)',
      'maximum(a, b) * minimum(a, 1) + clip(a, -1, 1) * erf(a)',
      'sqrt(1 + square(a)) * log(2 + cos(a)) + expm1(a) * softplus(-a)',
    ];
    for (const text of texts) {
      const sum = (a: Tensor) => tf.sum(formula(text)(a, tf.tensor2d(B, [2, 3])));
      const gradient = tf.tidy(() => [
        ...tf
          .grad(sum)(tf.tensor2d(A, [2, 3]))
          .dataSync(),
      ]);
      const step = 1e-2;
      const total = (values: number[]) => valueOf(text, values).reduce((all, value) => all + value, 0);
      A.forEach((_, i) => {
        const moved = (by: number) => total(A.map((a, j) => (j === i ? a + by : a)));
        // Richardson's two differences: the error is of the fourth order.
        const [wide, near] = [(moved(2 * step) - moved(-2 * step)) / (4 * step), (moved(step) - moved(-step)) / (2 * step)]; // prettier-ignore
        expect(Math.abs(gradient[i] - (4 * near - wide) / 3), `${text}, ${i}`).toBeLessThan(3e-3);
      });
    }
  });
});
