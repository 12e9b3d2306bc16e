/** Keeps what is not saved yet in the data folder, and offers it after a crash. What others have open is theirs. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Document } from '../../shared/document/document';
import type { Recovery } from '../../shared/protocol/host-api';
import { fail, ok, type Result } from '../../shared/result';
import { EXTENSION, readDocument, writeDocument } from './document-file';
import { saveFile } from './atomic-file';
import { fileProblem } from './file-problem';
import type { HostFolders } from './folders';
import { makeFolder } from './make-folder';
import type { Presence } from './presence';

const stamp = z.object({ modified: z.number(), size: z.number(), hash: z.string() });

/** Beside the document: where it belongs. Without it the document opens as untitled. */
const place = z.object({
  name: z.string(),
  path: z.string().nullable(),
  folder: z.string(),
  stamp: stamp.nullable(),
  time: z.number(),
  /** The start of Axonry that has it open. */
  owner: z.string().optional(),
});
export type AutosavePlace = Omit<z.infer<typeof place>, 'owner'>;

export interface Autosaved {
  recovery: string;
  document: Document;
  place: AutosavePlace;
}

/** A document's id comes from a file: only what is harmless in a file name is taken as it is. */
export const keyOf = (documentId: string): string =>
  /^[A-Za-z0-9-]+$/.test(documentId)
    ? documentId
    : createHash('sha256').update(documentId).digest('hex').slice(0, 32);

export class Autosaves {
  private readonly folder: string;
  /** Copies of what is open here. */
  private readonly own = new Set<string>();

  constructor(
    folders: HostFolders,
    private readonly presence: Presence,
  ) {
    this.folder = path.join(folders.data, 'autosave');
  }

  /** A name for the copy of a document. One document in two windows, or beside a copy that a crash left, has two copies. */
  async claim(documentId: string, apart: string): Promise<string> {
    const key = keyOf(documentId);
    const taken = this.own.has(key) || (await this.keys()).includes(key);
    const claimed = taken ? `${key}-${keyOf(apart)}` : key;
    this.own.add(claimed);
    return claimed;
  }

  async keep(copy: string, document: Document, where: AutosavePlace): Promise<Result<void>> {
    try {
      await makeFolder(this.folder);
    } catch (error) {
      return fileProblem(error, this.folder, 'save');
    }
    const placed = await saveFile(
      this.placeFile(copy),
      `${JSON.stringify({ ...where, owner: this.presence.id }, null, 2)}\n`,
    );
    if (!placed.ok) return placed;
    const written = await writeDocument(this.documentFile(copy), document);
    return written.ok ? ok(undefined) : written;
  }

  async remove(copy: string): Promise<void> {
    this.own.delete(copy);
    await fs.rm(this.documentFile(copy), { force: true });
    await fs.rm(this.placeFile(copy), { force: true });
  }

  async discard(recovery: string): Promise<Result<null>> {
    if (!(await this.keys()).includes(recovery)) return this.unknown(recovery);
    await this.remove(recovery);
    return ok(null);
  }

  /** What nobody has open, newest first. */
  async list(): Promise<Recovery[]> {
    const others = new Set((await this.presence.others()).map(({ id }) => id));
    const recoveries: Recovery[] = [];
    for (const key of await this.keys()) {
      if (this.own.has(key)) continue;
      const { name, path: file, time, owner } = await this.place(key);
      if (owner === undefined || !others.has(owner))
        recoveries.push({ recovery: key, name, path: file, time });
    }
    return recoveries.sort((a, b) => b.time - a.time);
  }

  /** From now on it is a copy of what is open here. */
  async open(recovery: string): Promise<Result<Autosaved>> {
    if (!(await this.keys()).includes(recovery)) return this.unknown(recovery);
    const read = await readDocument(this.documentFile(recovery));
    if (!read.ok) return read;
    const { owner: _, ...where } = await this.place(recovery);
    this.own.add(recovery);
    // Another start of Axonry must not offer it any more.
    await this.keep(recovery, read.value.document, where);
    return ok({ recovery, document: read.value.document, place: where });
  }

  /** The newest copy that nobody has open, was made for this file and after it was written. */
  async newerThan(file: string, savedAt: number): Promise<Recovery | null> {
    const left = await this.list();
    return left.find((one) => one.path === file && one.time > savedAt) ?? null;
  }

  private unknown(recovery: string): ReturnType<typeof fail> {
    return fail(
      'project/no-recovery',
      `There is no unsaved copy ${recovery} any more. It was saved or discarded meanwhile.`,
    );
  }

  private documentFile(key: string): string {
    return path.join(this.folder, `${key}${EXTENSION}`);
  }

  private placeFile(key: string): string {
    return path.join(this.folder, `${key}.json`);
  }

  private async keys(): Promise<string[]> {
    const names = await fs.readdir(this.folder).catch(() => []);
    return names
      .filter((name) => name.endsWith(EXTENSION) && !name.startsWith('.'))
      .map((name) => name.slice(0, -EXTENSION.length));
  }

  private async place(key: string): Promise<z.infer<typeof place>> {
    try {
      const parsed = place.safeParse(JSON.parse(await fs.readFile(this.placeFile(key), 'utf8')));
      if (parsed.success) return parsed.data;
    } catch {
      // The document alone is worth more than nothing: it opens as untitled.
    }
    const stat = await fs.stat(this.documentFile(key)).catch(() => null);
    return { name: 'Recovered', path: null, folder: this.folder, stamp: null, time: stat?.mtimeMs ?? 0 };
  }
}
