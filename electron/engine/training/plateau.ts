/** Owns when the learning rate falls because nothing gets better, as Keras' ReduceLROnPlateau decides it. */
import { z } from 'zod';
import type { PlanTrainer } from '../../../shared/compiler/plan';
import { judged, type EpochMetrics } from './monitor';

export const plateauState = z.object({
  /** The figure to beat by `min_delta`. */
  best: z.number().nullable(),
  /** Epochs that did not. */
  waited: z.number().int(),
  /** Epochs that are not counted yet, after a change. */
  cooldown: z.number().int(),
});
export type PlateauState = z.infer<typeof plateauState>;

export const newPlateauState = (): PlateauState => ({ best: null, waited: 0, cooldown: 0 });

/** `rate`: of the next step; the answer is the one to go on with. */
export function judgePlateau(
  trainer: PlanTrainer,
  before: PlateauState,
  metrics: EpochMetrics,
  rate: number,
): { state: PlateauState; rate: number } {
  const rule = trainer.reduce_lr_on_plateau;
  const { value, beats } = judged(trainer, metrics);
  if (rule === undefined || value === null) return { state: before, rate };
  const cooldown = Math.max(0, before.cooldown - 1);
  if (beats(before.best, rule.min_delta)) return { state: { best: value, waited: 0, cooldown }, rate };
  if (cooldown > 0) return { state: { ...before, waited: 0, cooldown }, rate };
  const waited = (before.cooldown > 0 ? 0 : before.waited) + 1;
  if (waited < rule.patience || rate <= rule.min_lr) return { state: { ...before, waited, cooldown }, rate };
  return {
    state: { ...before, waited: 0, cooldown: rule.cooldown },
    rate: Math.max(rate * rule.factor, rule.min_lr),
  };
}
