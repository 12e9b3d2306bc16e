/** Owns class weights: how much each training sample counts in a loss, by its class. */
import type { PlanLoss, PlanTrainer } from '../../../shared/compiler/plan';
import type { Samples } from './samples';
import { trueClasses } from './true-classes';

/** By loss block: one weight for each row of the data, whatever its part. Losses without class weights are absent. */
export type SampleWeights = ReadonlyMap<string, Float32Array>;

/** n / (classes that occur · samples of the class), as scikit-learn's `balanced`. */
function balanced(classes: Int32Array, count: number): Float64Array {
  const counts = new Float64Array(count);
  for (const index of classes) counts[index] += 1;
  const occurring = counts.filter((samples) => samples > 0).length;
  return counts.map((samples) => (samples === 0 ? 1 : classes.length / (occurring * samples)));
}

/** By class name, or by index as Keras has it; a class that is not named counts once. */
function named(weights: Readonly<Record<string, number>>, loss: PlanLoss, count: number): Float64Array {
  return Float64Array.from(
    { length: count },
    (_, index) => weights[loss.classes?.[index] ?? ''] ?? weights[String(index)] ?? 1,
  );
}

export function sampleWeights(
  trainer: PlanTrainer,
  losses: readonly PlanLoss[],
  samples: Samples,
): SampleWeights {
  const { class_weight } = trainer;
  const result = new Map<string, Float32Array>();
  if (class_weight === null) return result;
  const rows = samples.parts.train;
  for (const loss of losses.filter(({ block }) => trainer.losses.includes(block))) {
    const found = trueClasses(loss, samples, rows);
    if (found === null) continue;
    const byClass =
      class_weight === 'balanced'
        ? balanced(found.classes, found.count)
        : named(class_weight, loss, found.count);
    const byRow = new Float32Array(rows.reduce((most, row) => Math.max(most, row + 1), 0));
    rows.forEach((row, i) => (byRow[row] = byClass[found.classes[i]] ?? 1));
    result.set(loss.block, byRow);
  }
  return result;
}
