/** The built-in set "Handwritten digits": what a person may rely on when choosing a count and a seed. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { allographs } from '../../electron/data/generators/digits/allographs';
import { STROKE_POINTS, traceStroke } from '../../electron/data/generators/digits/curve';
import { DIGITS_VERSION, generateDigits } from '../../electron/data/generators/digits/digits';
import type { Digits } from '../../electron/data/generators/digits/digits';

const PIXELS = 28 * 28;

function pictures({ images }: Digits): Uint8Array[] {
  return Array.from({ length: images.length / PIXELS }, (_, i) =>
    images.subarray(i * PIXELS, (i + 1) * PIXELS),
  );
}

function centreOfMass(picture: Uint8Array): { x: number; y: number } {
  let [mass, x, y] = [0, 0, 0];
  picture.forEach((ink, at) => {
    mass += ink;
    x += ink * (at % 28);
    y += ink * Math.floor(at / 28);
  });
  return { x: x / mass, y: y / mass };
}

/** Columns and rows from the first to the last with ink in it. */
function inkedSides(picture: Uint8Array): { width: number; height: number } {
  const columns: number[] = [];
  const rows: number[] = [];
  picture.forEach((ink, at) => {
    if (ink === 0) return;
    columns.push(at % 28);
    rows.push(Math.floor(at / 28));
  });
  const side = (values: number[]) => Math.max(...values) - Math.min(...values) + 1;
  return { width: side(columns), height: side(rows) };
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];
}

function shareOf<T>(items: readonly T[], holds: (item: T) => boolean): number {
  return items.filter(holds).length / items.length;
}

describe('the same request', () => {
  it('gives the same pictures, on every machine', () => {
    const { images, labels } = generateDigits({ count: 64, seed: 7 });
    const checksum = createHash('sha256').update(images).update(labels).digest('hex');
    // Other pictures for the same seed need another DIGITS_VERSION, so that saved runs notice.
    expect({ version: DIGITS_VERSION, checksum }).toEqual({
      version: 1,
      checksum: '9b92cb8e607de385dbde601bd40d4fbe4f90fd0aa213eae1995fe72d7f584b1e',
    });
  });

  it('gives other pictures with another seed', () => {
    const [one, other] = [generateDigits({ count: 20, seed: 1 }), generateDigits({ count: 20, seed: 2 })];
    const otherPictures = pictures(other);
    pictures(one).forEach((picture, i) => expect(picture).not.toEqual(otherPictures[i]));
  });
});

describe('a smaller set', () => {
  const large = generateDigits({ count: 300, seed: 3 });

  it('is the start of a larger one', () => {
    const small = generateDigits({ count: 100, seed: 3 });
    expect(small.images).toEqual(large.images.subarray(0, 100 * PIXELS));
    expect(small.labels).toEqual(large.labels.subarray(0, 100));
  });

  it('can be taken from the middle', () => {
    const middle = generateDigits({ count: 50, seed: 3, firstIndex: 200 });
    expect(middle.images).toEqual(large.images.subarray(200 * PIXELS, 250 * PIXELS));
    expect(middle.labels).toEqual(large.labels.subarray(200, 250));
  });

  it('can be taken from far behind without drawing what comes before', () => {
    const { images, labels } = generateDigits({ count: 2, seed: 3, firstIndex: 5_000_000_000 });
    expect(images.some((ink) => ink > 0)).toBe(true);
    expect(Math.max(...labels)).toBeLessThan(10);
  });

  it('can be empty', () => {
    expect(generateDigits({ count: 0, seed: 3 })).toEqual({
      images: new Uint8Array(0),
      labels: new Uint8Array(0),
    });
  });
});

describe('the pictures', () => {
  const digits = generateDigits({ count: 2000, seed: 11 });
  const all = pictures(digits);

  it('are white ink on black paper with soft edges', () => {
    expect(shareOf(all, (picture) => Math.max(...picture) >= 200)).toBeGreaterThan(0.99);
    expect(all.every((picture) => picture[0] === 0)).toBe(true);
    const inked = digits.images.filter((ink) => ink > 0);
    const soft = inked.filter((ink) => ink < 200).length / inked.length;
    expect(soft).toBeGreaterThan(0.15);
    expect(soft).toBeLessThan(0.6);
  });

  it('use about as much ink as MNIST, whose mean is 33', () => {
    const mean = digits.images.reduce((sum, ink) => sum + ink, 0) / digits.images.length;
    expect(mean).toBeGreaterThan(30);
    expect(mean).toBeLessThan(37);
  });

  it('have their centre of mass in the middle', () => {
    const off = all.map(centreOfMass).map(({ x, y }) => Math.max(Math.abs(x - 13.5), Math.abs(y - 13.5)));
    expect(shareOf(off, (distance) => distance <= 0.55)).toBeGreaterThan(0.97);
    expect(Math.max(...off)).toBeLessThan(2);
  });

  it('fit into 20 by 20 pixels and fill one side of it', () => {
    const sides = all.map(inkedSides).map(({ width, height }) => Math.max(width, height));
    expect(shareOf(sides, (side) => side >= 18 && side <= 20)).toBeGreaterThan(0.97);
  });

  it('hold every digit about equally often', () => {
    const counts = new Array<number>(10).fill(0);
    digits.labels.forEach((label) => counts[label]++);
    // 200 each is expected, with a standard deviation of 13.4.
    for (const count of counts) expect(Math.abs(count - 200)).toBeLessThan(54);
    expect(new Set(counts).size).toBeGreaterThan(1);
  });

  it('are never twice the same', () => {
    const seen = new Set(all.map((picture) => createHash('sha256').update(picture).digest('hex')));
    expect(seen.size).toBe(all.length);
  });

  it('come from many hands: thin and thick pens, narrow and wide writing', () => {
    const zeros = all.filter((_, i) => digits.labels[i] === 0);
    const ink = zeros
      .map((picture) => picture.reduce((sum, value) => sum + value, 0) / 255)
      .sort((a, b) => a - b);
    expect(ink[Math.floor(ink.length * 0.95)]).toBeGreaterThan(1.7 * ink[Math.floor(ink.length * 0.05)]);
    const widths = zeros.map((picture) => inkedSides(picture).width).sort((a, b) => a - b);
    expect(
      widths[Math.floor(widths.length * 0.95)] - widths[Math.floor(widths.length * 0.05)],
    ).toBeGreaterThan(4);
  });

  it('show ones that are narrower than zeros', () => {
    const width = (digit: number) =>
      median(all.filter((_, i) => digits.labels[i] === digit).map((p) => inkedSides(p).width));
    expect(width(1)).toBeLessThan(width(0) - 4);
  });
});

describe('learning from the pictures', () => {
  /** Share of the last 1,000 of 5,000 pictures whose nearest mean picture of a digit is that of their own digit. */
  function nearestMeanAccuracy(): number {
    const { images, labels } = generateDigits({ count: 5000, seed: 5 });
    const means = Array.from({ length: 10 }, () => new Float64Array(PIXELS));
    const counts = new Array<number>(10).fill(0);
    for (let i = 0; i < 4000; i++) counts[labels[i]]++;
    for (let at = 0; at < 4000 * PIXELS; at++) {
      const label = labels[Math.floor(at / PIXELS)];
      means[label][at % PIXELS] += images[at] / counts[label];
    }
    const distance = (i: number, mean: Float64Array) =>
      mean.reduce((sum, value, pixel) => sum + (value - images[i * PIXELS + pixel]) ** 2, 0);
    let right = 0;
    for (let i = 4000; i < 5000; i++) {
      const distances = means.map((mean) => distance(i, mean));
      if (distances.indexOf(Math.min(...distances)) === labels[i]) right++;
    }
    return right / 1000;
  }

  it('is possible, and not trivial, for the simplest classifier (about 81 % on MNIST)', () => {
    const accuracy = nearestMeanAccuracy();
    expect(accuracy).toBeGreaterThan(0.68);
    expect(accuracy).toBeLessThan(0.9);
  });
});

describe('the forms', () => {
  it('are at least five for every digit', () => {
    expect(allographs).toHaveLength(10);
    for (const forms of allographs) expect(forms.length).toBeGreaterThanOrEqual(5);
  });

  it('are traced as points at equal distances, corners included', () => {
    const stroke = traceStroke('0,0 100,0! 100,100');
    expect(stroke).toHaveLength(2 * STROKE_POINTS);
    expect([stroke[0], stroke[1]]).toEqual([0, 0]);
    expect(stroke[2 * STROKE_POINTS - 2]).toBeCloseTo(100, 6);
    expect(stroke[2 * STROKE_POINTS - 1]).toBeCloseTo(100, 6);
    expect(Math.max(...stroke)).toBeLessThan(100.001);
    for (let i = 0; i + 3 < stroke.length; i += 2) {
      const step = Math.hypot(stroke[i + 2] - stroke[i], stroke[i + 3] - stroke[i + 1]);
      expect(step).toBeLessThanOrEqual(200 / (STROKE_POINTS - 1) + 1e-3);
    }
  });
});
