import { describe, expect, it } from 'vitest';
import { countStepNames, countSteps, shareSteps, stepOf } from '../../../renderer/analysis/error-steps';

describe('the four orange steps of errors', () => {
  it('cover about the same ratio each, so that few errors are told apart as well as many', () => {
    expect(countSteps(14)).toEqual([2, 4, 8]);
    expect([1, 2, 3, 4, 5, 8, 9, 14].map((count) => stepOf(count, countSteps(14)))).toEqual([
      1, 1, 2, 2, 3, 3, 4, 4,
    ]);
    expect(countStepNames(14)).toEqual(['1 to 2', '3 to 4', '5 to 8', '9 and more']);
  });

  it('are as many as there are different counts where errors are rare', () => {
    expect(countStepNames(0)).toEqual([]);
    expect(countStepNames(1)).toEqual(['1']);
    expect(countStepNames(3)).toEqual(['1', '2', '3']);
    expect(stepOf(1, countSteps(1))).toBe(1);
    expect(stepOf(3, countSteps(3))).toBe(3);
  });

  it('leave an empty cell empty', () => {
    expect(stepOf(0, countSteps(14))).toBe(0);
    expect(stepOf(0, shareSteps(0))).toBe(0);
  });

  it.each([5, 6, 17, 100, 999, 12345])('name every count up to %i in exactly one step, in order', (most) => {
    const steps = countSteps(most);
    expect([...steps].sort((a, b) => a - b)).toEqual([...steps]);
    expect(stepOf(most, steps)).toBe(steps.length + 1);
    expect(countStepNames(most)).toHaveLength(steps.length + 1);
  });

  it('are halves of the largest share in a matrix of row per cent', () => {
    expect([0.005, 0.02, 0.03, 0.08].map((share) => stepOf(share, shareSteps(0.08)))).toEqual([1, 2, 3, 4]);
  });
});
