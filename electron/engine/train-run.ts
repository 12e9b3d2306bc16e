/** Owns a training request: reads the run's folder and its data, has the network trained, answers the report. */
import type { EngineSettings, TrainRequests } from '../../shared/protocol/engine';
import type { Report, RunEvent } from '../../shared/protocol/run';
import { fail, ok, type Result } from '../../shared/result';
import { paced } from '../data/progress';
import { availableBytes } from '../data/room';
import { loadBackend } from './native';
import { loadRunData, rowClasses } from './run-data';
import { readFingerprints, readPlan, readPreparation } from './run-folder';
import type { RunControl } from './training/control';
import type { TrainingRun } from './training/run';
import { train } from './training/train';
import { HEAP_BYTES, HeapFull } from './wasm/heap';

export interface TrainContext {
  settings: EngineSettings;
  emit: (event: RunEvent) => void;
  control: RunControl;
}

export async function trainRun(
  request: TrainRequests['train'],
  { settings, emit, control }: TrainContext,
): Promise<Result<Report>> {
  const engine = await loadBackend(settings);
  if (!engine.ok) return engine;
  const plan = readPlan(request.run);
  if (!plan.ok) return plan;
  const fingerprints = readFingerprints(request.run);
  if (!fingerprints.ok) return fingerprints;
  // A run that goes on must see the numbers that it was trained with.
  const saved = request.checkpoint === undefined ? ok(null) : readPreparation(request.run);
  if (!saved.ok) return saved;

  const tell = (progress: { message: string; share?: number; secondsLeft?: number }) =>
    emit({ type: 'preparing', time: Date.now(), ...progress });
  tell({ message: 'Reading the data' });
  const context = {
    folder: request.folder,
    cacheFolder: settings.cacheFolder,
    signal: control.stopSignal,
    onProgress: paced(tell),
  };
  const data = await loadRunData(plan.value, context, fingerprints.value, saved.value);
  if (!data.ok) return data;
  return withinHeap({
    plan: plan.value,
    prepared: data.value.prepared,
    classes: rowClasses(data.value.dataSets),
    seed: request.seed,
    folder: request.run,
    checkpoint: request.checkpoint,
    profile: request.profile,
    engine: engine.value,
    ...(settings.backend === 'wasm' ? { availableBytes: Math.min(availableBytes(), HEAP_BYTES) } : {}),
    emit,
    control,
  });
}

/** What was estimated to fit may not. */
async function withinHeap(run: TrainingRun): Promise<Result<Report>> {
  try {
    return await train(run);
  } catch (error) {
    if (!(error instanceof HeapFull)) throw error;
    const [{ block }] = run.plan.trainers;
    return fail('run/memory', `${error.message} Lower batch_size of ${block}, or prepare the native engine.`);
  }
}
