/** Runs for training tests: a plan and samples become a run in a folder of its own, and what it said. */
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import type { Plan } from '../../shared/compiler/plan';
import { PARTS } from '../../shared/document/facts';
import type { Report, RunEvent } from '../../shared/protocol/run';
import type { Result } from '../../shared/result';
import type { PreparedSet } from '../../electron/data/preparation/prepare';
import type { RowClasses } from '../../electron/engine/pictures/draw';
import type { Samples } from '../../electron/engine/step/samples';
import { RunControl } from '../../electron/engine/training/control';
import { train } from '../../electron/engine/training/train';

export function preparedOf(plan: Plan, samples: Samples): PreparedSet {
  const n = PARTS.reduce((count, part) => count + samples.parts[part].length, 0);
  const parts = new Uint8Array(n);
  PARTS.forEach((part, index) => samples.parts[part].forEach((row) => (parts[row] = index)));
  const of = (from: Samples['inputs'] | undefined, block: string) => {
    const array = from?.get(block);
    if (array === undefined) throw new Error(`no samples for ${block}`);
    return { ...array, shape: [...array.shape] };
  };
  return {
    n,
    parts,
    arrays: [
      ...plan.inputs.map(({ block }) => of(samples.inputs, block)),
      ...plan.losses.map(({ block }) => of(samples.labels, block)),
      ...plan.losses
        .filter(({ sample_weight }) => sample_weight !== undefined)
        .map(({ block }) => of(samples.weights, block)),
    ],
    state: { format: 'axonry-preparation', version: 1, sources: [], steps: [], arrays: [] },
  };
}

export type EventOf<T extends RunEvent['type']> = Extract<RunEvent, { type: T }>;

export interface Trained {
  result: Result<Report>;
  events: RunEvent[];
  folder: string;
  of<T extends RunEvent['type']>(type: T): EventOf<T>[];
}

const folders: string[] = [];
export const newFolder = (): string => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-run-'));
  folders.push(folder);
  return folder;
};
export const removeFolders = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
};

export interface RunSketch {
  plan: Plan;
  samples: Samples;
  classes?: RowClasses;
  seed?: number;
  folder?: string;
  checkpoint?: string;
  /** Hears every event while the run goes. */
  hear?: (event: RunEvent, control: RunControl) => void;
  control?: RunControl;
  availableBytes?: number;
  examine?: 'always' | 'never';
  profile?: 'also' | 'only';
}

export async function trainRun({
  plan,
  samples,
  classes,
  seed = 0,
  folder = newFolder(),
  checkpoint,
  hear,
  control = new RunControl(),
  availableBytes,
  examine,
  profile,
}: RunSketch): Promise<Trained> {
  const events: RunEvent[] = [];
  const emit = (event: RunEvent): void => {
    events.push(event);
    hear?.(event, control);
  };
  const result = await train({
    plan,
    prepared: preparedOf(plan, samples),
    classes,
    seed,
    folder,
    checkpoint,
    emit,
    control,
    availableBytes,
    examine,
    profile,
    engine: { backend: 'tensorflow', version: 'test' },
  });
  return {
    result,
    events,
    folder,
    of: <T extends RunEvent['type']>(type: T) =>
      events.filter((event): event is EventOf<T> => event.type === type),
  };
}

/** Trains so many steps one by one, then stops. */
export function trainSteps(steps: number, sketch: Omit<RunSketch, 'hear' | 'control'>): Promise<Trained> {
  const control = new RunControl();
  control.stepOnce();
  let paused = 0;
  return trainRun({
    ...sketch,
    control,
    hear({ type }) {
      if (type !== 'paused') return;
      paused += 1;
      if (paused <= steps) control.stepOnce();
      else control.stop();
    },
  });
}

export function reportOf({ result }: Trained): Report {
  if (!result.ok) throw new Error(result.problem.message);
  return result.value;
}
