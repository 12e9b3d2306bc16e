import { describe, expect, it } from 'vitest';
import { fans, initialValues } from '../../../electron/engine/network/initializers';

const values = (initializer: unknown, shape: number[], seed = 1): Float32Array =>
  initialValues({ seed, block: 'a', weight: 'kernel', initializer, shape });
const mean = (numbers: Float32Array): number =>
  numbers.reduce((sum, value) => sum + value, 0) / numbers.length;
const deviation = (numbers: Float32Array): number => {
  const center = mean(numbers);
  return Math.sqrt(mean(numbers.map((value) => (value - center) ** 2)));
};

describe('initial weights', () => {
  it('counts the fans of kernels as Keras does', () => {
    expect(fans([784, 128])).toEqual({ fanIn: 784, fanOut: 128 });
    expect(fans([3, 3, 16, 32])).toEqual({ fanIn: 144, fanOut: 288 });
  });

  const [fanIn, fanOut] = [300, 200];
  const shape = [fanIn, fanOut];
  it.each([
    ['glorot_uniform', Math.sqrt(2 / (fanIn + fanOut)), Math.sqrt(6 / (fanIn + fanOut))],
    ['glorot_normal', Math.sqrt(2 / (fanIn + fanOut)), (2 * Math.sqrt(2 / (fanIn + fanOut))) / 0.8796],
    ['he_uniform', Math.sqrt(2 / fanIn), Math.sqrt(6 / fanIn)],
    ['he_normal', Math.sqrt(2 / fanIn), (2 * Math.sqrt(2 / fanIn)) / 0.8796],
    ['lecun_uniform', Math.sqrt(1 / fanIn), Math.sqrt(3 / fanIn)],
    ['lecun_normal', Math.sqrt(1 / fanIn), (2 * Math.sqrt(1 / fanIn)) / 0.8796],
    ['random_normal', 0.05, Infinity],
    ['random_uniform', 0.1 / Math.sqrt(12), 0.05],
    ['truncated_normal', 0.05 * 0.8796, 0.1],
  ])('%s has Keras’ spread and limit', (name, expected, limit) => {
    const drawn = values(name, shape);
    expect(Math.abs(mean(drawn))).toBeLessThan(0.02 * expected);
    expect(deviation(drawn) / expected).toBeCloseTo(1, 1);
    expect(drawn.reduce((most, value) => Math.max(most, Math.abs(value)), 0)).toBeLessThanOrEqual(limit);
  });

  it.each([[[5, 3]], [[3, 5]], [[2, 2, 3, 4]]])(
    'orthogonal gives orthonormal rows or columns for %j',
    (of) => {
      const drawn = values('orthogonal', of);
      const columns = of[of.length - 1];
      const rows = drawn.length / columns;
      const dot = (a: number, b: number): number => {
        let sum = 0;
        const length = rows >= columns ? rows : columns;
        for (let i = 0; i < length; i++)
          sum +=
            rows >= columns
              ? drawn[i * columns + a] * drawn[i * columns + b]
              : drawn[a * columns + i] * drawn[b * columns + i];
        return sum;
      };
      const count = Math.min(rows, columns);
      for (let a = 0; a < count; a++)
        for (let b = 0; b < count; b++) expect(dot(a, b)).toBeCloseTo(a === b ? 1 : 0, 5);
    },
  );

  it.each([
    [{ class_name: 'RandomNormal', config: { mean: 3, stddev: 0.5 } }, 3, 0.5],
    [{ class_name: 'TruncatedNormal', config: { mean: -1, stddev: 0.5 } }, -1, 0.5 * 0.8796],
    [{ class_name: 'RandomUniform', config: { minval: 1, maxval: 2 } }, 1.5, 1 / Math.sqrt(12)],
    [{ class_name: 'VarianceScaling', config: { scale: 3, mode: 'fan_out', distribution: 'uniform' } }, 0, Math.sqrt(3 / fanOut)],
    [{ class_name: 'VarianceScaling', config: { distribution: 'untruncated_normal' } }, 0, Math.sqrt(1 / fanIn)],
    ['variance_scaling', 0, Math.sqrt(1 / fanIn)],
  ])('%j has its mean and spread', (initializer, middle, expected) => {
    const drawn = values(initializer, shape);
    expect(Math.abs(mean(drawn) - middle)).toBeLessThan(0.02 * expected);
    expect(deviation(drawn) / expected).toBeCloseTo(1, 1);
  }); // prettier-ignore

  it('sets constants, ones on the diagonal, and a gain', () => {
    const of = (class_name: string, config: object, size: number[]) => [
      ...values({ class_name, config }, size),
    ];
    expect(of('Constant', { value: 2.5 }, [3])).toEqual([2.5, 2.5, 2.5]);
    expect([...values('identity', [2, 3])]).toEqual([1, 0, 0, 0, 1, 0]);
    expect(of('Identity', { gain: 2 }, [3, 2])).toEqual([2, 0, 0, 2, 0, 0]);
    const [plain, doubled] = [1, 2].map((gain) => of('Orthogonal', { gain }, [4, 4]));
    expect(doubled).toEqual(plain.map((value) => 2 * value));
  });

  it('depends on seed, block and weight, and on nothing else', () => {
    expect(values('glorot_uniform', [4, 4])).toEqual(values('glorot_uniform', [4, 4]));
    expect(values('glorot_uniform', [4, 4])).not.toEqual(values('glorot_uniform', [4, 4], 2));
    const other = initialValues({
      seed: 1,
      block: 'b',
      weight: 'kernel',
      initializer: 'glorot_uniform',
      shape: [4, 4],
    });
    expect(other).not.toEqual(values('glorot_uniform', [4, 4]));
  });
});
