/**
 * Owns the schedules that a person can choose for a learning rate: their parameters, and the Keras config that each
 * becomes. The block's `learning_rate` is where they start, or the top of those that climb first.
 */
import { z } from 'zod';
import { configOf, optionOf } from '../blocks/configured';
import type { Configured, ConfiguredOption, ConfiguredParameter, Parameters } from '../blocks/parameter';
import type { Json } from '../document/document';

const steps = <D extends number>(value: D, help: string) =>
  ({ kind: 'integer', default: value, min: 1, help, unit: 'steps' }) as const;

const decaySteps = steps(
  1000,
  'Updates after which the decay has worked once; an epoch has samples ÷ batch size of them.',
);
const staircase = {
  kind: 'boolean',
  default: false,
  help: 'Falls in steps instead of smoothly: only at whole multiples of decay_steps.',
} as const;
const alpha = {
  kind: 'number',
  default: 0,
  min: 0,
  max: 1,
  help: 'The share of the rate that is left at the end.',
} as const;

interface Schedule extends ConfiguredOption {
  /** What the plan says, from the block's rate and the schedule's parameters. null: the rate itself; the run changes it. */
  keras(
    rate: number,
    config: Record<string, Json>,
  ): { class_name: string; config: Record<string, Json> } | null;
}

/** Keeps parameter types out of the table: `checkValue` guards them where values come in. */
const schedule = (
  class_name: string,
  summary: string,
  parameters: Parameters,
  keras?: (rate: number, config: Record<string, Json>) => ReturnType<Schedule['keras']>,
): Schedule => ({
  class_name,
  summary,
  parameters,
  keras: keras ?? ((rate, config) => ({ class_name, config: { initial_learning_rate: rate, ...config } })),
});

/** Keras computes a schedule in the type of its first rate, and JSON writes 0.0 as the whole number 0. */
const NEARLY_ZERO = 1e-12;

export const REDUCE_ON_PLATEAU = 'ReduceLROnPlateau';
export const RANGE_TEST = 'RangeTest';

const SCHEDULES: readonly Schedule[] = [
  schedule('ExponentialDecay', 'Multiplied by decay_rate every decay_steps: rate · decay_rate^(step / decay_steps).', {
    decay_steps: decaySteps,
    decay_rate: { kind: 'number', default: 0.5, min: 0, above: true, help: 'The factor; below 1 the rate falls.' },
    staircase,
  }),
  schedule(
    'StepDecay',
    'Kept for decay_steps, then multiplied by drop, and so on.',
    {
      decay_steps: decaySteps,
      drop: { kind: 'number', default: 0.5, min: 0, above: true, max: 1, help: 'The factor of each step down.' },
    },
    (initial_learning_rate, { decay_steps, drop }) => ({
      class_name: 'ExponentialDecay',
      config: { initial_learning_rate, decay_steps, decay_rate: drop, staircase: true },
    }),
  ),
  schedule(
    'NaturalExponentialDecay',
    'rate · e^(−decay_rate · step / decay_steps).',
    {
      decay_steps: decaySteps,
      decay_rate: { kind: 'number', default: 0.5, min: 0, help: 'How fast it falls: 1 leaves 37 % after decay_steps.' },
      staircase,
    },
    (initial_learning_rate, { decay_steps, decay_rate, staircase: inSteps }) => ({
      class_name: 'ExponentialDecay',
      config: {
        initial_learning_rate,
        decay_steps,
        decay_rate: Math.exp(-Number(decay_rate)),
        staircase: inSteps,
      },
    }),
  ),
  schedule('InverseTimeDecay', 'rate / (1 + decay_rate · step / decay_steps).', {
    decay_steps: decaySteps,
    decay_rate: { kind: 'number', default: 0.5, min: 0, help: 'How fast it falls: 1 halves the rate after decay_steps.' },
    staircase,
  }),
  schedule(
    'PiecewiseConstantDecay',
    'The learning rate up to the first boundary, then one given rate after each boundary.',
    {
      boundaries: {
        kind: 'integers',
        default: [1000, 2000],
        min: 1,
        help: 'Updates after which the rate changes, in rising order.',
      },
      values: {
        kind: 'numbers',
        default: [0.0005, 0.0001],
        min: 0,
        help: 'The rate after each boundary: as many numbers as boundaries.',
      },
    },
    (rate, { boundaries, values }) => ({
      class_name: 'PiecewiseConstantDecay',
      config: { boundaries, values: [rate, ...(values as Json[])] },
    }),
  ),
  schedule('PolynomialDecay', 'From the learning rate to end_learning_rate in decay_steps, along a power of the way left.', {
    decay_steps: decaySteps,
    end_learning_rate: { kind: 'number', default: 0.0001, min: 0, help: 'The rate at the end.', scale: 'log' },
    power: { kind: 'number', default: 1, min: 0, above: true, help: '1 is a straight line; larger falls faster at first.' },
    cycle: { kind: 'boolean', default: false, help: 'Begins again, longer each time, instead of staying at the end.' },
  }),
  schedule(
    'CosineDecay',
    'From the learning rate down to alpha of it along half a cosine, after a climb if there is a warmup_target.',
    {
      decay_steps: decaySteps,
      alpha,
      warmup_target: {
        kind: 'number',
        default: 0,
        min: 0,
        help: 'The rate that is climbed to before the decay; 0 is no climb.',
      },
      warmup_steps: { kind: 'integer', default: 0, min: 0, help: 'Updates of the climb.', unit: 'steps' },
    },
    (initial_learning_rate, { warmup_target, ...config }) => ({
      class_name: 'CosineDecay',
      config: { initial_learning_rate, ...config, warmup_target: warmup_target === 0 ? null : warmup_target },
    }),
  ),
  schedule('CosineDecayRestarts', 'Cosine decay that begins again from the top, each time t_mul as long and m_mul as high.', {
    first_decay_steps: steps(1000, 'Updates of the first decay.'),
    t_mul: { kind: 'number', default: 2, min: 1, help: 'How much longer each decay is than the one before.' },
    m_mul: { kind: 'number', default: 1, min: 0, above: true, help: 'How high each decay begins, as a share of the one before.' },
    alpha,
  }),
  schedule(
    'Warmup',
    'Climbs from 0 to the learning rate in a straight line, then stays.',
    { warmup_steps: steps(500, 'Updates of the climb.') },
    (rate, { warmup_steps }) => ({
      class_name: 'CosineDecay',
      config: { initial_learning_rate: NEARLY_ZERO, decay_steps: 1, alpha: 1, warmup_target: rate, warmup_steps },
    }),
  ),
  schedule(
    'OneCycle',
    'Climbs to the learning rate and falls to next to nothing, once over the whole run.',
    {
      cycle_steps: steps(1000, 'Updates of the whole run: epochs · samples ÷ batch size.'),
      pct_start: { kind: 'number', default: 0.3, min: 0, max: 1, help: 'The share of the run that it climbs.' },
      div_factor: { kind: 'number', default: 25, min: 1, help: 'It begins at the learning rate divided by this.' },
      final_div_factor: { kind: 'number', default: 10000, min: 1, help: 'It ends at its beginning divided by this.' },
    },
    (max_learning_rate, config) => ({ class_name: 'OneCycle', config: { max_learning_rate, ...config } }),
  ),
  schedule(
    RANGE_TEST,
    'Looks for a good rate: climbs through all decades and ends the run when the loss runs away. The learning rate itself plays no part.',
    {
      range_steps: steps(200, 'Updates of the test: one to a few epochs.'),
      start_learning_rate: { kind: 'number', default: 1e-6, min: 0, above: true, scale: 'log', help: 'The smallest rate that is tried.' },
      end_learning_rate: { kind: 'number', default: 10, min: 0, above: true, scale: 'log', help: 'The largest rate that is tried.' },
    },
    (_rate, { start_learning_rate, ...config }) => ({
      class_name: RANGE_TEST,
      config: { initial_learning_rate: start_learning_rate, ...config },
    }),
  ),
  schedule(
    REDUCE_ON_PLATEAU,
    'Multiplied by factor whenever the figure that Train monitors has not got better for patience epochs.',
    {
      factor: { kind: 'number', default: 0.1, min: 0, above: true, max: 1, below: true, help: 'What the rate is multiplied by.' },
      patience: { kind: 'integer', default: 10, min: 1, help: 'Epochs without a better figure that are waited for.', unit: 'epochs' },
      min_delta: { kind: 'number', default: 0.0001, min: 0, help: 'Changes smaller than this do not count as better.' },
      cooldown: { kind: 'integer', default: 0, min: 0, help: 'Epochs after a change in which nothing is counted.', unit: 'epochs' },
      min_lr: { kind: 'number', default: 0, min: 0, help: 'The rate does not fall below it.' },
    },
    () => null,
  ),
]; // prettier-ignore

export const scheduleParameter = {
  kind: 'configured',
  default: null,
  none: 'constant',
  options: SCHEDULES,
  help: 'How the learning rate changes while the network learns. Large at first and small at the end is usual.',
} as const satisfies ConfiguredParameter;

const chosen = (value: Configured): Schedule | undefined =>
  SCHEDULES.find(({ class_name }) => class_name === optionOf(value, scheduleParameter)?.class_name);

/** Keras has none of these names. */
const OWN = new Set(['OneCycle', RANGE_TEST]);

/** `learning_rate` of the optimizer's Keras config: a number, or a schedule as Keras 3 writes it. */
export function learningRateConfig(rate: number, value: Configured): Json {
  const written = chosen(value)?.keras(rate, configOf(value, scheduleParameter)) ?? null;
  if (written === null) return rate;
  return OWN.has(written.class_name)
    ? { ...written, registered_name: `axonry>${written.class_name}` }
    : { module: 'keras.optimizers.schedules', ...written, registered_name: null };
}

export interface Plateau {
  factor: number;
  patience: number;
  min_delta: number;
  cooldown: number;
  min_lr: number;
}

/** What Train does when nothing gets better; null where the schedule is another one. */
export const plateauOf = (value: Configured): Plateau | null =>
  chosen(value)?.class_name === REDUCE_ON_PLATEAU
    ? (configOf(value, scheduleParameter) as unknown as Plateau)
    : null;

const rangeTest = z.object({
  class_name: z.literal(RANGE_TEST),
  config: z.object({ range_steps: z.number() }),
});

/** How many updates a plan's `learning_rate` tests rates for; null where it tests none. */
export function rangeTestOf(learningRate: unknown): { range_steps: number } | null {
  const read = rangeTest.safeParse(learningRate);
  return read.success ? { range_steps: read.data.config.range_steps } : null;
}
