/**
 * Owns what a run says while it goes and what it leaves: the events of the ledger (`events.jsonl`), the report, and the
 * record that the window shows. All figures of a report are of the kept weights, evaluated without dropout.
 */
import { z } from 'zod';
import { part } from '../document/facts';
import { severity } from '../compiler/diagnostic';
import { pictures } from './pictures';

/** `loss`, `n` and whatever metrics the Train block asks for, as `accuracy`. null is undefined (0/0), never 0. */
export const metricValues = z
  .object({ loss: z.number().nullable(), n: z.number().int() })
  .catchall(z.number().nullable());
export type MetricValues = z.infer<typeof metricValues>;

/** Rows are true classes, columns predicted ones. */
export const confusion = z.object({
  labels: z.array(z.string()),
  counts: z.array(z.array(z.number().int())),
});
export type Confusion = z.infer<typeof confusion>;

export const runDiagnostic = z.object({
  code: z.string(),
  severity,
  block: z.string().nullable(),
  message: z.string(),
  why: z.string(),
  /** The learning rate that `why` advises. */
  advisedRate: z.number().optional(),
  /** The number of epochs that `why` advises at the least. */
  advisedEpochs: z.number().int().optional(),
  /** Epoch or step that raised it. */
  epoch: z.number().optional(),
  step: z.number().optional(),
});
export type RunDiagnostic = z.infer<typeof runDiagnostic>;

/** Of one part each. */
const partMetrics = z.object({
  train: metricValues.optional(),
  validation: metricValues.optional(),
  test: metricValues.optional(),
});

/** Steps of a learning-rate range test, each with its rate and the loss of its batch. */
const rangePoints = z.array(z.object({ rate: z.number(), loss: z.number() }));
export const rangeTestResult = z.object({
  /** Its block. */
  optimizer: z.string(),
  points: rangePoints,
  /** Where the loss fell fastest; null where it never did. */
  suggestion: z.number().nullable(),
});
export type RangeTestResult = z.infer<typeof rangeTestResult>;

export const engineInfo = z.object({
  /** `javascript` stands in runs from before there was WebAssembly. */
  backend: z.enum(['tensorflow', 'wasm', 'javascript']),
  version: z.string(),
  /** What it computes on, as `AMD EPYC`; absent in older runs. */
  device: z.string().optional(),
  step: z.enum(['recorded', 'eager']),
});

export const report = z.object({
  type: z.literal('report'),
  run: z.string(),
  seed: z.number(),
  /** Epochs that were trained in all, over resumes. */
  epochs: z.number().int(),
  /** The epoch whose weights were kept. */
  keptEpoch: z.number().int(),
  steps: z.number().int(),
  seconds: z.number(),
  samplesPerSecond: z.number(),
  engine: engineInfo,
  /** Of the first Train block of the last stage. */
  metrics: partMetrics,
  /** By Train block, where there are several. */
  trainers: z.record(z.string(), z.object({ metrics: partMetrics })).optional(),
  /** Of the test part, else validation, else train: see `confusionPart`. Absent for regression. */
  confusion: confusion.optional(),
  confusionPart: part.optional(),
  rangeTest: rangeTestResult.optional(),
  /** Parts whose figures were not computed because the run was stopped while they were; they can be asked for later. */
  leftOut: z.array(part).optional(),
  diagnostics: z.array(runDiagnostic),
  stopped: z.enum(['finished', 'early', 'asked', 'not-finite', 'failed']),
});
export type Report = z.infer<typeof report>;

/** Between two steps: the step that was done last, and the epoch that it belongs to. */
const now = { epoch: z.number().int(), step: z.number().int() };
export const evaluatedNow = z.object({
  ...now,
  part: z.enum(['train', 'validation']),
  metrics: metricValues,
});
export type EvaluatedNow = z.infer<typeof evaluatedNow>;
/** `checkpoint`: file name in the run's `checkpoints` folder; the run never removes it. */
export const snapshot = z.object({ ...now, checkpoint: z.string() });
export type Snapshot = z.infer<typeof snapshot>;
export const rateChange = z.object({ ...now, trainer: z.string(), value: z.number() });
export type RateChange = z.infer<typeof rateChange>;

/** What one step showed that was looked into without being taken. Norms are Euclidean, over all weights of a block. */
const examinedBlock = z.object({
  block: z.string(),
  /** Milliseconds, operation by operation. */
  forward: z.number(),
  backward: z.number(),
  /** Of blocks that learn. `update`: the norm of the change that the optimizer would make. */
  learning: z
    .object({ weights: z.number().int(), gradient: z.number(), weight: z.number(), update: z.number() })
    .optional(),
  /** Of blocks that end in an activation and are read by others: how many units have no slope, over `samples`. */
  units: z
    .object({
      activation: z.string(),
      all: z.number().int(),
      dead: z.number().int(),
      /** Share of all values in the flat part. */
      saturated: z.number(),
      samples: z.number().int(),
    })
    .optional(),
});
export const examination = z.object({
  ...now,
  /** Where several Train blocks take turns: whose turn was looked into. */
  trainer: z.string().optional(),
  /** Of a run that was asked for its profile: the stage, from 1. */
  stage: z.number().int().optional(),
  batchSize: z.number().int(),
  loss: z.number(),
  /** Of one step, operation by operation. A recorded step takes less: its operations run together. */
  milliseconds: z.object({
    input: z.number(),
    forward: z.number(),
    backward: z.number(),
    update: z.number(),
  }),
  /** Of one step of the run itself, all turns together, on average, with what is told of it. */
  run: z.object({ step: z.number(), telemetry: z.number() }),
  blocks: z.array(examinedBlock),
});
export type Examination = z.infer<typeof examination>;
export type ExaminedBlock = Examination['blocks'][number];

/** The step counter runs over the whole run; `epoch` counts from 1. */
export const runEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('started'),
    time: z.number(),
    run: z.string(),
    seed: z.number(),
    engine: engineInfo,
    epochs: z.number(),
    stepsPerEpoch: z.number(),
    batchSize: z.number(),
    samples: z.object({ train: z.number(), validation: z.number(), test: z.number() }),
    parameters: z.number(),
    /** First epoch of this stretch: above 1 after a resume. */
    epoch: z.number(),
    /** Steps that were done before this stretch; absent in older ledgers. */
    step: z.number().int().optional(),
  }),
  /** Reading and preparing data, before the first step. */
  z.object({
    type: z.literal('preparing'),
    time: z.number(),
    message: z.string(),
    /** Of what the message names: 0 to 1. Absent where it is a matter of moments. */
    share: z.number().optional(),
    secondsLeft: z.number().optional(),
  }),
  /** At most a few a second: the mean over the steps since the last one. */
  z.object({
    type: z.literal('progress'),
    time: z.number(),
    epoch: z.number(),
    step: z.number(),
    stepInEpoch: z.number(),
    /** Of training so far, over resumes and without pauses; absent in older ledgers. */
    seconds: z.number().optional(),
    loss: z.number(),
    lossMin: z.number(),
    lossMax: z.number(),
    metrics: z.record(z.string(), z.number()),
    samplesPerSecond: z.number(),
    secondsLeft: z.number().nullable(),
    learningRate: z.number(),
    /** Steps of a range test since the last one. */
    rangeTest: rangeTestResult.pick({ optimizer: true, points: true }).optional(),
    /** By Train block, where several take turns; the figures beside it are those of the first. */
    trainers: z
      .record(
        z.string(),
        z.object({
          loss: z.number(),
          metrics: z.record(z.string(), z.number()),
          learningRate: z.number(),
        }),
      )
      .optional(),
    memory: z.object({ rss: z.number(), tensors: z.number() }),
  }),
  z.object({
    type: z.literal('epoch'),
    time: z.number(),
    epoch: z.number(),
    step: z.number(),
    seconds: z.number(),
    learningRate: z.number(),
    train: metricValues,
    validation: metricValues.optional(),
    /** Of the validation part. */
    confusion: confusion.optional(),
    /** By Train block, where several take turns. */
    trainers: z
      .record(
        z.string(),
        z.object({ train: metricValues, validation: metricValues.optional(), learningRate: z.number() }),
      )
      .optional(),
    /** Best so far by the monitored value. */
    best: z.boolean(),
    /** File name in the run's `checkpoints` folder. */
    checkpoint: z.string(),
  }),
  z.object({ type: z.literal('diagnostic'), time: z.number(), diagnostic: runDiagnostic }),
  /** What a diagnostic said has not been true for a good while by this epoch. */
  z.object({
    type: z.literal('withdrawn'),
    time: z.number(),
    code: z.string(),
    block: z.string().nullable(),
    epoch: z.number().int(),
  }),
  z.object({ type: z.literal('paused'), time: z.number() }),
  z.object({ type: z.literal('resumed'), time: z.number() }),
  /** Steps are over, what counts is kept: the weights of this epoch. Its figures are computed now. */
  z.object({ type: z.literal('kept'), time: z.number(), ...now }),
  /** How many samples the kept weights have been judged on. Told a few times a second, and not written down. */
  z.object({ type: z.literal('judging'), time: z.number(), part, done: z.number(), total: z.number() }),
  /** What a person asked for between two steps: figures of the weights of now. */
  z.object({ type: z.literal('evaluated'), time: z.number(), ...evaluatedNow.shape }),
  /** A snapshot that a person had kept. */
  z.object({ type: z.literal('snapshot'), time: z.number(), ...snapshot.shape }),
  z.object({ type: z.literal('examined'), time: z.number(), ...examination.shape }),
  /** What a network that makes pictures makes with the weights after an epoch. */
  z.object({
    type: z.literal('pictured'),
    time: z.number(),
    epoch: z.number().int(),
    pictures: z.array(pictures).min(1),
  }),
  /** Another learning rate, which a person asked for. */
  z.object({ type: z.literal('rate'), time: z.number(), ...rateChange.shape }),
  /** Written by the host when the engine ended without a report. */
  z.object({ type: z.literal('lost'), time: z.number(), reason: z.string(), lastEpoch: z.number() }),
  z.object({ type: z.literal('failed'), time: z.number(), code: z.string(), message: z.string() }),
  report.extend({ time: z.number() }),
]);
export type RunEvent = z.infer<typeof runEvent>;

/** `queued` waits for another run; `stopping`: it was asked to, and ends what it is at; `lost`: the engine died, it can be continued; `failed`: it ended with a sentence. */
export const runState = z.enum([
  'queued',
  'preparing',
  'running',
  'paused',
  'stopping',
  'finished',
  'stopped',
  'failed',
  'lost',
]);
export type RunState = z.infer<typeof runState>;

/** `run.json` in the run's folder. */
export const runRecord = z.object({
  format: z.literal('axonry-run'),
  version: z.literal(1),
  /** Absolute folder of the run: its identity on the command line and in HostApi. Filled in when it is read. */
  run: z.string(),
  /** Counts from 1 in each project. */
  number: z.number().int(),
  document: z.string(),
  project: z.string(),
  seed: z.number(),
  created: z.number(),
  state: runState,
  report: report.nullable(),
  planHash: z.string(),
  /** Runs with the same one take equally long for a step; absent in older runs. */
  stepKey: z.string().optional(),
  /** Of a run that went on from a kept state of another one: its number, the file, and the epochs that were complete. */
  from: z.object({ number: z.number().int(), checkpoint: z.string(), epochs: z.number().int() }).optional(),
  /** Sentence for `failed` and `lost`. */
  message: z.string().optional(),
});
export type RunRecord = z.infer<typeof runRecord>;

/** Runs of all projects: which train, and which wait, in the order in which they begin. */
const ordered = runRecord.pick({ run: true, number: true, project: true, document: true });
export const runOrder = z.object({ training: z.array(ordered), waiting: z.array(ordered) });
export type RunOrder = z.infer<typeof runOrder>;

/** Files of a run's folder, written once here. */
export const RUN_FILES = {
  record: 'run.json',
  document: 'document.axon',
  plan: 'plan.json',
  facts: 'facts.json',
  preparation: 'preparation.json',
  events: 'events.jsonl',
  checkpoints: 'checkpoints',
  predictions: 'predictions',
  losses: 'losses',
} as const;
/** `epoch-0003.safetensors`: weights, optimizer slots and, as metadata, everything a resume needs. */
export const checkpointFile = (epoch: number): string =>
  `epoch-${String(epoch).padStart(4, '0')}.safetensors`;
/** null: of another file. */
export function checkpointEpoch(name: string): number | null {
  const found = /^epoch-(\d+)\.safetensors$/.exec(name);
  return found === null ? null : Number(found[1]);
}
/** `step-00001200.safetensors`: what a person had kept between two steps, with all that `epoch-…` files have. */
export const snapshotFile = (step: number): string => `step-${String(step).padStart(8, '0')}.safetensors`;
/** `validation-0003.npy` after an epoch, `test-kept.npy` for the kept weights: float32 [n, outputs] in row order of the part. `losses` holds files of the same names: float32 [n], the loss of each sample. */
export const predictionsFile = (of: string, epoch: number | 'kept'): string =>
  `${of}-${epoch === 'kept' ? 'kept' : String(epoch).padStart(4, '0')}.npy`;
