/**
 * Owns the initial weights: Keras 3's initialisers by their names, computed here from counter-based random numbers, so
 * that the same seed gives the same weights on every machine and backend.
 */
import { z } from 'zod';
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
const scaling = z.object({
  scale: z.number().default(1),
  mode: z.enum(['fan_in', 'fan_out', 'fan_avg']).default('fan_in'),
  distribution: z.enum(['truncated_normal', 'untruncated_normal', 'uniform']).default('truncated_normal'),
});
function varianceScaling(raw: z.input<typeof scaling>): Initializer {
  const { scale, mode, distribution } = scaling.parse(raw);
  return (shape, random) => {
    const { fanIn, fanOut } = fans(shape);
    const fan = { fan_in: fanIn, fan_out: fanOut, fan_avg: (fanIn + fanOut) / 2 }[mode];
    const variance = scale / Math.max(1, fan);
    const [deviation, limit] = [Math.sqrt(variance), Math.sqrt(3 * variance)];
    const next = {
      uniform: (stream: RandomStream) => stream.between(-limit, limit),
      untruncated_normal: (stream: RandomStream) => deviation * stream.normal(),
      truncated_normal: (stream: RandomStream) => (deviation / TRUNCATED_DEVIATION) * truncatedNormal(stream),
    }[distribution];
    return draw(next)(shape, random);
  };
}

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

const filled =
  (value: number): Initializer =>
  (shape) =>
    new Float32Array(sizeOf(shape)).fill(value);
const scaled =
  (initialize: Initializer, gain: number): Initializer =>
  (shape, random) =>
    initialize(shape, random).map((value) => gain * value);

/** 1 on the diagonal of a matrix. */
const identity: Initializer = (shape) => {
  const [, columns] = shape;
  if (shape.length !== 2) throw new Error(`[${shape.join()}] is no matrix`);
  return Float32Array.from({ length: sizeOf(shape) }, (_, at) =>
    Math.floor(at / columns) === at % columns ? 1 : 0,
  );
};

/** A row has no right angles. */
const orthogonalOrGlorot: Initializer = (shape, random) =>
  shape.length < 2 ? glorotUniform(shape, random) : orthogonal(shape, random);

const glorotUniform = varianceScaling({ mode: 'fan_avg', distribution: 'uniform' });
const constant = z.object({ value: z.number().default(0) });
const gain = z.object({ gain: z.number().default(1) });
const normal = z.object({ mean: z.number().default(0), stddev: z.number().default(0.05) });
const uniform = z.object({ minval: z.number().default(-0.05), maxval: z.number().default(0.05) });

/** By Keras' classes. */
const initializers: Readonly<Record<string, (config: object) => Initializer>> = {
  Zeros: () => filled(0),
  Ones: () => filled(1),
  Constant: (raw) => filled(constant.parse(raw).value),
  Identity: (raw) => scaled(identity, gain.parse(raw).gain),
  GlorotUniform: () => glorotUniform,
  GlorotNormal: () => varianceScaling({ mode: 'fan_avg' }),
  HeUniform: () => varianceScaling({ scale: 2, distribution: 'uniform' }),
  HeNormal: () => varianceScaling({ scale: 2 }),
  LecunUniform: () => varianceScaling({ distribution: 'uniform' }),
  LecunNormal: () => varianceScaling({}),
  VarianceScaling: (raw) => varianceScaling(raw),
  RandomNormal: (raw) => {
    const { mean, stddev } = normal.parse(raw);
    return draw((random) => mean + stddev * random.normal());
  },
  RandomUniform: (raw) => {
    const { minval, maxval } = uniform.parse(raw);
    return draw((random) => random.between(minval, maxval));
  },
  TruncatedNormal: (raw) => {
    const { mean, stddev } = normal.parse(raw);
    return draw((random) => mean + stddev * truncatedNormal(random));
  },
  /** Own: −1 or +1, each with probability one half. */
  RandomSigns: () => draw((random) => (random.uniform() < 0.5 ? -1 : 1)),
  Orthogonal: (raw) => scaled(orthogonalOrGlorot, gain.parse(raw).gain),
};

/** `glorot_uniform` → `GlorotUniform`, as Keras' short names are made. */
const classOf = (name: string): string =>
  name.replace(/(^|_)([a-z])/g, (_all, _mark: string, letter: string) => letter.toUpperCase());

/** A config's initialiser: a short name, or a class with parameters. */
export const initializerConfig = z.union([
  z.string().transform((name) => ({ class_name: classOf(name), config: {} })),
  z.object({ class_name: z.string(), config: z.looseObject({}).default({}) }),
]);

/** Where a layer's config names no initialiser for the weight: Keras' defaults. */
const defaults: Record<string, string> = {
  kernel: 'glorot_uniform',
  depthwise_kernel: 'glorot_uniform',
  pointwise_kernel: 'glorot_uniform',
  recurrent_kernel: 'orthogonal',
  embeddings: 'random_uniform',
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
  /** Keras' initialiser: its name, or class and config; undefined or null takes the default of the weight. */
  initializer: unknown;
  shape: readonly number[];
}

/** Row-major. */
export function initialValues({ seed, block, weight, initializer, shape }: InitialWeight): Float32Array {
  const { class_name, config } = initializerConfig.parse(initializer ?? defaults[weight]);
  const make = initializers[class_name];
  if (make === undefined) throw new Error(`no initialiser "${class_name}" for ${block}/${weight}`);
  return make(config)(shape, new RandomStream(seed, block, weight));
}
