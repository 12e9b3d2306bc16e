/**
 * Owns the pictures of losses: what one answer costs. Each curve is written here once more in plain numbers, because help
 * is shown without an engine; a test compares every one of them with what the engine computes.
 */
import type { Values } from '../../blocks/block';
import { axesPath, curvePath } from '../curve-path';
import { line, words, type Drawing } from '../drawing';

export interface LossCurve {
  from: number;
  to: number;
  /** What the answer is compared with; of `classes` it is the probability of the right one of two. */
  label: number;
  classes?: boolean;
  /** What is told along the picture's lower edge. */
  answer: string;
  loss: (answer: number) => number;
}

const number = (value: unknown): number => Number(value ?? 0);
/** As far as the engine lets a probability go towards 0 and 1. */
const clipped = (p: number): number => Math.max(1e-7, Math.min(1 - 1e-7, p));
/** Of a yes that is smoothed: the share `no` counts as a no. */
const surprise = (p: number, no: number): number =>
  -(1 - no) * Math.log(clipped(p)) - no * Math.log(1 - clipped(p));

const error = (loss: (e: number) => number): LossCurve => ({
  from: -2, to: 2, label: 0, answer: 'prediction − target', loss,
}); // prettier-ignore
const score = (loss: (score: number) => number): LossCurve => ({
  from: -1.5, to: 3, label: 1, answer: 'score where the label is yes', loss,
}); // prettier-ignore
const yes = (loss: (p: number) => number): LossCurve => ({
  from: 0, to: 1, label: 1, answer: 'probability of yes where the label is yes', loss,
}); // prettier-ignore
const right = (loss: (p: number) => number): LossCurve => ({
  from: 0, to: 1, label: 1, classes: true, answer: 'probability of the right class', loss,
}); // prettier-ignore
const positive = (loss: (prediction: number) => number): LossCurve => ({
  from: 0.05, to: 6, label: 2, answer: 'prediction where the target is 2', loss,
}); // prettier-ignore

/** By block type; other losses are no curve over one number. null: of scores before softmax. */
const CURVES: Readonly<Record<string, (values: Values) => LossCurve | null>> = {
  MeanSquaredError: () => error((e) => e ** 2),
  MeanAbsoluteError: () => error(Math.abs),
  Huber: ({ delta }) =>
    error((e) => {
      const [size, d] = [Math.abs(e), number(delta)];
      return size <= d ? e ** 2 / 2 : d * size - d ** 2 / 2;
    }),
  LogCosh: () => error((e) => Math.log(Math.cosh(e))),
  MeanSquaredLogarithmicError: () => positive((p) => (Math.log1p(p) - Math.log1p(2)) ** 2),
  MeanAbsolutePercentageError: () => positive((p) => (100 * Math.abs(p - 2)) / 2),
  Poisson: () => positive((p) => p - 2 * Math.log(p + 1e-7)),
  Hinge: () => score((s) => Math.max(0, 1 - s)),
  SquaredHinge: () => score((s) => Math.max(0, 1 - s) ** 2),
  BinaryCrossentropy: ({ from_logits, label_smoothing }) => {
    const no = number(label_smoothing) / 2;
    return from_logits === true
      ? score((s) => Math.log1p(Math.exp(-s)) + no * s)
      : yes((p) => surprise(p, no));
  },
  SparseCategoricalCrossentropy: ({ from_logits }) =>
    from_logits === true ? null : right((p) => surprise(p, 0)),
  CategoricalCrossentropy: ({ from_logits, label_smoothing }) =>
    from_logits === true ? null : right((p) => surprise(p, number(label_smoothing) / 2)),
};

export const lossCurve = (type: string, values: Values): LossCurve | null =>
  Object.hasOwn(CURVES, type) ? CURVES[type](values) : null;

const SAMPLES = 60;
/** Of a curve that runs away, so much of its slow part is to be seen. */
const HIGHEST = 7;

export function lossPicture(type: string, values: Values): Drawing | null {
  const curve = lossCurve(type, values);
  if (curve === null) return null;
  const { from, to, answer, loss } = curve;
  const heights = Array.from({ length: SAMPLES + 1 }, (_, i) => loss(from + ((to - from) * i) / SAMPLES));
  const least = Math.min(0, ...heights);
  const most = Math.max(...heights);
  // A percentage is large by its unit.
  const top = most > 100 ? most : Math.min(HIGHEST, most);
  const axes = { width: 320, height: 180, from, to, bottom: least, top: 1.05 * top };
  return {
    width: axes.width,
    height: axes.height + 24,
    caption: `What one answer costs: the loss, upwards, by ${answer}.`,
    marks: [
      line(axesPath(axes)),
      line(curvePath(loss, axes), 'strong'),
      words(14, 20, 'loss', 'start'),
      words(axes.width - 8, axes.height + 14, answer, 'end'),
    ],
  };
}
