/** Keeps what a person set for all projects, in the data folder. `AXONRY_LEAVE_CORES` in the environment comes first. */
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import {
  appSettings,
  DEFAULT_SETTINGS,
  threadsOfRun,
  type AppSettings,
  type SettingsState,
} from '../../shared/protocol/settings';
import { ok, type Result } from '../../shared/result';
import { replaceFile } from './atomic-file';
import { fileProblem } from './file-problem';
import type { HostFolders } from './folders';
import { makeFolder } from './make-folder';

const kept = z.object({ format: z.literal('axonry-settings'), version: z.literal(1), settings: appSettings });

function coresLeftByEnvironment(): number | null {
  const cores = Number(process.env.AXONRY_LEAVE_CORES ?? NaN);
  return cores >= 0 && Number.isFinite(cores) ? Math.floor(cores) : null;
}

/** A damaged file means the settings of a first start. */
function readSettings(file: string): AppSettings {
  try {
    const parsed = kept.safeParse(JSON.parse(readFileSync(file, 'utf8')));
    return parsed.success ? parsed.data.settings : DEFAULT_SETTINGS;
  } catch {
    return DEFAULT_SETTINGS;
  }
}

export class Settings {
  private readonly file: string;
  private chosen: AppSettings;

  /** `alone`: there is never more than one run, which has all cores that are not left free. */
  constructor(
    folders: HostFolders,
    private readonly alone: boolean,
  ) {
    this.file = path.join(folders.data, 'settings.json');
    this.chosen = readSettings(this.file);
  }

  get state(): SettingsState {
    const fixed = coresLeftByEnvironment();
    return {
      runsAtOnce: this.alone ? 1 : this.chosen.runsAtOnce,
      leaveCores: fixed ?? this.chosen.leaveCores,
      leaveCoresFixed: fixed !== null,
    };
  }

  /** For an engine that trains; undefined: all that the computer has. */
  get threads(): number | undefined {
    const cores = os.cpus().length;
    const threads = threadsOfRun(this.state, cores);
    return threads < cores ? threads : undefined;
  }

  /** Holds for the runs that begin from now on. Problems: of the file system, as `file/enospc`. */
  async change(part: Partial<AppSettings>): Promise<Result<SettingsState>> {
    const settings = { ...this.chosen, ...part };
    try {
      await makeFolder(path.dirname(this.file));
      await replaceFile(
        this.file,
        `${JSON.stringify({ format: 'axonry-settings', version: 1, settings }, null, 2)}\n`,
      );
    } catch (error) {
      return fileProblem(error, this.file, 'save');
    }
    this.chosen = settings;
    return ok(this.state);
  }
}
