/** A real host in temporary folders, and documents to put into it. */
import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { createHost, type Host } from '../../electron/host/host';
import { childProcessLauncher } from '../../electron/host/launcher';
import { inspectNative } from '../../electron/setup/native-folder';
import { nativeFolder } from '../../electron/setup/locations';
import { emptyDocument, type Block, type Document, type Json } from '../../shared/document/document';
import type { HostEvent } from '../../shared/protocol/host-api';
import type { RunRecord, RunState } from '../../shared/protocol/run';
import type { Result } from '../../shared/result';

export const engineEntry = path.resolve(import.meta.dirname, '../../out/main/engine.cjs');

/** Whether networks can really be trained here. */
export const canTrain =
  existsSync(engineEntry) && ['complete', 'unstamped'].includes((await inspectNative(nativeFolder())).state);

export interface Hosted {
  folder: string;
  /** The engines that were started, in order. */
  engines: { role: string; pid: number; threads?: number }[];
  /** Where projects of the test lie. */
  root: string;
  host: Host;
  /** Another start of the application on the same folders. */
  restart(): Promise<Host>;
  close(): Promise<void>;
}

export function hostForTest(options: { entry?: string; bounded?: boolean } = {}): Hosted {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-host-'));
  const make = (name: string) => {
    mkdirSync(path.join(folder, name), { recursive: true });
    return path.join(folder, name);
  };
  const root = make('projects');
  const folders = { data: make('data'), cache: make('cache'), examples: make('examples') };
  const launcher = childProcessLauncher(options.entry ?? engineEntry);
  const start = () =>
    createHost({
      launcher: {
        start: (settings) => {
          const engine = launcher.start(settings);
          hosted.engines.push({ role: settings.role, pid: engine.pid ?? 0, threads: settings.threads });
          return engine;
        },
      },
      folders,
      version: '0.0.0',
      ...(options.bounded ? { root } : {}),
      home: root,
      shell: 'browser',
    });
  const hosted: Hosted = {
    folder,
    root,
    engines: [],
    host: start(),
    restart: async () => {
      await hosted.host.close();
      hosted.host = start();
      return hosted.host;
    },
    close: async () => {
      await hosted.host.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
  return hosted;
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.message}`);
  return result.value;
}

export function problemOf(result: Result<unknown>): { code: string; message: string } {
  if (result.ok) throw new Error(`expected a problem, got ${JSON.stringify(result.value)}`);
  return result.problem;
}

/** What the first event from now on that fits was made into. */
export function nextEvent<T>({ host }: Hosted, fits: (event: HostEvent) => T | null): Promise<T> {
  return new Promise((resolve) => {
    const unsubscribe = host.subscribe((candidate) => {
      const found = fits(candidate);
      if (found === null) return;
      unsubscribe();
      resolve(found);
    });
  });
}

export const nextState = (hosted: Hosted, wanted: RunState, run?: string): Promise<RunRecord> =>
  nextEvent(hosted, (event) =>
    event.type === 'run-state' &&
    event.record.state === wanted &&
    (run === undefined || event.record.run === run)
      ? event.record
      : null,
  );

/** Saved as `net.axon`; answers the open project. */
export async function saveNew({ host, root }: Hosted, document: Document): Promise<string> {
  const { project } = valueOf(await host.newProject({}));
  valueOf(await host.saveProject({ project, document, path: path.join(root, 'net.axon') }));
  return project;
}

let documents = 0;
export function documentOf(
  blocks: Record<string, [type: string, params?: Record<string, Json>]>,
  wires: [from: string, to: string][] = [],
): Document {
  const document = emptyDocument(`document-of-test-${process.pid}-${++documents}`, '0.0.0');
  for (const [id, [type, params = {}]] of Object.entries(blocks)) {
    const block: Block = { type, version: 1, title: '', params, position: { x: 0, y: 0 } };
    document.blocks[id] = block;
  }
  wires.forEach(([from, to], i) => {
    const [fromBlock, fromPort] = from.split('.');
    const [toBlock, toPort] = to.split('.');
    document.wires[`w${i}`] = {
      from: { block: fromBlock, port: fromPort },
      to: { block: toBlock, port: toPort },
    };
  });
  return document;
}

/** Two moons, a small network, enough epochs that a test can step in. */
export const moons = (params: { epochs?: number; count?: number; batch_size?: number } = {}): Document =>
  documentOf(
    {
      data: ['ToyData', { shape: 'moons', count: params.count ?? 200 }],
      split: ['Split'],
      input: ['Input'],
      dense: ['Dense', { units: 8, activation: 'tanh' }],
      output: ['Dense', { units: 1, activation: 'sigmoid' }],
      loss: ['BinaryCrossentropy'],
      optimizer: ['Adam', { learning_rate: 0.01 }],
      train: ['Train', { epochs: params.epochs ?? 3, batch_size: params.batch_size ?? 32 }],
    },
    [
      ['data.data', 'split.data'],
      ['split.data', 'input.data'],
      ['input.output', 'dense.input'],
      ['dense.output', 'output.input'],
      ['output.output', 'loss.prediction'],
      ['split.data', 'loss.labels'],
      ['loss.loss', 'train.loss'],
      ['optimizer.optimizer', 'train.optimizer'],
    ],
  );
