/** Owns what a run remembers of itself beside its weights; a checkpoint holds it, so that a resumed run knows its past. */
import { z } from 'zod';
import { confusion, metricValues, runDiagnostic } from '../../../shared/protocol/run';
import { monitorState, newMonitorState } from './monitor';
import { newPlateauState, plateauState } from './plateau';

/** Sums over the samples of the current epoch. */
const partialEpoch = z.object({
  samples: z.number().int(),
  loss: z.number(),
  metrics: z.record(z.string(), z.number()),
});
export type PartialEpoch = z.infer<typeof partialEpoch>;

export const runProgress = z.object({
  /** Epochs that are complete. */
  epochs: z.number().int(),
  /** What was done of the epoch after them. */
  partial: partialEpoch,
  learningRate: z.number(),
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
});
export type RunProgress = z.infer<typeof runProgress>;

export const emptyEpoch = (): PartialEpoch => ({ samples: 0, loss: 0, metrics: {} });

export const newProgress = (learningRate: number): RunProgress => ({
  epochs: 0,
  partial: emptyEpoch(),
  learningRate,
  seconds: 0,
  stepSeconds: 0,
  samples: 0,
  firstLoss: null,
  monitor: newMonitorState(),
  plateau: newPlateauState(),
  history: [],
  diagnostics: [],
});
