/**
 * Owns the mathematics of learning rates: a plan's `learning_rate`, a number or a Keras 3 schedule, as a function of the
 * step. The engine trains with it and the inspector draws it. Steps are updates, counted from 0.
 * Source: Keras documentation, learning rate schedules; Smith and Topin, Super-convergence (2018), in the form of
 * PyTorch's OneCycleLR; Loshchilov and Hutter, SGDR (2017).
 */
import { z } from 'zod';

/** The learning rate of the step with this number. */
export type Rate = (step: number) => number;

const decay = {
  initial_learning_rate: z.number(),
  decay_steps: z.number().positive(),
};
const byRate = z.object({ ...decay, decay_rate: z.number(), staircase: z.boolean().default(false) });

function exponential(raw: unknown): Rate {
  const { initial_learning_rate: start, decay_steps, decay_rate, staircase } = byRate.parse(raw);
  return (step) => start * decay_rate ** (staircase ? Math.floor(step / decay_steps) : step / decay_steps);
}

function inverseTime(raw: unknown): Rate {
  const { initial_learning_rate: start, decay_steps, decay_rate, staircase } = byRate.parse(raw);
  return (step) =>
    start / (1 + decay_rate * (staircase ? Math.floor(step / decay_steps) : step / decay_steps));
}

const piecewiseConfig = z.object({ boundaries: z.array(z.number()), values: z.array(z.number()).min(1) });
function piecewise(raw: unknown): Rate {
  const { boundaries, values } = piecewiseConfig.parse(raw);
  return (step) => {
    const passed = boundaries.filter((boundary) => step > boundary).length;
    return values[Math.min(passed, values.length - 1)];
  };
}

const polynomialConfig = z.object({
  ...decay,
  end_learning_rate: z.number().default(0.0001),
  power: z.number().default(1),
  cycle: z.boolean().default(false),
});
function polynomial(raw: unknown): Rate {
  const {
    initial_learning_rate: start,
    decay_steps,
    end_learning_rate: end,
    power,
    cycle,
  } = polynomialConfig.parse(raw);
  return (step) => {
    const length = cycle ? decay_steps * Math.max(1, Math.ceil(step / decay_steps)) : decay_steps;
    return (start - end) * (1 - Math.min(step, length) / length) ** power + end;
  };
}

/** From 1 to 0 along half a cosine. */
const halfCosine = (share: number): number => 0.5 * (1 + Math.cos(Math.PI * share));
const between = (from: number, to: number, share: number): number => to + (from - to) * halfCosine(share);

const cosineConfig = z.object({
  ...decay,
  alpha: z.number().default(0),
  warmup_target: z.number().nullish(),
  warmup_steps: z.number().default(0),
});
function cosine(raw: unknown): Rate {
  const config = cosineConfig.parse(raw);
  const { initial_learning_rate: start, decay_steps, alpha } = config;
  const target = config.warmup_target ?? null;
  const warmup = target === null ? 0 : config.warmup_steps;
  const top = target ?? start;
  return (step) => {
    if (step < warmup) return start + (top - start) * (step / warmup);
    const share = Math.min(step - warmup, decay_steps) / decay_steps;
    return top * ((1 - alpha) * halfCosine(share) + alpha);
  };
}

const restartsConfig = z.object({
  initial_learning_rate: z.number(),
  first_decay_steps: z.number().positive(),
  t_mul: z.number().min(1).default(2),
  m_mul: z.number().default(1),
  alpha: z.number().default(0),
});
function cosineRestarts(raw: unknown): Rate {
  const {
    initial_learning_rate: start,
    first_decay_steps: first,
    t_mul,
    m_mul,
    alpha,
  } = restartsConfig.parse(raw);
  return (step) => {
    let [restarts, begun, length] = [t_mul === 1 ? Math.floor(step / first) : 0, 0, first];
    if (t_mul === 1) begun = restarts * first;
    else
      for (; step >= begun + length; length *= t_mul) {
        begun += length;
        restarts += 1;
      }
    const top = m_mul ** restarts;
    return start * ((1 - alpha) * top * halfCosine((step - begun) / length) + alpha);
  };
}

const oneCycleConfig = z.object({
  max_learning_rate: z.number(),
  cycle_steps: z.number().int().positive(),
  pct_start: z.number().default(0.3),
  div_factor: z.number().positive().default(25),
  final_div_factor: z.number().positive().default(1e4),
});
function oneCycle(raw: unknown): Rate {
  const {
    max_learning_rate: top,
    cycle_steps,
    pct_start,
    div_factor,
    final_div_factor,
  } = oneCycleConfig.parse(raw);
  const start = top / div_factor;
  const end = start / final_div_factor;
  const last = Math.max(1, cycle_steps - 1);
  const peak = Math.max(0, pct_start * cycle_steps - 1);
  return (step) => {
    if (step <= peak) return peak === 0 ? top : between(start, top, step / peak);
    return peak >= last ? end : between(top, end, Math.min(1, (step - peak) / (last - peak)));
  };
}

const rangeTestConfig = z.object({
  initial_learning_rate: z.number().positive(),
  end_learning_rate: z.number().positive(),
  range_steps: z.number().int().positive(),
});
/** Smith, Cyclical learning rates (2017), section 3.3, with steps that are even in decades. */
function rangeTest(raw: unknown): Rate {
  const { initial_learning_rate: start, end_learning_rate: end, range_steps } = rangeTestConfig.parse(raw);
  const last = Math.max(1, range_steps - 1);
  return (step) => start * (end / start) ** (Math.min(step, last) / last);
}

const schedules: Readonly<Record<string, (config: unknown) => Rate>> = {
  ExponentialDecay: exponential,
  InverseTimeDecay: inverseTime,
  PiecewiseConstantDecay: piecewise,
  PolynomialDecay: polynomial,
  CosineDecay: cosine,
  CosineDecayRestarts: cosineRestarts,
  OneCycle: oneCycle,
  RangeTest: rangeTest,
};

const learningRate = z.union([z.number(), z.object({ class_name: z.string(), config: z.unknown() })]);

/** `learning_rate` of an optimizer's Keras config. An unknown schedule is a bug: no plan names one. */
export function rateOf(raw: unknown): Rate {
  const given = learningRate.parse(raw);
  if (typeof given === 'number') return () => given;
  const make = schedules[given.class_name];
  if (make === undefined) throw new Error(`there is no schedule ${given.class_name}`);
  return make(given.config);
}
