import { beforeAll, describe, expect, it } from 'vitest';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { engineWay as path } from './engine-way';

/** The textbook's update in double precision. */
function byHand(steps: number, update: (gradient: number, t: number) => number): number[] {
  let weights = 3;
  return Array.from({ length: steps }, (_, i) => (weights += update(2 * weights, i + 1)));
}

describe.skipIf(lacks('the native engine', hasNative))('optimizers follow their formulas', () => {
  beforeAll(useNative);
  const agree = (a: number[], b: number[]) => a.forEach((value, i) => expect(value).toBeCloseTo(b[i], 5));

  it('SGD', () => agree(path('SGD', { learning_rate: 0.1 }, 4), [2.4, 1.92, 1.536, 1.2288]));

  it('SGD with momentum', () => {
    let v = 0;
    agree(
      path('SGD', { learning_rate: 0.1, momentum: 0.9 }, 6),
      byHand(6, (g) => (v = 0.9 * v - 0.1 * g)),
    );
  });

  it('SGD with Nesterov’s look ahead', () => {
    let v = 0;
    agree(
      path('SGD', { learning_rate: 0.1, momentum: 0.9, nesterov: true }, 6),
      byHand(6, (g) => {
        v = 0.9 * v - 0.1 * g;
        return 0.9 * v - 0.1 * g;
      }),
    );
  });

  it('RMSprop, centred and with momentum', () => {
    let [s, m, a] = [0, 0, 0];
    agree(
      path('RMSprop', { learning_rate: 0.1, rho: 0.8, momentum: 0.5, centered: true, epsilon: 1e-3 }, 6),
      byHand(6, (g) => {
        s = 0.8 * s + 0.2 * g * g;
        a = 0.8 * a + 0.2 * g;
        m = 0.5 * m + (0.1 * g) / Math.sqrt(s - a * a + 1e-3);
        return -m;
      }),
    );
  });

  it('Rprop, whose steps grow while the sign stays and shrink when it changes', () => {
    // From 3 the steps are 1, 1.2, 1.44 (past 0), then it waits with half the step, and goes back by it.
    agree(path('Rprop', { learning_rate: 1 }, 5, { step_size: 1 }), [2, 0.8, -0.64, -0.64, 0.08]);
  });

  it('schedule-free AdamW, whose weights lie between the last step and the mean of all', () => {
    let [z, x, v] = [3, 3, 0];
    agree(
      path('ScheduleFreeAdamW', { learning_rate: 0.1, beta_1: 0.8, warmup_steps: 3 }, 6, { momentum: 3 }),
      byHand(6, (g, t) => {
        const before = 0.2 * z + 0.8 * x;
        v = 0.999 * v + 0.001 * g * g;
        z -= (0.1 * Math.min(1, t / 3) * g) / (Math.sqrt(v / (1 - 0.999 ** t)) + 1e-8);
        x = (1 - 1 / t) * x + z / t;
        return 0.2 * z + 0.8 * x - before;
      }),
    );
  });

  it('a written rule: Adam as a formula, and its states', () => {
    const rule =
      'm = 0.9*m + 0.1*g\ns = 0.999*s + 0.001*g^2\nw = w - rate * (m/(1-0.9^t)) / (sqrt(s/(1-0.999^t)) + 1e-7)';
    const written = path('UpdateRule', { learning_rate: 0.1, rule }, 8);
    // 1 − 0.999^t has five digits in float32.
    path('Adam', { learning_rate: 0.1 }, 8).forEach((value, i) => expect(written[i]).toBeCloseTo(value, 4));
  });

  it('Adam and AMSGrad', () => {
    for (const amsgrad of [false, true]) {
      let [m, v, top] = [0, 0, 0];
      agree(
        path('Adam', { learning_rate: 0.1, amsgrad }, 8),
        byHand(8, (g, t) => {
          m = 0.9 * m + 0.1 * g;
          v = 0.999 * v + 0.001 * g * g;
          top = Math.max(top, v);
          const rate = (0.1 * Math.sqrt(1 - 0.999 ** t)) / (1 - 0.9 ** t);
          return (-rate * m) / (Math.sqrt(amsgrad ? top : v) + 1e-7);
        }),
      );
    }
  });
});
