/** Owns which step a run takes: the recorded one where it can be had, else the eager one with the reason. */
import type { Problem } from '../../../shared/result';
import { tf } from '../tensorflow';
import { eagerStep } from './eager';
import { recordedStep } from './recorded/record-step';
import type { TrainingStep } from './step';
import type { StepOptions } from './turn';

export interface ChosenStep {
  step: TrainingStep;
  /** Why it is not the recorded one; null also where a person asked for the eager one, or for WebAssembly. */
  eagerBecause: Problem | null;
}

/** `AXONRY_STEP=eager` in the environment asks for the eager step. */
export function chooseStep(
  options: StepOptions,
  wanted: string | undefined = process.env.AXONRY_STEP,
): ChosenStep {
  if (wanted === 'eager' || tf.getBackend() === 'wasm')
    return { step: eagerStep(options), eagerBecause: null };
  const recorded = recordedStep(options);
  if (recorded.ok) return { step: recorded.value, eagerBecause: null };
  return { step: eagerStep(options), eagerBecause: recorded.problem };
}
