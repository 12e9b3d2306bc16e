/** Owns what each role of an engine process can be asked, and what stands behind each request. */
import { inspectRequests, trainRequests, type EngineSettings } from '../../shared/protocol/engine';
import type { RunEvent } from '../../shared/protocol/run';
import { ok, type Result } from '../../shared/result';
import { measureMachine } from './calibrate/measure-machine';
import { byLoss } from './inspect/by-loss';
import { cell } from './inspect/cell';
import { evaluateRun } from './inspect/evaluate';
import { exportRun } from './inspect/export';
import { facts } from './inspect/facts';
import { OpenRuns, type OpenedRun } from './inspect/opened-run';
import { plane } from './inspect/plane';
import { Readings, type TellReading } from './inspect/readings';
import { regression } from './inspect/regression';
import { samples, SourceKeeper } from './inspect/samples';
import { service, type Services } from './serve';
import { trainRun } from './train-run';
import { RunControl } from './training/control';

/** One run; what steers it is heard while it goes. */
export function trainServices(settings: EngineSettings, emit: (event: RunEvent) => void): Services {
  const control = new RunControl();
  const steer = (change: () => void): Result<null> => {
    change();
    return ok(null);
  };
  return {
    train: service('in order', trainRequests.train, (request) =>
      trainRun(request, { settings, emit, control }),
    ),
    pause: service('at once', trainRequests.pause, () => steer(() => control.pause())),
    resume: service('at once', trainRequests.resume, () => steer(() => control.resume())),
    stop: service('at once', trainRequests.stop, () => steer(() => control.stop())),
    stepOnce: service('at once', trainRequests.stepOnce, () => steer(() => control.stepOnce())),
    evaluateNow: service('at once', trainRequests.evaluateNow, () => control.ask('evaluate')),
    snapshot: service('at once', trainRequests.snapshot, () => control.ask('snapshot')),
    profile: service('at once', trainRequests.profile, () => control.ask('profile')),
    setLearningRate: service('at once', trainRequests.setLearningRate, ({ trainer, value }) =>
      control.setLearningRate(value, trainer),
    ),
  };
}

export function inspectServices(settings: EngineSettings, tellReading: TellReading): Services {
  const runs = new OpenRuns(settings);
  const readings = new Readings(settings.cacheFolder, tellReading);
  const sources = new SourceKeeper(readings);
  const withRun = <R extends { run: string; folder: string }, T>(
    request: R,
    answer: (opened: OpenedRun, request: R) => Promise<Result<T>>,
  ): Result<T> | Promise<Result<T>> => {
    const opened = runs.get(request.run, request.folder);
    return opened.ok ? answer(opened.value, request) : opened;
  };
  return {
    calibrate: service('in order', inspectRequests.calibrate, () => measureMachine(settings)),
    facts: service('in order', inspectRequests.facts, (request) => facts(request, readings)),
    stopReading: service('at once', inspectRequests.stopReading, ({ source }) => {
      readings.stop(source);
      return ok(null);
    }),
    samples: service('in order', inspectRequests.samples, (request) => samples(request, sources)),
    evaluate: service('in order', inspectRequests.evaluate, (request) =>
      withRun(request, (opened) => evaluateRun(opened, request, sources)),
    ),
    cell: service('in order', inspectRequests.cell, (request) => withRun(request, cell)),
    regression: service('in order', inspectRequests.regression, (request) => withRun(request, regression)),
    byLoss: service('in order', inspectRequests.byLoss, (request) => withRun(request, byLoss)),
    plane: service('in order', inspectRequests.plane, (request) => withRun(request, plane)),
    export: service('in order', inspectRequests.export, (request) => withRun(request, exportRun)),
  };
}
