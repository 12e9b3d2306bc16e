import { describe, expect, it } from 'vitest';
import { bestPath, editDistance, labelErrorRate } from '../../../shared/metrics/transcription';

const steps = (...symbols: number[]) =>
  Float32Array.from(symbols.flatMap((best) => [0, 1, 2].map((i) => (i === best ? 5 : i))));

describe('reading symbols', () => {
  it('takes repetitions together and leaves blanks out', () => {
    expect(bestPath(steps(1, 1, 0, 1, 2, 2, 0), 3)).toEqual([1, 1, 2]);
    expect(bestPath(steps(0, 0), 3)).toEqual([]);
  });
  it('counts the edits between two words', () => {
    const letters = (word: string) => [...word].map((letter) => letter.charCodeAt(0));
    expect(editDistance(letters('kitten'), letters('sitting'))).toBe(3);
    expect(editDistance([], [1, 2])).toBe(2);
    expect(editDistance([1, 2], [1, 2])).toBe(0);
  });
  it('is the share of wrong symbols over all samples', () => {
    const outputs = Float32Array.from([...steps(1, 0, 2), ...steps(2, 2, 2)]);
    const labels = Float32Array.from([1, 2, 0, 1, 2, 1]);
    expect(labelErrorRate(outputs, labels, { samples: 2, symbols: 3 })).toBeCloseTo(2 / 5);
    expect(labelErrorRate(outputs, new Float32Array(6), { samples: 2, symbols: 3 })).toBeNull();
  });
}); // prettier-ignore
