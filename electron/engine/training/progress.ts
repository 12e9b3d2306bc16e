/** Owns what a run remembers of itself beside its weights; a checkpoint holds it, so that a resumed run knows its past. */
import { z } from 'zod';
import { confusion, metricValues, runDiagnostic } from '../../../shared/protocol/run';
import type { Scalars, StepScalars } from '../step/step';
import { monitorState, newMonitorState } from './monitor';
import { newPlateauState, plateauState } from './plateau';

const sums = z.object({ loss: z.number(), metrics: z.record(z.string(), z.number()) });
type Sums = z.infer<typeof sums>;

/** Sums over the samples of the current epoch; `beside`: of the Train blocks that take turns with the first. */
const partialEpoch = sums.extend({
  samples: z.number().int(),
  beside: z.record(z.string(), sums).default({}),
});
export type PartialEpoch = z.infer<typeof partialEpoch>;

/** Where the stage of now begins. */
const stageProgress = z.object({
  index: z.number().int(),
  /** Epochs and steps that were done before it. */
  epochs: z.number().int(),
  steps: z.number().int(),
  /** Early stopping has ended it. */
  ended: z.boolean(),
});

export const runProgress = z.object({
  /** Epochs that are complete. */
  epochs: z.number().int(),
  /** What was done of the epoch after them. */
  partial: partialEpoch,
  learningRate: z.number(),
  /** Of the Train blocks that take turns with the first. */
  rates: z.record(z.string(), z.number()).default({}),
  stage: stageProgress.default(() => ({ index: 0, epochs: 0, steps: 0, ended: false })),
  /** Of training, without pauses. */
  seconds: z.number(),
  /** Of that, in steps alone. */
  stepSeconds: z.number(),
  samples: z.number().int(),
  firstLoss: z.number().nullable(),
  monitor: monitorState,
  plateau: plateauState.default(newPlateauState),
  history: z.array(
    z.object({
      epoch: z.number().int(),
      train: metricValues,
      validation: metricValues.optional(),
      /** Only of the last epochs: diagnostics look no further back. */
      confusion: confusion.optional(),
    }),
  ),
  diagnostics: z.array(runDiagnostic),
  /** By the code of a finding: who found it, and how often that has looked since without finding it again. */
  missed: z.record(z.string(), z.object({ look: z.string(), looks: z.number().int() })).default({}),
});
export type RunProgress = z.infer<typeof runProgress>;

export const emptyEpoch = (): PartialEpoch => ({ samples: 0, loss: 0, metrics: {}, beside: {} });

/** Adds a step on this many samples. */
export function addStep(partial: PartialEpoch, scalars: StepScalars, samples: number): void {
  partial.samples += samples;
  addScalars(partial, scalars, samples);
  for (const [trainer, own] of Object.entries(scalars.beside ?? {}))
    addScalars((partial.beside[trainer] ??= { loss: 0, metrics: {} }), own, samples);
}

function addScalars(to: Sums, { loss, metrics }: Scalars, samples: number): void {
  to.loss += loss * samples;
  for (const [name, sum] of Object.entries(metrics)) to.metrics[name] = (to.metrics[name] ?? 0) + sum;
}

/** What a stage knows of itself when it begins. */
const newStage = () => ({
  partial: emptyEpoch(),
  firstLoss: null,
  monitor: newMonitorState(),
  plateau: newPlateauState(),
  history: [],
});

export const newProgress = (): RunProgress => ({
  epochs: 0,
  learningRate: 0,
  rates: {},
  stage: { index: 0, epochs: 0, steps: 0, ended: false },
  seconds: 0,
  stepSeconds: 0,
  samples: 0,
  diagnostics: [],
  missed: {},
  ...newStage(),
});

/** `steps`: that were done so far. */
export const withNextStage = (progress: RunProgress, steps: number): RunProgress => ({
  ...progress,
  stage: { index: progress.stage.index + 1, epochs: progress.epochs, steps, ended: false },
  ...newStage(),
});
