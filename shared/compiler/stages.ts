/** Owns who trains when, as a plan says it: trainers of one stage take turns, stages follow each other. */
import type { Plan, PlanTrainer } from './plan';

/** In a stage the first trainer decides about epochs, batches and when enough is enough. */
export type Stage = readonly [PlanTrainer, ...PlanTrainer[]];

export const stageOf = ({ stage = 1 }: Pick<PlanTrainer, 'stage'>): number => stage;

export function stagesOf({ trainers }: Pick<Plan, 'trainers'>): Stage[] {
  const stages = new Map<number, [PlanTrainer, ...PlanTrainer[]]>();
  for (const trainer of trainers) {
    const stage = stages.get(stageOf(trainer));
    if (stage === undefined) stages.set(stageOf(trainer), [trainer]);
    else stage.push(trainer);
  }
  return [...stages].sort(([a], [b]) => a - b).map(([, stage]) => stage);
}

/** The trainer whose figures are those of the run: the first of the last stage. */
export function mainTrainer(plan: Pick<Plan, 'trainers'>): PlanTrainer {
  const stage = stagesOf(plan).at(-1);
  if (stage === undefined) throw new Error('the plan trains nothing');
  return stage[0];
}
