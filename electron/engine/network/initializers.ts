/**
 * Owns the initial weights: Keras 3's initialisers by their names, computed here from counter-based random numbers, so
 * that the same seed gives the same weights on every machine and backend.
 */
import { RandomStream } from '../../../shared/random/random';

/** Inputs and outputs of one unit, as Keras counts them: kernels are [..., inputs, outputs]. */
export function fans(shape: readonly number[]): { fanIn: number; fanOut: number } {
  if (shape.length < 1) return { fanIn: 1, fanOut: 1 };
  if (shape.length === 1) return { fanIn: shape[0], fanOut: shape[0] };
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return { fanIn: shape[shape.length - 2] * field, fanOut: shape[shape.length - 1] * field };
}

type Initializer = (shape: readonly number[], random: RandomStream) => Float32Array;

const sizeOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

const draw =
  (next: (random: RandomStream) => number): Initializer =>
  (shape, random) =>
    Float32Array.from({ length: sizeOf(shape) }, () => next(random));

/** Standard normal, drawn again while it lies more than two standard deviations out. */
function truncatedNormal(random: RandomStream): number {
  for (;;) {
    const value = random.normal();
    if (Math.abs(value) < 2) return value;
  }
}

/** Standard deviation of a standard normal that is cut at ±2. */
const TRUNCATED_DEVIATION = 0.87962566103423978;

/** Glorot & Bengio 2010 (average of the fans), He et al. 2015 and LeCun et al. 1998 (fan in). */
const varianceScaling =
  (scale: number, mode: 'fan_in' | 'fan_avg', distribution: 'uniform' | 'normal'): Initializer =>
  (shape, random) => {
    const { fanIn, fanOut } = fans(shape);
    const variance = scale / Math.max(1, mode === 'fan_in' ? fanIn : (fanIn + fanOut) / 2);
    if (distribution === 'uniform') {
      const limit = Math.sqrt(3 * variance);
      return draw((stream) => stream.between(-limit, limit))(shape, random);
    }
    const deviation = Math.sqrt(variance) / TRUNCATED_DEVIATION;
    return draw((stream) => deviation * truncatedNormal(stream))(shape, random);
  };

/**
 * Orthogonal rows or columns, whichever are fewer (Saxe et al. 2014): a normal matrix, orthonormalised column by column.
 * Gram–Schmidt with a positive diagonal is the QR decomposition that Keras makes by correcting signs; it is done twice
 * for each column, which keeps the columns orthogonal to rounding.
 */
function orthogonal(shape: readonly number[], random: RandomStream): Float32Array {
  const columns = shape[shape.length - 1];
  const rows = sizeOf(shape) / columns;
  const [long, short] = [Math.max(rows, columns), Math.min(rows, columns)];
  const basis: Float64Array[] = [];
  for (let j = 0; j < short; j++) {
    const vector = Float64Array.from({ length: long }, () => random.normal());
    for (let pass = 0; pass < 2; pass++) {
      for (const earlier of basis) {
        const along = earlier.reduce((sum, value, i) => sum + value * vector[i], 0);
        for (let i = 0; i < long; i++) vector[i] -= along * earlier[i];
      }
    }
    const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0));
    basis.push(vector.map((value) => value / length));
  }
  return Float32Array.from({ length: rows * columns }, (_, at) => {
    const [row, column] = [Math.floor(at / columns), at % columns];
    return rows >= columns ? basis[column][row] : basis[row][column];
  });
}

const initializers: Record<string, Initializer> = {
  zeros: (shape) => new Float32Array(sizeOf(shape)),
  ones: (shape) => new Float32Array(sizeOf(shape)).fill(1),
  glorot_uniform: varianceScaling(1, 'fan_avg', 'uniform'),
  glorot_normal: varianceScaling(1, 'fan_avg', 'normal'),
  he_uniform: varianceScaling(2, 'fan_in', 'uniform'),
  he_normal: varianceScaling(2, 'fan_in', 'normal'),
  lecun_uniform: varianceScaling(1, 'fan_in', 'uniform'),
  lecun_normal: varianceScaling(1, 'fan_in', 'normal'),
  random_normal: draw((random) => 0.05 * random.normal()),
  random_uniform: draw((random) => random.between(-0.05, 0.05)),
  truncated_normal: draw((random) => 0.05 * truncatedNormal(random)),
  /** −1 or +1, each with probability one half. */
  random_signs: draw((random) => (random.uniform() < 0.5 ? -1 : 1)),
  orthogonal: (shape, random) =>
    shape.length < 2 ? initializers.glorot_uniform(shape, random) : orthogonal(shape, random),
};

/** Where a layer's config names no initialiser for the weight: Keras' defaults. */
const defaults: Record<string, string> = {
  kernel: 'glorot_uniform',
  depthwise_kernel: 'glorot_uniform',
  pointwise_kernel: 'glorot_uniform',
  alpha: 'zeros',
  bias: 'zeros',
  gamma: 'ones',
  scale: 'ones',
  beta: 'zeros',
  moving_mean: 'zeros',
  moving_variance: 'ones',
};

export interface InitialWeight {
  seed: number;
  block: string;
  /** Keras' name of the weight. */
  weight: string;
  /** Keras' name of the initialiser; undefined takes the default of the weight. */
  initializer: string | undefined;
  shape: readonly number[];
}

/** Row-major. */
export function initialValues({ seed, block, weight, initializer, shape }: InitialWeight): Float32Array {
  const name = initializer ?? defaults[weight];
  const initialize = initializers[name];
  if (initialize === undefined) throw new Error(`no initialiser "${name}" for ${block}/${weight}`);
  return initialize(shape, new RandomStream(seed, block, weight));
}
