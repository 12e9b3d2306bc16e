import { describe, expect, it } from 'vitest';
import { judgeEpoch, monitoredValue, newMonitorState } from '../../../electron/engine/training/monitor';
import type { PlanTrainer } from '../../../shared/compiler/plan';
import { planOf, dense } from '../plans';

const trainerWith = (more: Partial<PlanTrainer>): PlanTrainer =>
  planOf({ input: [null, 1], layers: [dense('a', 1, 'linear')], trainer: more }).trainers[0];

function verdicts(trainer: PlanTrainer, losses: number[]) {
  let state = newMonitorState();
  return losses.map((loss, i) => {
    const verdict = judgeEpoch(trainer, state, i + 1, {
      train: { loss: 9, n: 1 },
      validation: { loss, n: 1, accuracy: -loss },
    });
    state = verdict.state;
    return verdict;
  });
}

describe('which epoch is the best', () => {
  it('is the first of the lowest validation losses', () => {
    expect(verdicts(trainerWith({}), [3, 2, 2, 4, 1]).map(({ best }) => best)).toEqual([
      true,
      true,
      false,
      false,
      true,
    ]);
  });

  it('waits for the patience and counts only gains above min_delta', () => {
    const trainer = trainerWith({ early_stopping: { patience: 2, min_delta: 0.5 } });
    expect(verdicts(trainer, [3, 2.8, 2.6]).map(({ stop }) => stop)).toEqual([false, false, true]);
    expect(verdicts(trainer, [3, 2.8, 2.4, 2.3]).map(({ stop }) => stop)).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('takes a higher accuracy as better', () => {
    const trainer = trainerWith({ monitor: 'val_accuracy' });
    const metrics = (accuracy: number) => ({
      train: { loss: 1, n: 1, accuracy: 0 },
      validation: { loss: 1, n: 1, accuracy },
    });
    const first = judgeEpoch(trainer, newMonitorState(), 1, metrics(0.5));
    expect(judgeEpoch(trainer, first.state, 2, metrics(0.6)).best).toBe(true);
    expect(judgeEpoch(trainer, first.state, 2, metrics(0.4)).best).toBe(false);
  });

  it('reads the training figures where there is no validation part', () => {
    expect(monitoredValue('val_loss', { train: { loss: 4, n: 1 } })).toBe(4);
  });

  it('takes no epoch with an undefined loss as the best', () => {
    expect(judgeEpoch(trainerWith({}), newMonitorState(), 1, { train: { loss: null, n: 1 } }).best).toBe(
      false,
    );
  });
});
