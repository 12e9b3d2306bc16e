/** Owns what is said when numbers become infinite or undefined: which tensor of which block at which step, and why probably. */
import { lowerRate, tryRate } from '../../../shared/metrics/lower-rate';
import type { RunDiagnostic } from '../../../shared/protocol/run';
import { slicesOf, type Heed } from '../files/slices';
import type { NotFinite, StepMark, StepState, TrainingStep } from '../step/step';
import type { Session } from './session';

export interface Broken {
  found: NotFinite | null;
  /** The step that broke, counted from 1. */
  step: number;
}

/** Zero times anything that is no finite number is no number, nor is what it is added to: far faster than to ask of each. */
function areFinite(values: Float32Array): boolean {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += 0 * values[i];
  return sum === 0;
}

export const allFinite = ({ tensors }: StepState): boolean =>
  [...tensors.values()].every(({ values }) => areFinite(values));

/** Whether weights and optimizer slots are whole. What was asked in the last step is heard before they are read. */
export async function finiteState(step: TrainingStep, heed: Heed): Promise<boolean> {
  await heed();
  for (const { values } of step.readState().tensors.values())
    for (const slice of slicesOf(values)) {
      if (!areFinite(slice)) return false;
      await heed();
    }
  return true;
}

/** Weights that were finite: of a moment ago, and of the epoch's start for the case that those cannot compute any more. */
export interface Marks {
  recent: StepMark;
  start: StepMark;
}

/** Found while predicting, before any weight was changed. */
const brokenBeforeLearning = ({ tensor }: NotFinite): boolean => tensor === 'output' || tensor === 'loss';

/** Does the steps since the recent mark again and looks at every tensor. Then weights are back that can still predict. */
export function searchBack(
  { step }: Session,
  { recent, start }: Marks,
  steps: readonly Int32Array[],
): Broken {
  step.returnTo(recent);
  let found: NotFinite | null = null;
  const markedAt = step.iteration;
  let at = markedAt;
  for (const rows of steps) {
    at = step.iteration + 1;
    found = step.examine(rows);
    if (found !== null) break;
  }
  const uselessMark = found !== null && at === markedAt + 1 && brokenBeforeLearning(found);
  step.returnTo(uselessMark ? start : recent);
  return { found, step: at };
}

/** Inputs of about 1 are what initial weights are made for. */
const UNSCALED = 50;
/** Weights of a network that learns stay far below. */
const BLOWN_UP = 1e3;

/** The square of a larger number is more than a float32 holds. */
const SQUARE_OVERFLOWS = 1e19;

/** Of a loss that is no number though the network's output is. */
function causeInLoss(loss: string | undefined, largestLabel: number): string {
  if (largestLabel > SQUARE_OVERFLOWS)
    return `The labels go up to ${largestLabel.toExponential(1)}: their distance from the predictions is more than a number can hold. Bring the target to a size of about 1.`;
  switch (loss) {
    case 'Poisson':
      return 'Poisson takes the logarithm of the predictions, which must be above zero. Let the network end in softplus or exponential.';
    case 'FormulaLoss':
      return 'The formula has no value for these predictions. Look for a logarithm, a root or a division by zero in it.';
    default:
      return 'The loss takes the logarithm of zero. Let the network end in softmax or sigmoid, or switch from_logits on where it ends without.';
  }
}

type Cause = Pick<RunDiagnostic, 'why' | 'advisedRate'>;

/** `loss`: class of the loss where it was found. */
function likelyCause(
  { tensor, largestInput, largestLabel, largestWeight }: NotFinite,
  learningRate: number,
  advisedRate: number | undefined,
  loss: string | undefined,
): Cause {
  const rate: Cause = {
    why: `The learning rate ${learningRate} is too high for this network: the weights overshoot and grow without end. ${tryRate(advisedRate)}`,
    advisedRate,
  };
  if (tensor === 'input data' || tensor === 'labels')
    return {
      why: 'The data hold a value that is no number. Look for empty cells and fill or leave them out.',
    };
  if (largestWeight > BLOWN_UP) return rate;
  if (largestInput > UNSCALED)
    return {
      why: `The inputs go up to ${Number(largestInput.toPrecision(3))}: put a Scale or Standardize block before the Input block.`,
    };
  if (tensor === 'loss') return { why: causeInLoss(loss, largestLabel) };
  return rate;
}

export function explainNotFinite(
  { run, trainer, step: { learningRate } }: Session,
  { found, step }: Broken,
  epoch: number,
): RunDiagnostic {
  const advisedRate = lowerRate(learningRate, trainer.optimizer.class_name);
  const where = { code: 'run/not-finite', severity: 'error', epoch, step } as const;
  if (found === null) {
    return {
      ...where,
      block: null,
      message: `At step ${step} a value became infinite or undefined (NaN); the run was stopped.`,
      why: `The learning rate ${learningRate} may be too high. ${tryRate(advisedRate)}`,
      advisedRate,
    };
  }
  return {
    ...where,
    block: found.block,
    message: `At step ${step} the ${found.tensor} of ${found.block} became infinite or undefined (NaN); the run was stopped. The last good weights were kept.`,
    ...likelyCause(
      found,
      learningRate,
      advisedRate,
      run.plan.losses.find(({ block }) => block === found.block)?.class_name,
    ),
  };
}
