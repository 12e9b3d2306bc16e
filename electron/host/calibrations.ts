/**
 * Keeps how fast this machine trains: measured once, by an engine process of its own that ends afterwards, and written into
 * the person's data folder. Another processor, engine or number of threads is measured anew.
 */
import fs from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { calibration, measurement, type Calibration } from '../../shared/protocol/calibration';
import type { EngineState } from '../../shared/protocol/host-api';
import { fail, ok, type Result } from '../../shared/result';
import { processorName } from '../setup/computer';
import { replaceFile } from './atomic-file';
import type { EngineClient } from './engine-client';
import type { HostFolders } from './folders';
import { inspectingEngine } from './inspection';
import type { Launcher } from './launcher';
import { makeFolder } from './make-folder';
import type { NativeEngine } from './native-engine';
import type { Settings } from './settings';

export class Calibrations {
  private readonly file: string;
  private measuring: Promise<Result<Calibration>> | null = null;
  private client: EngineClient | null = null;

  constructor(
    private readonly launcher: Launcher,
    private readonly folders: HostFolders,
    private readonly engine: NativeEngine,
    private readonly settings: Settings,
    /** Whether a run trains: beside it a measurement would be wrong, and slow it down. */
    private readonly isTraining: () => boolean,
  ) {
    this.file = path.join(folders.data, 'calibration.json');
  }

  /** Problems: `calibration/no-engine`, `calibration/run-goes`, and those of the engine. */
  async get(): Promise<Result<Calibration>> {
    const state = await this.engine.look();
    if (state.state !== 'ready')
      return fail('calibration/no-engine', 'How fast this computer trains is measured once its engine is ready.'); // prettier-ignore
    const machine = this.machineOf(state);
    const kept = await this.read();
    if (kept?.machine === machine) return this.known(kept);
    if (this.isTraining())
      return fail('calibration/run-goes', 'How fast this computer trains is measured when no run goes.');
    this.measuring ??= this.measure(machine).finally(() => (this.measuring = null));
    return this.measuring;
  }

  async close(): Promise<void> {
    await this.client?.quit();
  }

  private machineOf({ version }: Extract<EngineState, { state: 'ready' }>): string {
    const threads = this.settings.threads ?? os.cpus().length;
    return [process.platform, process.arch, processorName(), `${threads} threads`, version].join(', ');
  }

  private known(found: Calibration): Result<Calibration> {
    this.engine.computesOn(found.device);
    return ok(found);
  }

  /** What is damaged or of another version is measured again. */
  private async read(): Promise<Calibration | null> {
    try {
      const parsed = calibration.safeParse(JSON.parse(await fs.readFile(this.file, 'utf8')));
      return parsed.success ? parsed.data : null;
    } catch {
      return null;
    }
  }

  private async measure(machine: string): Promise<Result<Calibration>> {
    const client = inspectingEngine(this.launcher, this.folders, this.engine, this.settings);
    this.client = client;
    const answer = await client.request('calibrate', {});
    this.client = null;
    void client.quit();
    if (!answer.ok) return answer;
    const measured = measurement.parse(answer.value);
    const found: Calibration = { format: 'axonry-calibration', version: 1, machine, time: Date.now(), ...measured }; // prettier-ignore
    await this.write(found);
    return this.known(found);
  }

  /** Where it cannot be kept it is measured again at the next start. */
  private async write(found: Calibration): Promise<void> {
    try {
      await makeFolder(path.dirname(this.file));
      await replaceFile(this.file, `${JSON.stringify(found, null, 2)}\n`);
    } catch {
      return;
    }
  }
}
