/** Owns what must be true of plan and data before the first step; what is not becomes a sentence. */
import type { Plan, PlanLoss } from '../../../shared/compiler/plan';
import { fail, ok, type Result } from '../../../shared/result';
import { inMemory } from '../../data/values';
import type { Samples } from '../step/samples';

const lengthOf = (values: {
  reduce(add: (total: number, size: number) => number, from: number): number;
}): number => values.reduce((total, size) => total * size, 1);

/** Data can have changed since the plan was made. */
function checkInputs(plan: Plan, samples: Samples): Result<null> {
  for (const { block, columns, shape } of plan.inputs) {
    const found = samples.inputs.get(block)?.shape ?? [];
    if (found.join() === shape.slice(1).join()) continue;
    return fail(
      'run/data-changed',
      `${block}: “${columns.join(', ')}” now has the shape [${found.join(', ')}] per sample, the network was drawn for [${shape.slice(1).join(', ')}]. Compile the project again.`,
    );
  }
  return ok(null);
}

/** Classes that the network has outputs for. */
const outputsOf = (plan: Plan, loss: PlanLoss): number | null =>
  [...plan.layers]
    .reverse()
    .find(({ block }) => block === loss.prediction)
    ?.output_shape.at(-1) ?? null;

/** Labels of other losses say something else than what the network puts out. */
const isOutputLike = ({ task }: PlanLoss): boolean => task !== 'other' && task !== 'transcription';

function checkIndices(plan: Plan, loss: PlanLoss, samples: Samples): Result<null> {
  const outputs = outputsOf(plan, loss);
  const labels = samples.labels.get(loss.block);
  if (loss.labels !== 'index' || !isOutputLike(loss) || outputs === null || labels === undefined)
    return ok(null);
  const indices = inMemory(labels.values);
  const row = indices.findIndex((value) => !(value >= 0 && value < outputs));
  if (row < 0) return ok(null);
  return fail(
    'run/label-range',
    `${loss.block}: row ${row + 1} of “${loss.columns.join(', ')}” has the class index ${indices[row]}, the network has outputs for 0 to ${outputs - 1}. Give the last layer as many units as there are classes.`,
  );
}

function checkWidth(plan: Plan, loss: PlanLoss, samples: Samples): Result<null> {
  const outputs = outputsOf(plan, loss);
  const width = lengthOf(samples.labels.get(loss.block)?.shape ?? []);
  if (loss.labels === 'index' || !isOutputLike(loss) || outputs === null || width % outputs === 0)
    return ok(null);
  return fail(
    'run/label-width',
    `${loss.block}: “${loss.columns.join(', ')}” has ${width} values per sample, the network puts out ${outputs}. Give the last layer ${width} units.`,
  );
}

export function preflight(plan: Plan, samples: Samples): Result<null> {
  if (samples.parts.train.length === 0)
    return fail(
      'run/no-samples',
      'There is no sample to train on: all rows are in the validation or test part. Lower their shares in the Split block.',
    );
  const inputs = checkInputs(plan, samples);
  if (!inputs.ok) return inputs;
  for (const loss of plan.losses) {
    const labels = checkIndices(plan, loss, samples);
    if (!labels.ok) return labels;
    const width = checkWidth(plan, loss, samples);
    if (!width.ok) return width;
  }
  return ok(null);
}
