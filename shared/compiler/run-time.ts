/** Owns the forecast of how long a run takes: its steps, and the looks at the validation part after each epoch. */
import type { Part } from '../document/facts';
import { hashOf, hashOfList } from '../document/canonical';
import { updatesPerEpoch } from '../schedules/run-length';
import type { Plan } from './plan';
import { stagesOf } from './stages';

/** Rows in each part of what a plan learns from. */
export type PartRows = Readonly<Record<Part, number>>;

/** Of what a step computes, the forward pass, which is what validation does. It goes operation by operation. */
const FORWARD_SHARE = 0.5;
/** Between the epochs: what there is to save, to tell and to begin anew, however small the network. */
const EPOCH_SECONDS = 0.01;
/** Until the engine has started and recorded its first step. */
const START_SECONDS = 2;

/** `steps`: seconds of a step, by stage. Every epoch is counted, also where early stopping may end a run before. */
export function runSeconds(plan: Plan, { train, validation }: PartRows, steps: readonly number[]): number {
  return stagesOf(plan).reduce((sum, [{ epochs, batch_size }], stage) => {
    const training = updatesPerEpoch(train, batch_size) * steps[stage];
    const looking = (validation / Math.min(batch_size, train)) * steps[stage] * FORWARD_SHARE;
    return sum + epochs * (training + looking + EPOCH_SECONDS);
  }, START_SECONDS);
}

/** The same for two plans whose steps take equally long: neither data nor epochs are in it. */
export function stepKey({ inputs, layers, losses, trainers }: Plan): string {
  return hashOf({
    inputs: inputs.map(({ block, shape }) => ({ block, shape })),
    layers: hashOfList(layers),
    losses: losses.map(({ class_name, config, prediction, weight }) => ({ class_name, config, prediction, weight })), // prettier-ignore
    trainers: trainers.map(({ block, optimizer, batch_size, metrics, trainable, stage, steps_per_turn }) => ({
      block, optimizer, batch_size, metrics, trainable, stage, steps_per_turn,
    })), // prettier-ignore
  });
}
