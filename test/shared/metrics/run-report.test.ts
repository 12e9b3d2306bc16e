/** What the end of a run gives away: each rule fires where it should and is silent at a near miss. */
import { describe, expect, it } from 'vitest';
import { notSignificant, type EarlierRun } from '../../../shared/metrics/run-comparison';
import { reportRules, type FinalFigures } from '../../../shared/metrics/run-report';

const training = { samples: 6000, seen: 6000, weightless: 0 };
const accuracy = (value: number | null, n: number, loss = 0.3) => ({ loss, n, accuracy: value });
const found = (metrics: FinalFigures['metrics'], more: Partial<FinalFigures> = {}) =>
  reportRules({ metrics, training, epochs: 5, ...more }, 'train');
const codes = (metrics: FinalFigures['metrics'], more: Partial<FinalFigures> = {}) =>
  found(metrics, more).map(({ code }) => code);

const sure = { train: accuracy(0.95, 6000), validation: accuracy(0.94, 2000), test: accuracy(0.94, 2000) };

it('nothing is said of a run whose figures are sure and fit together', () => {
  expect(found(sure)).toEqual([]);
});

describe('run/metric-sample', () => {
  it('says from how few samples an accuracy is, and the ends of its 95 % interval', () => {
    const [hint] = found({ ...sure, validation: undefined, test: accuracy(0.8, 20) });
    expect(hint).toMatchObject({ code: 'run/metric-sample', severity: 'hint', block: 'train' });
    // Wilson's interval of 16 of 20, as statsmodels.stats.proportion.proportion_confint gives it: 0.584, 0.919.
    expect(hint.message).toBe(
      'The test accuracy of 80.0 % is from 20 samples: it may as well be 58.4 % or 91.9 %.',
    );
  });
  it('says where an accuracy is of the training samples', () => {
    expect(found({ train: accuracy(0.99, 6000) })[0].message).toBe(
      'The accuracy of 99.0 % is that of the 6,000 training samples.',
    );
  });
  it('is silent where the interval is narrow, and where nothing is counted', () => {
    expect(codes({ train: accuracy(0.9, 300), test: accuracy(0.9, 200) })).toEqual([]);
    expect(codes({ train: { loss: 3, n: 20 }, test: { loss: 3, n: 20, mean_absolute_error: 1 } })).toEqual(
      [],
    );
  });
});

describe('run/undefined-metric', () => {
  it('names the figures that are 0 divided by 0, and the part', () => {
    const [hint] = found({ ...sure, test: { ...sure.test, 'precision[cat]': null, 'precision[dog]': 0 } });
    expect(hint).toMatchObject({ code: 'run/undefined-metric', severity: 'hint' });
    expect(hint.message).toContain('precision[cat] is undefined for the test part of 2,000 samples');
  });
  it('is silent where a figure is 0, and where the run broke off without any figure', () => {
    expect(codes({ ...sure, test: { ...sure.test, precision: 0 } })).toEqual([]);
    expect(codes({ ...sure, test: { loss: null, n: 2000, accuracy: null } })).toEqual([]);
  });
});

describe('run/mismatch', () => {
  it('fires where the test accuracy is further below the validation accuracy than chance explains', () => {
    const [warning] = found({ ...sure, test: accuracy(0.85, 2000) });
    expect(warning).toMatchObject({ code: 'run/mismatch', severity: 'warning' });
    expect(warning.message).toContain('test accuracy is 85.0 % of 2,000 samples');
    expect(warning.message).toContain('94.0 % of 2,000');
  });
  it('fires where the test loss of numbers is twice that of the validation part', () => {
    const parts = { validation: { loss: 1, n: 500 }, test: { loss: 2.1, n: 500 } };
    expect(codes(parts)).toEqual(['run/mismatch']);
  });
  it('is silent where the same difference is from few samples, the test part is better, or there is one part', () => {
    const few = { validation: accuracy(0.94, 50), test: accuracy(0.85, 50) };
    expect(codes(few)).not.toContain('run/mismatch');
    expect(codes({ ...sure, test: accuracy(0.99, 2000) })).toEqual([]);
    expect(codes({ ...sure, validation: undefined })).toEqual([]);
    expect(codes({ validation: { loss: 1, n: 500 }, test: { loss: 1.8, n: 500 } })).toEqual([]);
    expect(codes({ validation: { loss: 1, n: 50 }, test: { loss: 2.1, n: 50 } })).toEqual([]);
  });
});

describe('run/few-samples-seen', () => {
  it('fires where the run ended within its first epoch', () => {
    const [warning] = found(sure, { epochs: 0, training: { ...training, seen: 320 } });
    expect(warning).toMatchObject({ code: 'run/few-samples-seen', severity: 'warning' });
    expect(warning.message).toBe('Only 320 of the 6,000 training samples were learned from.');
  });
  it('fires where a class weighs nothing, and says so', () => {
    const [warning] = found(sure, { training: { ...training, weightless: 900 } });
    expect(warning.message).toContain('5,100 of the 6,000');
    expect(warning.why).toContain('class_weight');
  });
  it('is silent after one whole epoch', () => {
    expect(codes(sure, { epochs: 1 })).toEqual([]);
  });
});

describe('run/not-significant', () => {
  const run = (number: number, value: number, n = 200, planHash = `plan ${number}`): EarlierRun => ({
    number,
    planHash,
    metrics: { test: accuracy(value, n) },
  });
  const compared = (value: number, earlier: EarlierRun[], n = 200) =>
    notSignificant({ planHash: 'now', metrics: { test: accuracy(value, n) } }, earlier);

  it('fires where a changed network is better or worse by no more than chance, and names the best run before it', () => {
    const hint = compared(0.93, [run(1, 0.8), run(2, 0.915), run(3, 0.9)]);
    expect(hint).toMatchObject({ code: 'run/not-significant', severity: 'hint', block: null });
    expect(hint?.message).toBe(
      'The accuracy of 93.0 % and that of run 2, 91.5 %, are not told apart by 200 samples.',
    );
    expect(compared(0.9, [run(2, 0.915)])?.code).toBe('run/not-significant');
  });
  it('is silent where the difference is real: more samples, or a larger one', () => {
    expect(compared(0.93, [run(1, 0.915, 20_000)], 20_000)).toBeNull();
    expect(compared(0.93, [run(1, 0.8)])).toBeNull();
  });
  it('is silent where only the seed changed, the data are others, or there is no run before', () => {
    expect(compared(0.93, [run(1, 0.915, 200, 'now')])).toBeNull();
    expect(compared(0.93, [run(1, 0.915, 300)])).toBeNull();
    expect(compared(0.93, [])).toBeNull();
    expect(
      notSignificant({ planHash: 'now', metrics: { test: { loss: 1, n: 9 } } }, [run(1, 0.9)]),
    ).toBeNull();
  });
});
