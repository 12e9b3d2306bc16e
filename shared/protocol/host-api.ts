/**
 * Owns the one interface between a window and the host. Every request is validated by its schema where it enters; every
 * answer is a Result. Electron IPC and WebSocket are two transports of it.
 */
import { z } from 'zod';
import { document, json, type Document } from '../document/document';
import { part, type DataFacts } from '../document/facts';
import type { Result } from '../result';
import {
  runEvent,
  runOrder,
  runRecord,
  type EvaluatedNow,
  type Examination,
  type RateChange,
  type RunEvent,
  type RunOrder,
  type RunRecord,
  type Snapshot,
} from './run';
import { appSettings, type SettingsState } from './settings';
import type { Calibration } from './calibration';
import type { Cell, Evaluation, Exported, Plane, Regression, SamplesByLoss } from './evaluation';
import { readingProgress } from './reading';
import type { SampleView } from './samples';

const project = z.string().min(1).max(100);
/** No file system takes the character NUL in a name. */
const filePath = z
  .string()
  .min(1)
  .max(4096)
  .refine((name) => !name.includes('\0'));
const run = filePath;
const none = z.object({});

export const hostRequests = {
  about: none,
  /** How fast this machine trains; measured at the first time, which takes a second or two. */
  calibration: none,
  /** Recents and examples for the start page. */
  start: none,
  settings: none,
  /** What is left out stays as it was. Holds for the runs that begin from now on. */
  changeSettings: appSettings.partial(),

  newProject: none,
  openExample: z.object({ name: z.string() }),
  openProject: z.object({ path: filePath }),
  /** What is open already, as its window told it last: for a window that had to be loaded again. */
  resumeProject: z.object({ project }),
  /** A file that was dropped on a browser window: there is only its text. */
  openText: z.object({ name: z.string(), text: z.string().max(64 * 1024 * 1024) }),
  /** Without a path: where it was. Refused with `project/changed-on-disk` when another program changed the file, unless `overwrite`. */
  saveProject: z.object({ project, document, path: filePath.optional(), overwrite: z.boolean().optional() }),
  /** Keeps a copy beside the application's data, for the next start after a crash. */
  autosave: z.object({ project, document }),
  closeProject: z.object({ project }),
  /** Takes or drops what an earlier crash left. */
  discardRecovery: z.object({ recovery: z.string() }),
  openRecovery: z.object({ recovery: z.string() }),
  /** Folders and files for the browser's file dialog, inside the served root. */
  browse: z.object({ path: z.string().optional(), extensions: z.array(z.string()).optional() }),

  /** What a data block's source holds. Reads through an engine process, never in the host. */
  facts: z.object({ project, block: z.string(), type: z.string(), params: z.record(z.string(), json) }),
  /** Leaves off where this source is being read. */
  stopReading: z.object({ project, type: z.string(), params: z.record(z.string(), json) }),
  samples: z.object({
    project,
    type: z.string(),
    params: z.record(z.string(), json),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(200),
  }),

  /** Gets the native engine; progress comes as `setup` events. */
  /** By default the ready-made files, then a build on this computer. `wasm` needs nothing and is slower. */
  prepareEngine: z.object({ way: z.enum(['official', 'build', 'wasm']).optional() }),
  cancelPrepareEngine: none,

  startRun: z.object({ project, document, seed: z.number().int().optional() }),
  /** `epochs` in all: more than the run was made for. */
  continueRun: z.object({ run, epochs: z.number().int().positive().optional() }),
  /** Makes a new run that goes on from a state that this one kept; `snapshot` names it in the folder of checkpoints. */
  branchRun: z.object({ run, snapshot: z.string().min(1).max(200) }),
  pauseRun: z.object({ run }),
  resumeRun: z.object({ run }),
  /** Asked again, the run leaves out the figures that it has not computed by then. */
  stopRun: z.object({ run }),
  /** Which runs train and which wait; changes come as `run-order`. */
  runOrder: none,
  /** `place` counts from 0 among the runs that wait. */
  moveRun: z.object({ run, place: z.number().int().min(0) }),
  /** One step; the run is paused before and after it. */
  stepRun: z.object({ run }),
  /** Figures of the weights of now, while the run goes. */
  evaluateNow: z.object({ run }),
  /** Where the time of a step goes, block by block, while the run goes. */
  profileRun: z.object({ run }),
  /** A checkpoint of now, which stays. */
  keepSnapshot: z.object({ run }),
  /** From the next step on. `trainer`: the id of a Train block; absent means every one. */
  setLearningRate: z.object({ run, trainer: z.string().max(200).optional(), value: z.number() }),
  listRuns: z.object({ project }),
  /** The record and every event so far. */
  readRun: z.object({ run }),
  /** Computes the figures that a report left out because the run was stopped meanwhile. Of the first Train block. */
  completeReport: z.object({ run }),

  evaluate: z.object({ run, part }),
  cell: z.object({
    run,
    part,
    epoch: z.number().int().optional(),
    trueClass: z.number().int().nullable(),
    predictedClass: z.number().int().nullable(),
    mistakesOnly: z.boolean().optional(),
    order: z.enum(['confident', 'doubtful', 'loss', 'row']),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(500),
  }),
  regression: z.object({
    run,
    part,
    epoch: z.number().int().optional(),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(500),
  }),
  byLoss: z.object({
    run,
    part,
    epoch: z.number().int().optional(),
    offset: z.number().int().min(0),
    limit: z.number().int().min(1).max(500),
  }),
  plane: z.object({ run, part, epoch: z.number().int().optional() }),
  exportRun: z.object({ run, format: z.enum(['tfjs']), path: filePath }),
} as const;

export type HostMethod = keyof typeof hostRequests;
export type HostParams<M extends HostMethod> = z.infer<(typeof hostRequests)[M]>;

export interface OpenProject {
  /** Names the open project in later requests. */
  project: string;
  name: string;
  /** null while it was never saved. */
  path: string | null;
  document: Document;
  savedAt: number | null;
  /** An autosave that is newer than the file. */
  newerAutosave?: { recovery: string; time: number };
  /** The document is not what the file holds. */
  unsaved?: boolean;
  /** It is the copy of this time that Axonry kept before it ended without saving. */
  recovered?: { time: number };
  /** Another window, or another Axonry, has the same file open. */
  alsoOpen?: boolean;
}
export interface Example {
  name: string;
  title: string;
  summary: string;
  /** What the network is about: chips on the start page. */ kind: 'images' | 'tables' | 'toys';
  document: Document;
  /** Sentence where its data are missing. */ needs: string | null;
}
export interface Recent {
  path: string;
  name: string;
  time: number;
  result: string | null;
}
export interface Recovery {
  recovery: string;
  name: string;
  /** The file that it belongs to; null where there was none yet. */
  path: string | null;
  time: number;
}
export interface StartPage {
  examples: Example[];
  recents: Recent[];
  recoveries: Recovery[];
}
export interface BrowseEntry {
  name: string;
  path: string;
  kind: 'folder' | 'file';
  size: number;
  modified: number;
}

export type EngineState =
  | { state: 'unknown' | 'preparing' }
  /** `device`: what it computes on, once its library was asked. `portable`: WebAssembly, no native code, so slower. */
  | { state: 'ready'; device?: string; version: string; portable?: boolean }
  | { state: 'missing'; message: string };

export interface About {
  version: string;
  engine: EngineState;
  /** `AMD EPYC`. */
  processor: string;
  cores: number;
  memory: number;
  platform: string;
  root: string;
  shell: 'browser' | 'desktop';
}

export interface HostAnswers {
  about: About;
  calibration: Calibration;
  start: StartPage;
  settings: SettingsState;
  changeSettings: SettingsState;
  newProject: OpenProject;
  openExample: OpenProject;
  openProject: OpenProject;
  resumeProject: OpenProject;
  openText: OpenProject;
  saveProject: { path: string; name: string; savedAt: number };
  autosave: { savedAt: number };
  closeProject: null;
  discardRecovery: null;
  openRecovery: OpenProject;
  browse: { path: string; parent: string | null; entries: BrowseEntry[] };
  facts: DataFacts;
  stopReading: null;
  samples: SampleView[];
  prepareEngine: null;
  cancelPrepareEngine: null;
  startRun: { run: string; record: RunRecord };
  continueRun: { run: string; record: RunRecord };
  branchRun: { run: string; record: RunRecord };
  pauseRun: null;
  resumeRun: null;
  stopRun: null;
  runOrder: RunOrder;
  moveRun: null;
  stepRun: null;
  evaluateNow: EvaluatedNow;
  profileRun: Examination;
  keepSnapshot: Snapshot;
  setLearningRate: RateChange;
  listRuns: RunRecord[];
  readRun: { record: RunRecord; events: RunEvent[] };
  completeReport: RunRecord;
  evaluate: Evaluation;
  cell: Cell;
  regression: Regression;
  byLoss: SamplesByLoss;
  plane: Plane | null;
  exportRun: Exported;
}

export const hostEvent = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('setup'),
    stage: z.string(),
    message: z.string(),
    done: z.number().optional(),
    total: z.number().optional(),
  }),
  z.object({
    type: z.literal('engine'),
    state: z.enum(['unknown', 'preparing', 'ready', 'missing']),
    message: z.string().optional(),
    device: z.string().optional(),
    version: z.string().optional(),
    portable: z.boolean().optional(),
  }),
  /** How far it is with what a data block holds, where that takes longer than a moment. */
  z.object({
    type: z.literal('reading'),
    project: z.string().nullable(),
    block: z.string(),
    progress: readingProgress,
  }),
  z.object({ type: z.literal('run'), run: z.string(), event: runEvent }),
  z.object({ type: z.literal('run-state'), record: runRecord }),
  z.object({ type: z.literal('run-order'), order: runOrder }),
  /** Its folder was `from` until its project got a file. */
  z.object({ type: z.literal('run-moved'), from: z.string(), record: runRecord }),
  /** The engine of this run has given no sign of life for so long; 0: it has again. */
  z.object({ type: z.literal('silence'), run: z.string(), seconds: z.number() }),
]);
export type HostEvent = z.infer<typeof hostEvent>;

export type HostApi = { [M in HostMethod]: (params: HostParams<M>) => Promise<Result<HostAnswers[M]>> } & {
  /** Returns the function that ends the subscription. */
  subscribe(listener: (event: HostEvent) => void): () => void;
};
