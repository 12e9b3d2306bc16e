import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawnPoints, numberFigures, sharedTicks } from '../../../renderer/analysis/regression-points';

const line = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ index, actual: index, predicted: index + 1 }));

describe('predicted against actual', () => {
  it('draws no more points than a screen can show, and each row only once', () => {
    const points = line(5000);
    const drawn = drawnPoints(points, points.slice(-50), 2000);
    expect(drawn).toHaveLength(2000);
    expect(new Set(drawn.map((point) => point.index)).size).toBe(2000);
  });

  it('draws every row that the table lists', () => {
    const points = line(5000);
    const drawn = new Set(drawnPoints(points, points.slice(17, 60), 100).map((point) => point.index));
    expect(points.slice(17, 60).every((point) => drawn.has(point.index))).toBe(true);
  });

  it('draws all of a few', () => {
    expect(drawnPoints(line(7), line(3))).toHaveLength(7);
  });

  it('has both axes alike, with round ticks around all values', () => {
    expect(
      sharedTicks([
        { index: 0, actual: 20, predicted: -35 },
        { index: 1, actual: 480, predicted: 566 },
      ]),
    ).toEqual([-100, 0, 100, 200, 300, 400, 500, 600]);
    const value = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(value, value, (actual, predicted) => {
        const ticks = sharedTicks([{ index: 0, actual, predicted }]);
        const slack = 1e-6 * (Math.abs(actual) + Math.abs(predicted) + 1);
        expect(ticks[0]).toBeLessThanOrEqual(Math.min(actual, predicted) + slack);
        expect(ticks[ticks.length - 1]).toBeGreaterThanOrEqual(Math.max(actual, predicted) - slack);
        expect(ticks.length).toBeLessThanOrEqual(12);
      }),
    );
  });

  it('measures the error in the unit of the target', () => {
    expect(numberFigures(line(4))).toEqual({ mae: 1, rmse: 1, r2: 1 - 4 / 5, n: 4 });
    expect(numberFigures([])).toEqual({ mae: null, rmse: null, r2: null, n: 0 });
  });
});
