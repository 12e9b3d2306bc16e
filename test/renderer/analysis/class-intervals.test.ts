import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { axisStart, classRows } from '../../../renderer/analysis/class-intervals';

const counts = fc.array(fc.array(fc.nat(60), { minLength: 3, maxLength: 3 }), { minLength: 3, maxLength: 3 });

describe('intervals of precision, recall and F1', () => {
  it('are undefined for a class that neither occurs nor was predicted', () => {
    const [, absent] = classRows({
      labels: ['a', 'b'],
      counts: [
        [5, 0],
        [0, 0],
      ],
    });
    expect(absent).toMatchObject({ precision: null, recall: null, f1: null });
    expect(absent.intervals).toEqual({ precision: null, recall: null, f1: null });
  });

  it('say how little four samples prove', () => {
    const [first] = classRows({
      labels: ['a', 'b'],
      counts: [
        [4, 0],
        [0, 9],
      ],
    });
    expect(first.recall).toBe(1);
    expect(first.intervals.recall?.low).toBeCloseTo(0.51, 2);
  });

  it('hold the value that they are about', () => {
    fc.assert(
      fc.property(counts, (cells) => {
        for (const row of classRows({ labels: ['a', 'b', 'c'], counts: cells }))
          for (const name of ['precision', 'recall', 'f1'] as const) {
            const value = row[name];
            const interval = row.intervals[name];
            expect(value === null).toBe(interval === null);
            if (value === null || interval === null) continue;
            expect(interval.low).toBeLessThanOrEqual(value + 1e-12);
            expect(interval.high).toBeGreaterThanOrEqual(value - 1e-12);
          }
      }),
    );
  });

  it('of F1 are those of tp / (tp + fp + fn), carried over', () => {
    // 40 right, 2 missed, 3 too many: J = 40/45, Wilson 95 % 0.7650 to 0.9516, F1 = 2J / (1 + J).
    const [first] = classRows({
      labels: ['a', 'b'],
      counts: [
        [40, 2],
        [3, 30],
      ],
    });
    expect(first.f1).toBeCloseTo(80 / 85, 12);
    expect(first.intervals.f1?.low).toBeCloseTo((2 * 0.765) / 1.765, 3);
    expect(first.intervals.f1?.high).toBeCloseTo((2 * 0.9516) / 1.9516, 3);
  });

  it('are all within the axis that is printed over them', () => {
    fc.assert(
      fc.property(counts, (cells) => {
        const rows = classRows({ labels: ['a', 'b', 'c'], counts: cells });
        const start = axisStart(rows);
        expect(start).toBeGreaterThanOrEqual(0);
        for (const { intervals } of rows)
          for (const interval of Object.values(intervals))
            expect(interval?.low ?? 1).toBeGreaterThanOrEqual(start - 1e-9);
      }),
    );
  });
});
