/**
 * Puts the host together: what every shell offers, behind HostApi. Knows no Electron and no HTTP. `parts` is for the
 * command line, which may do what a window may not: choose a run's folder, put other data in place.
 */
import os from 'node:os';
import path from 'node:path';
import type { Part } from '../../shared/document/facts';
import type { HostApi, StartPage } from '../../shared/protocol/host-api';
import { RUN_FILES } from '../../shared/protocol/run';
import { ok, type Result } from '../../shared/result';
import { processorName } from '../setup/computer';
import { createBoundary, type Boundary } from './boundary';
import { browse } from './browse';
import { Calibrations } from './calibrations';
import { Data } from './data';
import type { DataGrants } from './data-grants';
import { projectName, readDocument } from './document-file';
import { eventSource } from './events';
import { listExamples } from './examples';
import type { HostFolders } from './folders';
import { Inspection } from './inspection';
import { completeReport } from './late-figures';
import type { Launcher } from './launcher';
import { NativeEngine, type Backend } from './native-engine';
import { Presence } from './presence';
import { Projects } from './projects';
import { Recents } from './recents';
import { latestResult } from './run-result';
import { dataFolderOf, runsBeside } from './run-folder';
import { Runs } from './runs';
import { Settings } from './settings';

export interface HostOptions {
  launcher: Launcher;
  folders: HostFolders;
  version: string;
  /** Bounds what a window may open; absent where the person at the keyboard is trusted. */
  root?: string;
  /** Where untitled projects look for relative paths and where the file dialog starts. */
  home: string;
  shell: 'browser' | 'desktop';
  /** What a project may read outside its folder; without them it may read what `root` leaves. */
  dataGrants?: DataGrants;
  backend?: Backend;
  /** There is never more than one run: it need not share the processor with another one. */
  oneRun?: boolean;
}

export interface HostParts {
  boundary: Boundary;
  engine: NativeEngine;
  inspection: Inspection;
  data: Data;
  projects: Projects;
  runs: Runs;
}

export interface Host extends HostApi {
  readonly parts: HostParts;
  /** Ends every engine process; what was training can be continued later. */
  close(): Promise<void>;
}

const DEFAULT_SEED = 0;

export function createHost(options: HostOptions): Host {
  const { folders, version, launcher, home } = options;
  const events = eventSource();
  const boundary = createBoundary(options.root, [folders.data, folders.examples]);
  const engine = new NativeEngine(options.backend ?? 'tensorflow', events.emit);
  const settings = new Settings(folders, options.oneRun ?? false);
  const inspection = new Inspection(launcher, folders, engine, settings);
  const data = new Data(boundary, inspection, events.emit, options.dataGrants);
  const recents = new Recents(folders);
  const presence = new Presence(folders);
  const projects = new Projects(folders, version, boundary, recents, presence, home);
  const runs = new Runs(launcher, folders, engine, settings, data, boundary, events.emit);

  const calibrations = new Calibrations(
    launcher,
    folders,
    engine,
    settings,
    () => runs.order.training.length > 0,
  );

  async function start(): Promise<StartPage> {
    const entries = await recents.list();
    const admitted = await Promise.all(entries.map((entry) => boundary.admit(entry.path)));
    const shown = entries.filter((_, i) => admitted[i].ok);
    return {
      examples: await listExamples(folders),
      recents: await Promise.all(
        shown.map(async ({ path: file, time }) => ({
          path: file,
          time,
          name: projectName(file),
          result: await latestResult(runsBeside(file)),
        })),
      ),
      recoveries: await projects.autosaves.list(),
    };
  }

  /** The run as an inspect process is told of it, when this window may have its data read. */
  async function inspectable(run: string): Promise<Result<{ run: string; folder: string }>> {
    const record = await runs.find(run);
    if (!record.ok) return record;
    const folder = dataFolderOf(record.value.run);
    const frozen = await readDocument(path.join(record.value.run, RUN_FILES.document));
    if (!frozen.ok) return frozen;
    const admitted = await data.admitted(frozen.value.document, folder);
    return admitted.ok ? ok({ run: record.value.run, folder }) : admitted;
  }

  async function withRun<T>(
    run: string,
    ask: (place: { run: string; folder: string }) => Promise<Result<T>>,
  ): Promise<Result<T>> {
    const place = await inspectable(run);
    return place.ok ? ask(place.value) : place;
  }

  const started = async (record: Awaited<ReturnType<typeof runs.continue>>) =>
    Promise.resolve(record.ok ? ok({ run: record.value.run, record: record.value }) : record);

  return {
    parts: { boundary, engine, inspection, data, projects, runs },
    subscribe: (listener) => events.subscribe(listener),
    close: async () => {
      engine.cancel();
      await Promise.all([runs.close(), inspection.close(), calibrations.close()]);
      await presence.end();
    },

    about: async () =>
      ok({
        version,
        engine: await engine.look(),
        processor: processorName(),
        cores: os.cpus().length,
        memory: os.totalmem(),
        platform: `${process.platform}-${process.arch}`,
        root: options.root ?? home,
        shell: options.shell,
      }),
    calibration: () => calibrations.get(),
    start: async () => ok(await start()),
    settings: () => Promise.resolve(ok(settings.state)),
    changeSettings: async (part) => {
      const changed = await settings.change(part);
      if (changed.ok) runs.begin();
      return changed;
    },

    newProject: () => Promise.resolve(ok(projects.create())),
    openExample: ({ name }) => projects.openExample(name),
    openProject: ({ path: file }) => projects.openFile(file),
    resumeProject: ({ project }) => Promise.resolve(projects.resume(project)),
    openText: (params) => Promise.resolve(projects.openText(params)),
    saveProject: async (params) => {
      const saved = await projects.save(params);
      const session = projects.session(params.project);
      if (saved.ok && session.ok) await runs.follow(session.value);
      return saved;
    },
    autosave: (params) => projects.autosave(params),
    closeProject: async ({ project }) => {
      await projects.close(project);
      return ok(null);
    },
    discardRecovery: ({ recovery }) => projects.autosaves.discard(recovery),
    openRecovery: ({ recovery }) => projects.openRecovery(recovery),
    browse: (params) => browse(boundary, options.root ?? home, params),

    facts: async ({ project, block, type, params }) => {
      const session = projects.session(project);
      return session.ok ? data.facts(type, params, session.value.folder, { project, block }) : session;
    },
    stopReading: async ({ project, type, params }) => {
      const session = projects.session(project);
      return session.ok ? data.stopReading(type, params, session.value.folder) : session;
    },
    samples: async ({ project, type, params, offset, limit }) => {
      const session = projects.session(project);
      return session.ok ? data.samples(type, params, session.value.folder, offset, limit) : session;
    },

    prepareEngine: async ({ way }) => {
      if (way === 'wasm') {
        engine.takeWebAssembly();
        return ok(null);
      }
      engine.leaveWebAssembly();
      const prepared = await engine.ensure(way && [way]);
      return prepared.ok ? ok(null) : prepared;
    },
    cancelPrepareEngine: () => {
      engine.cancel();
      return Promise.resolve(ok(null));
    },

    startRun: async ({ project, document, seed }) => {
      const session = projects.session(project);
      if (!session.ok) return session;
      await projects.keepUntitled(session.value, document);
      return started(await runs.start(session.value, document, seed ?? DEFAULT_SEED));
    },
    continueRun: async ({ run, epochs }) => started(await runs.continue(run, epochs)),
    branchRun: async ({ run, snapshot }) => started(await runs.branch(run, snapshot)),
    pauseRun: ({ run }) => runs.pause(run),
    resumeRun: ({ run }) => runs.resume(run),
    stopRun: ({ run }) => runs.stop(run),
    runOrder: () => Promise.resolve(ok(runs.order)),
    moveRun: ({ run, place }) => Promise.resolve(runs.move(run, place)),
    stepRun: ({ run }) => runs.step(run),
    evaluateNow: ({ run }) => runs.evaluateNow(run),
    profileRun: ({ run }) => runs.profile(run),
    keepSnapshot: ({ run }) => runs.keepSnapshot(run),
    setLearningRate: ({ run, value, trainer }) => runs.setLearningRate(run, value, trainer),
    listRuns: async ({ project }) => {
      const session = projects.session(project);
      return session.ok ? ok(await runs.list(session.value)) : session;
    },
    readRun: ({ run }) => runs.read(run),
    completeReport: ({ run }) =>
      withRun(run, async (place) => {
        const record = await runs.find(run);
        if (!record.ok) return record;
        const evaluate = (part: Part) => inspection.evaluate({ ...place, part, everyTrainer: true });
        return completeReport(record.value, evaluate, events.emit);
      }),

    evaluate: ({ run, ...rest }) => withRun(run, (place) => inspection.evaluate({ ...place, ...rest })),
    cell: ({ run, ...rest }) => withRun(run, (place) => inspection.cell({ ...place, ...rest })),
    regression: ({ run, ...rest }) => withRun(run, (place) => inspection.regression({ ...place, ...rest })),
    byLoss: ({ run, ...rest }) => withRun(run, (place) => inspection.byLoss({ ...place, ...rest })),
    plane: ({ run, ...rest }) => withRun(run, (place) => inspection.plane({ ...place, ...rest })),
    exportRun: async ({ run, format, path: target }) => {
      const admitted = await boundary.admit(target);
      if (!admitted.ok) return admitted;
      return withRun(run, (place) =>
        inspection.export({ ...place, format, path: admitted.value, verify: true }),
      );
    },
  };
}
