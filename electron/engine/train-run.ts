/** Owns a training request: reads the run's folder and its data, has the network trained, answers the report. */
import type { EngineSettings, TrainRequests } from '../../shared/protocol/engine';
import type { Report, RunEvent } from '../../shared/protocol/run';
import { ok, type Result } from '../../shared/result';
import { loadBackend } from './native';
import { portableTakes } from './portable';
import { loadRunData } from './run-data';
import { readFingerprints, readPlan, readPreparation } from './run-folder';
import type { RunControl } from './training/control';
import { train } from './training/train';

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
  if (settings.backend === 'javascript') {
    const taken = portableTakes(plan.value);
    if (!taken.ok) return taken;
  }
  const fingerprints = readFingerprints(request.run);
  if (!fingerprints.ok) return fingerprints;
  // A run that goes on must see the numbers that it was trained with.
  const saved = request.checkpoint === undefined ? ok(null) : readPreparation(request.run);
  if (!saved.ok) return saved;

  const tell = (message: string, done?: number, total?: number) =>
    emit({ type: 'preparing', time: Date.now(), message, done, total });
  tell('Reading the data');
  const context = {
    folder: request.folder,
    cacheFolder: settings.cacheFolder,
    onProgress: ({ message, done, total }: { message: string; done?: number; total?: number }) =>
      tell(message, done, total),
  };
  const data = await loadRunData(plan.value, context, fingerprints.value, saved.value);
  if (!data.ok) return data;
  return train({
    plan: plan.value,
    prepared: data.value.prepared,
    seed: request.seed,
    folder: request.run,
    checkpoint: request.checkpoint,
    engine: engine.value,
    emit,
    control,
  });
}
