/** Real Keras 3 says the learning rate of each step and after each epoch without progress; ours must be the same. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../shared/document/document';
import { rateOf } from '../../shared/schedules/rates';
import { learningRateConfig, scheduleParameter, type Plateau } from '../../shared/schedules/schedules';
import { judgePlateau, newPlateauState } from '../../electron/engine/training/plateau';
import { dense, planOf } from '../engine/plans';
import { lacks, peerPython } from '../environment';

const STEPS = [0, 1, 2, 3, 7, 9, 10, 11, 19, 20, 21, 30, 49, 50, 69, 70, 71, 99, 100, 101, 250, 2000];

const chosen: [string, Record<string, Json>][] = [
  ['ExponentialDecay', { decay_steps: 10, decay_rate: 0.7 }],
  ['ExponentialDecay', { decay_steps: 10, decay_rate: 0.7, staircase: true }],
  ['StepDecay', { decay_steps: 20, drop: 0.3 }],
  ['NaturalExponentialDecay', { decay_steps: 10, decay_rate: 0.2 }],
  ['InverseTimeDecay', { decay_steps: 10, decay_rate: 0.5 }],
  ['InverseTimeDecay', { decay_steps: 10, decay_rate: 0.5, staircase: true }],
  ['PiecewiseConstantDecay', { boundaries: [10, 20, 100], values: [0.05, 0.01, 0.001] }],
  ['PolynomialDecay', { decay_steps: 100 }],
  ['PolynomialDecay', { decay_steps: 70, end_learning_rate: 0.01, power: 0.5 }],
  ['PolynomialDecay', { decay_steps: 20, power: 2, cycle: true }],
  ['CosineDecay', { decay_steps: 100 }],
  ['CosineDecay', { decay_steps: 50, alpha: 0.1, warmup_target: 0.4, warmup_steps: 20 }],
  ['CosineDecayRestarts', { first_decay_steps: 10 }],
  ['CosineDecayRestarts', { first_decay_steps: 10, t_mul: 1, m_mul: 0.8, alpha: 0.05 }],
  ['CosineDecayRestarts', { first_decay_steps: 20, t_mul: 1.5, m_mul: 0.5 }],
  ['Warmup', { warmup_steps: 30 }],
];
const RATE = 0.1;
const configs = chosen.map(([class_name, config]) => learningRateConfig(RATE, { class_name, config }));

const plateaus: [Plateau, number[]][] = [
  [{ factor: 0.5, patience: 2, min_delta: 0.01, cooldown: 0, min_lr: 0 }, [5, 4, 4, 4, 4, 4, 3, 3, 3]],
  [{ factor: 0.1, patience: 1, min_delta: 0, cooldown: 3, min_lr: 0 }, [5, 5, 5, 5, 5, 4, 5, 5, 5, 5, 5, 5]],
  [
    { factor: 0.1, patience: 1, min_delta: 1, cooldown: 1, min_lr: 0.004 },
    [5, 4.5, 4, 3.5, 3, 2.5, 2, 1, 1, 1],
  ],
];

function ours([rule, values]: (typeof plateaus)[number]): number[] {
  const [trainer] = planOf({
    input: [null, 1],
    layers: [dense('a', 1, 'linear')],
    trainer: { reduce_lr_on_plateau: rule },
  }).trainers;
  let [state, rate] = [newPlateauState(), RATE];
  return values.map((loss) => {
    ({ state, rate } = judgePlateau(
      trainer,
      state,
      { train: { loss: 0, n: 1 }, validation: { loss, n: 1 } },
      rate,
    ));
    return rate;
  });
}

describe.skipIf(lacks('Keras 3 (AXONRY_PEER_PYTHON)', peerPython !== null))(
  'Keras 3 and our schedules',
  () => {
    let theirs: { schedules: number[][]; plateaus: number[][] } = { schedules: [], plateaus: [] };
    beforeAll(() => {
      const script = path.join(import.meta.dirname, 'keras_schedules.py');
      const asked = {
        schedules: configs.map((config) => ({ config, steps: STEPS })),
        plateaus: plateaus.map(([config, values]) => ({ config: { ...config }, rate: RATE, values })),
      };
      const answer = execFileSync(peerPython ?? '', [script], {
        input: JSON.stringify(asked),
        stdio: 'pipe',
      });
      theirs = JSON.parse(answer.toString()) as typeof theirs;
    }, 300_000);

    it.each(chosen.map(([name, config], i) => [`${name} ${JSON.stringify(config)}`, i] as const))(
      '%s',
      (_name, i) => {
        const rate = rateOf(configs[i]);
        STEPS.forEach((step, j) =>
          expect(Math.abs(rate(step) - theirs.schedules[i][j]), `step ${step}`).toBeLessThan(1e-5 * RATE),
        );
      },
    );

    it.each(plateaus.map((_, i) => [i]))('falls on the same plateaus (%i)', (i) => {
      ours(plateaus[i]).forEach((rate, epoch) => expect(rate).toBeCloseTo(theirs.plateaus[i][epoch], 7));
    });

    it('leaves out no schedule that Keras has', () => {
      const own = ['OneCycle', 'RangeTest', 'ReduceLROnPlateau'];
      const compared = new Set(chosen.map(([name]) => name));
      const offered = scheduleParameter.options.map(({ class_name }) => class_name);
      expect(offered.filter((name) => !compared.has(name) && !own.includes(name))).toEqual([]);
    });
  },
);
