/**
 * Owns the forecast of how much memory a training takes, from the plan alone, and which batch would fit. `npm run bench --
 * memory` compares it with the peak of whole runs, of dense, convolutional, recurrent and attending networks: it has to be
 * within a quarter.
 */
import type { Plan, PlanLayer, PlanTrainer } from './plan';
import { sizeOf } from './shape';
import { stagesOf } from './stages';

const FLOAT = 4;
/** A process with TensorFlow, its first graphs, and what the allocator keeps. */
const ENGINE_BYTES = 485e6;
/** A step holds each output, what its gradient needs beside it, and the gradients on their way back, not all at once. */
const COPIES_OF_ACTIVATIONS = 3.7;
/** Batch normalisation is one operation each way and keeps nothing beside what it puts out. */
const COPIES_OF_NORMALISED = 1;
/** The batch as it is stored, as it is used, and as its first layer sees it. */
const COPIES_OF_BATCH = 3;
/** Where more rows are judged at once than are learned from: outputs beside what the step has left. */
const COPIES_OF_JUDGED = 1.5;
/** Weights in the session, in the network, of the best epoch, on their way to a checkpoint, with gradients and updates of a step that is looked into. */
const COPIES_OF_PARAMETERS = 8;
/** In the session, on the way to a checkpoint, and in the step that is looked into. */
const COPIES_OF_SLOTS = 3;
/** As it was read, and in the session. */
const COPIES_OF_DATA = 2;

const MOST_ROWS = 512;
/** Outputs of all layers for one batch that is judged. */
const JUDGED_BYTES = 50e6;

/** Samples that are judged at once: as many as take little memory, and never fewer than a step of training takes anyway. */
export const rowsAtOnce = ({ totals: { activationBytes } }: Plan, batchSize: number): number =>
  Math.min(MOST_ROWS, Math.max(batchSize, Math.floor(JUDGED_BYTES / Math.max(activationBytes, 1))));

/** Arrays that an optimizer keeps for each array of weights. */
export const slotsOf = (optimizer: PlanTrainer['optimizer']): number =>
  slotsOfRule(optimizer) + (optimizer.config.use_ema ? 1 : 0);

function slotsOfRule({ class_name, config }: PlanTrainer['optimizer']): number {
  const on = (name: string): number => (config[name] ? 1 : 0);
  switch (class_name) {
    case 'SGD':
      return on('momentum');
    case 'RMSprop':
      return 1 + on('momentum') + on('centered');
    case 'Adagrad':
    case 'Lion':
      return 1;
    case 'Adam':
    case 'AdamW':
      return 2 + on('amsgrad');
    default:
      return 2;
  }
}

/** In bytes. */
export interface MemoryNeed {
  engine: number;
  parameters: number;
  optimizer: number;
  activations: number;
  judging: number;
  batch: number;
  data: number;
  total: number;
}

/** The trainer with the largest batch. */
export const greediest = ({ trainers }: Plan): PlanTrainer =>
  trainers.reduce((most, trainer) => (trainer.batch_size > most.batch_size ? trainer : most));

/** Weights that an optimizer keeps arrays for. */
const trainedBy = (layers: readonly PlanLayer[], { trainable }: PlanTrainer): number =>
  layers
    .filter(({ block }) => trainable?.includes(block) ?? true)
    .flatMap(({ weights }) => weights.filter((weight) => weight.trainable))
    .reduce((sum, { shape }) => sum + sizeOf(shape), 0);

/** Of the stage that keeps the most: its trainers keep theirs side by side. */
function slotValues(plan: Plan): number {
  const { layers, totals } = plan;
  const values = (trainer: PlanTrainer) =>
    slotsOf(trainer.optimizer) *
    (trainer.trainable === null ? totals.trainableParameters : trainedBy(layers, trainer));
  return Math.max(...stagesOf(plan).map((stage) => stage.reduce((sum, trainer) => sum + values(trainer), 0)));
}

/** Bytes that the outputs of a batch take, with what a step holds beside them. */
function activationBytes({ layers, totals }: Plan, batchSize: number): number {
  const normalised = layers
    .filter(({ class_name }) => class_name === 'BatchNormalization')
    .reduce((sum, { output_shape }) => sum + sizeOf(output_shape) * FLOAT, 0);
  const others = totals.activationBytes - normalised;
  return batchSize * (others * COPIES_OF_ACTIVATIONS + normalised * COPIES_OF_NORMALISED);
}

/** `dataBytes`: what the columns in use take as they are stored. */
export function memoryNeed(
  plan: Plan,
  dataBytes: number,
  batchSize = greediest(plan).batch_size,
): MemoryNeed {
  const { inputs, totals } = plan;
  const inputSize = inputs.reduce((sum, { shape }) => sum + sizeOf(shape), 0);
  const need = {
    engine: ENGINE_BYTES,
    parameters: totals.parameters * FLOAT * COPIES_OF_PARAMETERS,
    optimizer: slotValues(plan) * FLOAT * COPIES_OF_SLOTS,
    activations: activationBytes(plan, batchSize),
    judging: (rowsAtOnce(plan, batchSize) - batchSize) * totals.activationBytes * COPIES_OF_JUDGED,
    batch: inputSize * FLOAT * batchSize * COPIES_OF_BATCH,
    data: dataBytes * COPIES_OF_DATA,
  };
  return { ...need, total: Object.values(need).reduce((sum, bytes) => sum + bytes, 0) };
}

/** The largest batch below the plan's, halved again and again, that needs no more than this; null where not even one sample fits. */
export function fittingBatch(plan: Plan, dataBytes: number, available: number): number | null {
  for (let size = Math.floor(greediest(plan).batch_size / 2); size >= 1; size = Math.floor(size / 2))
    if (memoryNeed(plan, dataBytes, size).total <= available) return size;
  return null;
}
