/** A real engine process for tests: bundled as the application bundles it, started as the host starts it. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from 'vite';
import { definitionOf } from '../../../shared/blocks/catalogue';
import { defaultValue } from '../../../shared/blocks/parameter';
import type { Json } from '../../../shared/document/document';
import type { DataFacts } from '../../../shared/document/facts';
import type { EngineMessage, EngineSettings } from '../../../shared/protocol/engine';
import { RUN_FILES, type RunEvent } from '../../../shared/protocol/run';
import type { Result } from '../../../shared/result';
import { readFacts } from '../../../electron/data/facts';
import { childProcessLauncher, type EngineProcess } from '../../../electron/host/launcher';
import { nativeFolder } from '../../../electron/setup/locations';
import { draw, type Drawing } from '../../shared/draw';

const project = path.resolve(import.meta.dirname, '../../..');
/** Inside the project, so that the bundle finds its libraries. */
const bundleFolder = path.join(project, 'out', `engine-of-test-${process.pid}`);

let bundled: Promise<string> | null = null;
export const engineEntry = (): Promise<string> =>
  (bundled ??= build({
    configFile: path.join(project, 'vite.electron.config.ts'),
    root: project,
    mode: 'engine',
    logLevel: 'silent',
    build: { outDir: bundleFolder },
  }).then(() => path.join(bundleFolder, 'engine.cjs')));

type Asked = { id: number; settle: (result: Result<unknown>) => void };

export class Engine {
  readonly messages: EngineMessage[] = [];
  readonly ended: Promise<{ code: number | null; signal: string | null }>;
  private readonly asked: Asked[] = [];
  private readonly watchers = new Set<() => void>();
  private nextId = 1;

  private constructor(readonly process: EngineProcess) {
    this.ended = new Promise((resolve) => process.onExit((code, signal) => resolve({ code, signal })));
    process.onMessage((raw) => {
      const message = raw as EngineMessage;
      this.messages.push(message);
      if (message.kind === 'answer') this.asked.find(({ id }) => id === message.id)?.settle(message.result);
      for (const watcher of this.watchers) watcher();
    });
  }

  static async start(
    settings: Partial<EngineSettings> & Pick<EngineSettings, 'role' | 'cacheFolder'>,
  ): Promise<Engine> {
    const complete: EngineSettings = { nativeFolder: nativeFolder(), backend: 'tensorflow', ...settings };
    return new Engine(childProcessLauncher(await engineEntry()).start(complete));
  }

  get events(): RunEvent[] {
    return this.messages.flatMap((message) => (message.kind === 'event' ? [message.event] : []));
  }

  ask<T>(method: string, params: unknown): Promise<Result<T>> {
    const id = this.nextId++;
    return new Promise((resolve) => {
      this.asked.push({ id, settle: (result) => resolve(result as Result<T>) });
      this.process.send({ id, method, params });
    });
  }

  /** The value, or the problem as an exception. */
  async need<T>(method: string, params: unknown): Promise<T> {
    const answer = await this.ask<T>(method, params);
    if (!answer.ok) throw new Error(`${answer.problem.code}: ${answer.problem.message}`);
    return answer.value;
  }

  /** Resolves when what has been said so far, or will be, satisfies it. */
  until(satisfied: (engine: this) => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!satisfied(this)) return;
        this.watchers.delete(look);
        resolve();
      };
      this.watchers.add(look);
      look();
    });
  }

  async quit(): Promise<void> {
    this.process.send({ id: this.nextId++, method: 'quit', params: {} });
    await this.ended;
  }
}

/** A folder of the test, and one for the cache. */
export class Place {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-engine-'));
  readonly cache = path.join(this.folder, 'cache');
  private runs = 0;

  /** Everything that the host writes before a run starts. */
  freeze(drawing: Drawing): string {
    const { plan, diagnostics } = drawing.compile();
    if (!plan) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
    const run = path.join(this.folder, `run-${++this.runs}`);
    mkdirSync(run, { recursive: true });
    const files: [string, unknown][] = [
      [RUN_FILES.document, drawing.document],
      [RUN_FILES.plan, plan],
      [RUN_FILES.facts, drawing.document.facts],
    ];
    for (const [name, content] of files) writeFileSync(path.join(run, name), JSON.stringify(content));
    return run;
  }

  /** What the host writes down while a run goes. */
  log(run: string, events: readonly RunEvent[]): void {
    writeFileSync(
      path.join(run, RUN_FILES.events),
      events.map((event) => `${JSON.stringify(event)}\n`).join(''),
    );
  }

  /** Freezes, trains in an engine of its own, and writes the ledger. */
  async train(drawing: Drawing, seed = 1): Promise<string> {
    const run = this.freeze(drawing);
    const engine = await Engine.start({ role: 'train', cacheFolder: this.cache });
    await engine.need('train', { run, folder: this.folder, seed });
    this.log(run, engine.events);
    await engine.quit();
    return run;
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export const removeBundle = (): void => rmSync(bundleFolder, { recursive: true, force: true });

type Params = Record<string, Json>;
type Row = (string | [string, Params])[];

/** The parameters of a source with its defaults filled in. */
export function completeParams(type: string, params: Params): Params {
  const parameters = definitionOf(type)?.parameters ?? {};
  return {
    ...Object.fromEntries(
      Object.entries(parameters).map(([name, parameter]) => [name, defaultValue(parameter)]),
    ),
    ...params,
  };
}

export async function factsOf(type: string, params: Params, folder: string): Promise<DataFacts> {
  const behaviour = definitionOf(type)?.behaviour;
  if (behaviour?.kind !== 'source') throw new Error(`${type} is no source`);
  const facts = await readFacts(behaviour.reader, completeParams(type, params), { folder });
  if (!facts.ok) throw new Error(facts.problem.message);
  return facts.value;
}

interface Sketch {
  source: [string, Params];
  preparations?: Row;
  layers: Row;
  loss: string | [string, Params];
  optimizer?: [string, Params];
  train: Params;
}

/** A whole network on real facts: data, preparations, Input, layers, loss, optimizer, Train. */
export async function sketch(
  folder: string,
  { source, preparations = [], layers, loss, optimizer = ['Adam', {}], train }: Sketch,
): Promise<Drawing> {
  const [type, params] = source;
  const drawing = draw().place(type, params, { id: 'data', facts: await factsOf(type, params, folder) });
  drawing.chain('data', ...preparations, 'Input');
  const { wires } = drawing.document;
  const dataset =
    Object.values(wires).find(({ to }) => to.block === 'input' || to.block === 'input_1')?.from.block ??
    'data';
  const input = Object.values(wires).find(({ from }) => from.block === dataset)?.to.block ?? 'input';
  drawing.chain(input, ...layers);
  const last = Object.keys(drawing.document.blocks).pop() ?? '';
  const [lossType, lossParams] = typeof loss === 'string' ? [loss, {}] : loss;
  return drawing
    .place(lossType, lossParams, { id: 'loss' })
    .wire(last, 'loss.prediction')
    .wire(dataset, 'loss.labels')
    .place(...optimizer, { id: 'optimizer' })
    .place('Train', train, { id: 'train' })
    .wire('loss', 'train.loss')
    .wire('optimizer', 'train.optimizer');
}

export const blobsNetwork = (
  folder: string,
  train: Params = { epochs: 4, batch_size: 32 },
): Promise<Drawing> =>
  sketch(folder, {
    source: ['ToyData', { shape: 'blobs', count: 600, classes: 3, noise: 0.6, seed: 3 }],
    preparations: ['Standardize', ['Split', { validation: 0.2, test: 0.2 }]],
    layers: [
      ['Dense', { units: 8, activation: 'relu' }],
      ['Dense', { units: 3, activation: 'softmax' }],
    ],
    loss: 'SparseCategoricalCrossentropy',
    optimizer: ['Adam', { learning_rate: 0.02 }],
    train,
  });

export const digitsNetwork = (folder: string): Promise<Drawing> =>
  sketch(folder, {
    source: ['Digits', { count: 400 }],
    preparations: ['Scale', 'OneHot', ['Split', { validation: 0.2, test: 0.2 }]],
    layers: [
      ['Conv2D', { filters: 4, kernel_size: [3, 3], activation: 'leaky_relu' }],
      'MaxPooling2D',
      'BatchNormalization',
      'Flatten',
      ['Dropout', { rate: 0.2 }],
      ['Dense', { units: 10, activation: 'softmax' }],
    ],
    loss: 'CategoricalCrossentropy',
    optimizer: ['Adam', { learning_rate: 0.01 }],
    train: { epochs: 2, batch_size: 32 },
  });

export const linesNetwork = (folder: string): Promise<Drawing> =>
  sketch(folder, {
    source: ['CSVTable', { path: 'lines.csv', target: 'y', header: 'yes', task: 'auto' }],
    preparations: ['Standardize', ['Split', { validation: 0.2, test: 0.2, stratified: false }]],
    layers: [
      ['Dense', { units: 8, activation: 'tanh' }],
      ['Dense', { units: 1 }],
    ],
    loss: 'MeanSquaredError',
    optimizer: ['Adam', { learning_rate: 0.05 }],
    train: { epochs: 20, batch_size: 16 },
  });
