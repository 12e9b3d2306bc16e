/**
 * Owns the messages between host and engine. Types and validators only. A request has an id and is answered once; events
 * come in between. One engine process serves one role: `train` (one run), `inspect` (looking at data and runs).
 */
import { z } from 'zod';
import { json } from '../document/document';
import { part } from '../document/facts';
import { readingProgress } from './reading';
import { runEvent } from './run';

/** Where an engine process finds things; sent as its first argument. */
export const engineSettings = z.object({
  role: z.enum(['train', 'inspect']),
  nativeFolder: z.string(),
  /** `wasm`: no native code at all, and several times slower. */
  backend: z.enum(['tensorflow', 'wasm']),
  cacheFolder: z.string(),
  /** Of computation; as many as the computer has cores where it is left out. */
  threads: z.number().int().min(1).optional(),
});
export type EngineSettings = z.infer<typeof engineSettings>;

/** A data source by its reader: the block's reader and its complete parameters. */
export const sourceReference = z.object({
  reader: z.string(),
  params: z.record(z.string(), json),
  folder: z.string(),
});
export type SourceReference = z.infer<typeof sourceReference>;

export const trainRequests = {
  /** Everything is read from the run's folder: document, plan, facts. Answers when the run has ended. */
  train: z.object({
    run: z.string(),
    /** Relative paths of data sources are resolved against it. */
    folder: z.string(),
    seed: z.number().int(),
    /** Continue from this checkpoint file; absent starts anew. */
    checkpoint: z.string().optional(),
    /** Each stage is profiled once; with `only` it ends then, trained or not. */
    profile: z.enum(['also', 'only']).optional(),
  }),
  pause: z.object({}),
  resume: z.object({}),
  /** Ends after the current step, keeps the best weights and writes the report. */
  stop: z.object({}),
  /** From the next step on. `trainer` is the id of a Train block; absent means every one. Answered between two steps. */
  setLearningRate: z.object({ trainer: z.string().optional(), value: z.number() }),
  /** One step; the run is paused before and after it. */
  stepOnce: z.object({}),
  /** Figures of the weights of now, on the validation part. Answered between two steps. */
  evaluateNow: z.object({}),
  /** A checkpoint of now, from which the run can be continued. Answered between two steps. */
  snapshot: z.object({}),
  /** Where the time of a step goes, block by block. Answered between two steps; changes nothing. */
  profile: z.object({}),
  quit: z.object({}),
} as const;

const pageOfSamples = { offset: z.number().int().min(0), limit: z.number().int().min(1).max(500) };

export const inspectRequests = {
  /** DataFacts of a source. */
  facts: z.object({ source: sourceReference }),
  /** Leaves off where this source is being read; who asked for it is answered `data/stopped`. */
  stopReading: z.object({ source: sourceReference }),
  /** Measurement of this machine: a second of work. */
  calibrate: z.object({}),
  /** SampleView[] with their targets, straight from the source. */
  samples: z.object({ source: sourceReference, ...pageOfSamples }),
  /**
   * Evaluation of a run's kept weights, on one of its parts or on another source prepared as the run's was.
   * `trainer`: the Train block that it is judged by, else the first of the last stage. `everyTrainer`: with the figures of each Train block, where there are several.
   */
  evaluate: z.object({
    run: z.string(),
    folder: z.string(),
    part,
    source: sourceReference.optional(),
    trainer: z.string().optional(),
    everyTrainer: z.boolean().optional(),
  }),
  /** The samples of one cell of the confusion matrix. `epoch` absent: the kept weights. */
  cell: z.object({
    run: z.string(),
    folder: z.string(),
    part,
    epoch: z.number().int().optional(),
    /** Class indices; null is any. */
    trueClass: z.number().int().nullable(),
    predictedClass: z.number().int().nullable(),
    /** Only those predicted wrong. */
    mistakesOnly: z.boolean().optional(),
    order: z.enum(['confident', 'doubtful', 'loss', 'row']),
    ...pageOfSamples,
  }),
  /** Predicted against actual for regression: every point (at most 5000, evenly taken) and the worst rows. */
  regression: z.object({
    run: z.string(),
    folder: z.string(),
    part,
    epoch: z.number().int().optional(),
    ...pageOfSamples,
  }),
  /** The samples with the largest loss, whatever the loss is about. */
  byLoss: z.object({
    run: z.string(),
    folder: z.string(),
    part,
    epoch: z.number().int().optional(),
    ...pageOfSamples,
  }),
  /** Plane of a network that reads two numbers; null of any other. */
  plane: z.object({ run: z.string(), folder: z.string(), part, epoch: z.number().int().optional() }),
  export: z.object({
    run: z.string(),
    folder: z.string(),
    format: z.enum(['tfjs']),
    path: z.string(),
    verify: z.boolean(),
  }),
  quit: z.object({}),
} as const;

export type TrainRequests = { [M in keyof typeof trainRequests]: z.infer<(typeof trainRequests)[M]> };
export type InspectRequests = { [M in keyof typeof inspectRequests]: z.infer<(typeof inspectRequests)[M]> };

export const engineRequest = z.object({ id: z.number().int(), method: z.string(), params: z.unknown() });
export type EngineRequest = z.infer<typeof engineRequest>;

const problem = z.object({ code: z.string(), message: z.string() });
export const engineMessage = z.discriminatedUnion('kind', [
  /** Sent once, when the process can take requests. */
  z.object({ kind: z.literal('ready'), backend: z.string(), version: z.string() }),
  z.object({
    kind: z.literal('answer'),
    id: z.number().int(),
    result: z.union([
      z.object({ ok: z.literal(true), value: z.unknown() }),
      z.object({ ok: z.literal(false), problem }),
    ]),
  }),
  z.object({ kind: z.literal('event'), event: runEvent }),
  /** At most a few a second while a source is read. */
  z.object({ kind: z.literal('reading'), source: sourceReference, progress: readingProgress }),
  /** Once a second while a run goes: a silent engine is a hanging one. */
  z.object({ kind: z.literal('alive') }),
]);
export type EngineMessage = z.infer<typeof engineMessage>;
