/** Remembers which projects were opened or saved last. */
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { HostFolders } from './folders';
import { replaceFile } from './atomic-file';
import { makeFolder } from './make-folder';

const entry = z.object({ path: z.string(), time: z.number() });
const file = z.object({
  format: z.literal('axonry-recents'),
  version: z.literal(1),
  recents: z.array(entry),
});
export type RecentEntry = z.infer<typeof entry>;

const KEPT = 20;

export class Recents {
  private readonly file: string;
  private writing: Promise<void> = Promise.resolve();

  constructor(folders: HostFolders) {
    this.file = path.join(folders.data, 'recents.json');
  }

  /** Newest first; those whose file is gone are left out. A damaged list is an empty one: nothing depends on it. */
  async list(): Promise<RecentEntry[]> {
    const entries = await this.read();
    const present = await Promise.all(
      entries.map(({ path: project }) =>
        fs.stat(project).then(
          (s) => s.isFile(),
          () => false,
        ),
      ),
    );
    return entries.filter((_, i) => present[i]);
  }

  add(project: string): Promise<void> {
    this.writing = this.writing.then(() => this.write(project)).catch(() => undefined);
    return this.writing;
  }

  private async read(): Promise<RecentEntry[]> {
    try {
      const parsed = file.safeParse(JSON.parse(await fs.readFile(this.file, 'utf8')));
      return parsed.success ? parsed.data.recents : [];
    } catch {
      return [];
    }
  }

  private async write(project: string): Promise<void> {
    const others = (await this.read()).filter((recent) => recent.path !== project);
    const recents = [{ path: project, time: Date.now() }, ...others].slice(0, KEPT);
    await makeFolder(path.dirname(this.file));
    await replaceFile(
      this.file,
      `${JSON.stringify({ format: 'axonry-recents', version: 1, recents }, null, 2)}\n`,
    );
  }
}
