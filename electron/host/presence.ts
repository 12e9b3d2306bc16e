/** Tells other starts of Axonry on the same data folder which projects this one has open, and asks the same of them. */
import { randomUUID } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { HostFolders } from './folders';
import { readHeartbeat, startHeartbeat, type Heartbeat } from './heartbeat';
import { makeFolder } from './make-folder';

export interface OtherStart {
  id: string;
  /** The files that it has open. */
  files: readonly string[];
}

const ENDING = '.json';

export class Presence {
  readonly id = randomUUID();
  private readonly folder: string;
  private heartbeat: Promise<Heartbeat | null> | null = null;
  private saying: Promise<void> = Promise.resolve();

  constructor(folders: HostFolders) {
    this.folder = path.join(folders.data, 'open');
  }

  /** Resolves when others can read it. */
  show(files: readonly string[]): Promise<void> {
    this.heartbeat ??= this.begin();
    this.saying = this.saying.then(async () => (await this.heartbeat)?.say({ files }));
    return this.saying;
  }

  /** Those that are at work now; what a start that was killed left is cleared away. */
  async others(): Promise<OtherStart[]> {
    const names = await fs.readdir(this.folder).catch(() => []);
    const found: OtherStart[] = [];
    for (const name of names.filter((one) => one.endsWith(ENDING))) {
      const id = name.slice(0, -ENDING.length);
      if (id === this.id) continue;
      const file = path.join(this.folder, name);
      const content = await readHeartbeat(file);
      if (content === null) await fs.rm(file, { force: true }).catch(() => undefined);
      else found.push({ id, files: filesIn(content) });
    }
    return found;
  }

  async end(): Promise<void> {
    await this.saying;
    await (await this.heartbeat)?.stop();
    this.heartbeat = null;
  }

  private async begin(): Promise<Heartbeat | null> {
    try {
      await makeFolder(this.folder);
    } catch {
      // Where nothing can be written, nothing is kept either.
      return null;
    }
    return startHeartbeat(path.join(this.folder, `${this.id}${ENDING}`));
  }
}

const filesIn = ({ files }: Record<string, unknown>): string[] =>
  Array.isArray(files) ? files.filter((file): file is string => typeof file === 'string') : [];
