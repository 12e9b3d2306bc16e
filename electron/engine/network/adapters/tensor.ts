/** Owns the operations on whole tensors that Keras has as functions and TensorFlow.js has no layers for. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { z } from 'zod';
import { INPUT_NAMES } from '../../../../shared/blocks/tensor/formula';
import { FUNCTIONS } from '../../../../shared/blocks/tensor/maths';
import { REDUCTIONS } from '../../../../shared/blocks/tensor/reduction';
import { valueFormula } from '../../../../shared/formula/formula';
import { computeValue } from '../../formula/compute';
import { tf } from '../../tensorflow';
import { absolute } from '../absolute';
import { withoutGradient } from '../without-gradient';
import { resized } from '../own-layers/interpolated';
import { Operation, type Compute } from '../own-layers/operation';
import {
  cannot,
  fromStart,
  only,
  withoutActivation,
  type Adapter,
  type TfjsTranslation,
} from './adapted-layer';

const NO_LAYER = cannot('TensorFlow.js has no layer for this operation.');

const computed = (compute: Compute, tfjs: TfjsTranslation = NO_LAYER) =>
  withoutActivation(() => new Operation(compute), tfjs);

type MathsConfig = { exponent?: number; low?: number; high?: number };
const functions: Record<(typeof FUNCTIONS)[number], (x: Tensor, config: MathsConfig) => Tensor> = {
  absolute: (x) => absolute(x),
  negative: (x) => tf.neg(x),
  sign: (x) => tf.sign(x),
  square: (x) => tf.square(x),
  sqrt: (x) => tf.sqrt(x),
  rsqrt: (x) => tf.rsqrt(x),
  reciprocal: (x) => tf.reciprocal(x),
  power: (x, { exponent = 2 }) => tf.pow(x, exponent),
  exp: (x) => tf.exp(x),
  expm1: (x) => tf.expm1(x),
  log: (x) => tf.log(x),
  log1p: (x) => tf.log1p(x),
  log2: (x) => tf.mul(tf.log(x), Math.LOG2E),
  log10: (x) => tf.mul(tf.log(x), Math.LOG10E),
  sin: (x) => tf.sin(x),
  cos: (x) => tf.cos(x),
  tan: (x) => tf.tan(x),
  arcsin: (x) => tf.asin(x),
  arccos: (x) => tf.acos(x),
  arctan: (x) => tf.atan(x),
  sinh: (x) => tf.sinh(x),
  cosh: (x) => tf.cosh(x),
  erf: (x) => tf.erf(x),
  floor: (x) => tf.floor(x),
  ceil: (x) => tf.ceil(x),
  round: (x) => tf.round(x),
  clip: (x, { low = 0, high = 1 }) => tf.clipByValue(x, low, high),
};

const maths = z.object({
  function: z.enum(FUNCTIONS),
  exponent: z.number().optional(),
  low: z.number().optional(),
  high: z.number().optional(),
});
const adaptMaths: Adapter = (raw) => {
  const config = maths.parse(raw);
  return computed(([x]) => functions[config.function](x, config));
};

const variance = (x: Tensor, axes: number[], keepdims: boolean) => tf.moments(x, axes, keepdims).variance;
const reductions: Record<(typeof REDUCTIONS)[number], (x: Tensor, axes: number[], keep: boolean) => Tensor> =
  {
    mean: (x, axes, keep) => tf.mean(x, axes, keep),
    sum: (x, axes, keep) => tf.sum(x, axes, keep),
    max: (x, axes, keep) => tf.max(x, axes, keep),
    min: (x, axes, keep) => tf.min(x, axes, keep),
    prod: (x, axes, keep) => tf.prod(x, axes, keep),
    std: (x, axes, keep) => tf.sqrt(variance(x, axes, keep)),
    var: variance,
  };
const reduction = z.object({
  function: z.enum(REDUCTIONS),
  axes: z.array(z.number().int()).nullable(),
  keepdims: z.boolean(),
});
const adaptReduction: Adapter = (raw, { inputs }) => {
  const config = reduction.parse(raw);
  const all = inputs[0].map((_, axis) => axis).slice(1);
  const axes = config.axes?.map((axis) => fromStart(axis, inputs[0])) ?? all;
  return computed(([x]) => reductions[config.function](x, axes, config.keepdims));
};

const slice = z.object({ axis: z.number().int(), start: z.number().int(), length: z.number().int() });
const adaptSlice: Adapter = (raw, { inputs }) => {
  const { start, length, ...config } = slice.parse(raw);
  const axis = fromStart(config.axis, inputs[0]);
  return computed(([x]) =>
    tf.slice(
      x,
      x.shape.map((_, i) => (i === axis ? start : 0)),
      x.shape.map((n, i) => (i !== axis ? n : length === 0 ? n - start : length)),
    ),
  );
};

const adaptStopGradient: Adapter = () =>
  computed(([x]) => withoutGradient(x), only('Activation', { activation: 'linear' }));

const resizing = z.object({
  height: z.number().int(),
  width: z.number().int(),
  interpolation: z.enum(['bilinear', 'nearest']).default('bilinear'),
});
const adaptResizing: Adapter = (raw) => {
  const { height, width, interpolation } = resizing.parse(raw);
  return computed(
    ([x]) => resized(x, [height, width], interpolation),
    cannot('TensorFlow.js interpolates between other points than Keras.'),
  );
};

const centerCrop = z.object({ height: z.number().int(), width: z.number().int() });
const adaptCenterCrop: Adapter = (raw, { inputs }) => {
  const { height, width } = centerCrop.parse(raw);
  const [, rows, columns] = inputs[0];
  const before = [rows ?? height, columns ?? width].map((n, i) => Math.floor((n - [height, width][i]) / 2));
  const after = [(rows ?? height) - height - before[0], (columns ?? width) - width - before[1]];
  const cropping = [
    [before[0], after[0]],
    [before[1], after[1]],
  ];
  return computed(
    ([x]) => {
      const [batch, n, m, channels] = (x as Tensor4D).shape;
      const start = [Math.floor((n - height) / 2), Math.floor((m - width) / 2)];
      return tf.slice(x as Tensor4D, [0, start[0], start[1], 0], [batch, height, width, channels]);
    },
    only('Cropping2D', { cropping, data_format: 'channels_last' }),
  );
};

const matMul = z.object({ transpose_first: z.boolean(), transpose_second: z.boolean() });
const adaptMatMul: Adapter = (raw) => {
  const { transpose_first, transpose_second } = matMul.parse(raw);
  return computed(([a, b]) => tf.matMul(a, b, transpose_first, transpose_second));
};

const formula = z.object({ formula: z.string() });
const adaptFormula: Adapter = (raw) => {
  const checked = valueFormula(formula.parse(raw).formula, INPUT_NAMES);
  if (!checked.ok) throw new Error(checked.problem.message);
  return computed((tensors) =>
    computeValue(checked.value, new Map(tensors.map((tensor, i) => [INPUT_NAMES[i], tensor]))),
  );
};

const stack = z.object({ axis: z.number().int() });
const adaptStack: Adapter = (raw, { inputs }) => {
  const { axis } = stack.parse(raw);
  const place = axis < 0 ? axis + inputs[0].length + 1 : axis;
  return computed((tensors) => tf.stack([...tensors], place));
};

export const tensorAdapters: Record<string, Adapter> = {
  Maths: adaptMaths,
  Formula: adaptFormula,
  Reduction: adaptReduction,
  Slice: adaptSlice,
  StopGradient: adaptStopGradient,
  Resizing: adaptResizing,
  CenterCrop: adaptCenterCrop,
  MatMul: adaptMatMul,
  Stack: adaptStack,
};
