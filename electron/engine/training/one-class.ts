/** Owns the warning about data from which nothing can be told apart: all training samples are of one class. */
import type { Plan, PlanLoss } from '../../../shared/compiler/plan';
import type { RunDiagnostic } from '../../../shared/protocol/run';
import { trueClasses } from '../step/true-classes';
import type { Session } from './session';

/** Labels that are the same on purpose. */
function isConstant({ datasets }: Plan, { dataset, columns }: PlanLoss): boolean {
  for (let step = stepOf(datasets, dataset); step !== undefined; step = stepOf(datasets, step.from))
    if (
      step.type === 'ConstantColumn' &&
      typeof step.params.name === 'string' &&
      columns.includes(step.params.name)
    )
      return true;
  return false;
}

const stepOf = (datasets: Plan['datasets'], block: string | null) =>
  datasets.find((step) => step.block === block);

export function oneClass({ run, trainer, samples }: Session): RunDiagnostic[] {
  const rows = samples.parts.train;
  return run.plan.losses
    .filter((loss) => trainer.losses.includes(loss.block) && !isConstant(run.plan, loss))
    .flatMap((loss) => {
      const truth = trueClasses(loss, samples, rows);
      if (truth === null || truth.classes.some((index) => index !== truth.classes[0])) return [];
      const name = loss.classes?.[truth.classes[0]] ?? String(truth.classes[0]);
      return [
        {
          code: 'run/one-class',
          severity: 'warning' as const,
          block: loss.block,
          message: `All ${rows.length} training samples are of the class “${name}”.`,
          why: 'A network that always answers this class is never wrong, so that nothing is learned. Look at the labels, and at how the Split block divides the samples.',
        },
      ];
    });
}
