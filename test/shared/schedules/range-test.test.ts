import { describe, expect, it } from 'vitest';
import { hasRunAway, suggestedRate, type RangePoint } from '../../../shared/schedules/range-test';
import { rateOf } from '../../../shared/schedules/rates';
import { learningRateConfig, rangeTestOf } from '../../../shared/schedules/schedules';

/** Flat at 2, down to 0.5 around a rate of 0.01, up again from 0.1 on: a curve as in Smith's figure. */
const curve = (rate: number): number => {
  const decade = Math.log10(rate);
  return 2 - 1.5 / (1 + Math.exp(-4 * (decade + 2))) + Math.exp(5 * (decade + 0.5));
};
const rates = Array.from({ length: 200 }, (_, i) => 1e-6 * 10 ** ((7 * i) / 199));
const points: RangePoint[] = rates.map((rate) => ({ rate, loss: curve(rate) }));

describe('the learning-rate range test', () => {
  it('suggests the rate where the loss falls fastest', () => {
    const suggestion = suggestedRate(points) ?? 0;
    expect(suggestion).toBeGreaterThan(0.005);
    expect(suggestion).toBeLessThan(0.05);
  });

  it('suggests none where the loss never falls, or after too few steps', () => {
    expect(suggestedRate(points.map(({ rate }, i) => ({ rate, loss: 1 + i })))).toBeNull();
    expect(suggestedRate(points.slice(0, 5))).toBeNull();
  });

  it('is over when the loss has run away or is no number, and not before', () => {
    expect(hasRunAway(points.filter(({ rate }) => rate < 0.1))).toBe(false);
    expect(hasRunAway(points)).toBe(true);
    expect(hasRunAway([...points.slice(0, 3), { rate: 1, loss: NaN }])).toBe(true);
    expect(hasRunAway([])).toBe(false);
  });

  it('climbs evenly in decades from the start to the end, whatever the learning rate', () => {
    const chosen = { class_name: 'RangeTest', config: { range_steps: 71, end_learning_rate: 10 } };
    const rate = rateOf(learningRateConfig(0.5, chosen));
    expect(rate(0)).toBeCloseTo(1e-6, 12);
    expect(rate(10) / rate(0)).toBeCloseTo(10, 6);
    expect(rate(70)).toBeCloseTo(10, 6);
    expect(rate(500)).toBeCloseTo(10, 6);
    expect(rangeTestOf(learningRateConfig(1e-6, chosen))).toEqual({ range_steps: 71 });
    expect(rangeTestOf(learningRateConfig(1e-6, null))).toBeNull();
  });
});
