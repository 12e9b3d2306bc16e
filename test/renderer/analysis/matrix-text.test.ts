import { describe, expect, it } from 'vitest';
import {
  cellName,
  cellSentence,
  choiceTitle,
  chosenCount,
  emptySentence,
  mostConfused,
} from '../../../renderer/analysis/matrix-text';
import { cellText, cellValues, movedCell } from '../../../renderer/analysis/matrix-view';

const confusion = {
  labels: ['3', '4', '9'],
  counts: [
    [50, 0, 2],
    [1, 80, 14],
    [0, 0, 0],
  ],
};
const cell = (trueClass: number | null, predictedClass: number | null) => ({ trueClass, predictedClass });

describe('what a confusion matrix says in words', () => {
  it('names a cell by its classes and its count', () => {
    expect(cellName(confusion, 1, 2)).toBe('4 read as 9: 14');
    expect(cellSentence(confusion, 1, 2)).toBe('4 read as 9: 14, 14.7\u2009% of the 95 that are 4');
  });

  it('gives no share of a class without samples', () => {
    expect(cellSentence(confusion, 2, 0)).toBe('9 read as 3: 0; no sample is 9');
  });

  it('counts all samples of a cell, and the mistakes of a row, a column or everything', () => {
    expect(chosenCount(confusion, cell(0, 0))).toBe(50);
    expect(chosenCount(confusion, cell(1, null))).toBe(15);
    expect(chosenCount(confusion, cell(null, 2))).toBe(16);
    expect(chosenCount(confusion, cell(null, null))).toBe(17);
  });

  it('says why there is nothing to see', () => {
    expect(emptySentence(confusion, cell(0, 1), '')).toBe('No 3 was read as 4.');
    expect(emptySentence(confusion, cell(2, 2), '')).toBe('No 9 was read right.');
    expect(emptySentence(confusion, cell(0, null), '')).toBe('Every 3 was read right.');
    expect(emptySentence(confusion, cell(null, null), '145 test samples')).toBe(
      'Every one of the 145 test samples was read right.',
    );
  });

  it('titles the samples of a choice', () => {
    expect(choiceTitle(confusion, cell(1, 2))).toBe('True 4, predicted 9');
    expect(choiceTitle(confusion, cell(null, null))).toBe('All mistakes');
  });

  it('lists the most frequent mistakes, never what was read right', () => {
    expect(mostConfused(confusion, 2)).toEqual([
      { trueClass: 1, predictedClass: 2, count: 14 },
      { trueClass: 0, predictedClass: 2, count: 2 },
    ]);
  });
});

describe('the cells of a confusion matrix', () => {
  it('show nothing for zero, counts as they are, and shares of their row', () => {
    expect(cellText(0, 'counts')).toBe('');
    expect(cellText(1129, 'counts')).toBe('1,129');
    expect([30, 64].map((room) => cellText(1887, 'counts', room))).toEqual(['1.9k', '1,887']);
    expect([9949, 9950, 54_321].map((count) => cellText(count, 'counts', 30))).toEqual([
      '9.9k',
      '10k',
      '54k',
    ]);
    expect(cellText(982, 'counts', 24)).toBe('982');
    const shares = cellValues(confusion, 'shares');
    expect(cellText(shares[1][2], 'shares')).toBe('15');
    expect(cellText(shares[1][0], 'shares')).toBe('1.1');
    expect(cellText(0.00004, 'shares')).toBe('<0.1');
    expect(shares[2]).toEqual([0, 0, 0]);
  });

  it('are walked with the arrows and never left by them', () => {
    expect(movedCell('ArrowRight', [0, 0], 3)).toEqual([0, 1]);
    expect(movedCell('ArrowDown', [2, 1], 3)).toEqual([2, 1]);
    expect(movedCell('End', [1, 0], 3)).toEqual([1, 2]);
    expect(movedCell('Tab', [1, 0], 3)).toBeNull();
  });
});
