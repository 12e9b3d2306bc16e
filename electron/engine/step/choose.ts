/** Owns which step a run takes: the recorded one where it can be had, else the eager one with the reason. */
import type { Problem } from '../../../shared/result';
import { tf } from '../tensorflow';
import { eagerStep } from './eager';
import { learnerOf } from './learning';
import { recordedStep } from './recorded/record-step';
import { searchStep } from './search';
import type { TrainingStep } from './step';
import type { StepOptions } from './turn';

export interface ChosenStep {
  step: TrainingStep;
  /** Why it is not the recorded one; null also where a person asked for the eager one, or for WebAssembly. */
  eagerBecause: Problem | null;
}

/** The step that an update rule is followed with, or that loss and gradient are measured with. */
function measuringStep(options: StepOptions, wanted: string | undefined): ChosenStep {
  if (wanted === 'eager' || tf.getBackend() === 'wasm')
    return { step: eagerStep(options), eagerBecause: null };
  const recorded = recordedStep(options);
  if (recorded.ok) return { step: recorded.value, eagerBecause: null };
  return { step: eagerStep(options), eagerBecause: recorded.problem };
}

/** `AXONRY_STEP=eager` in the environment asks for the eager step. */
export function chooseStep(
  options: StepOptions,
  wanted: string | undefined = process.env.AXONRY_STEP,
): ChosenStep {
  const chosen = measuringStep(options, wanted);
  const learner = learnerOf(options.plan, options.trainer, options.network);
  const { search } = learner.optimizer;
  return search === null
    ? chosen
    : { ...chosen, step: searchStep(chosen.step, search, { learner, from: options.from ?? 0 }) };
}
