/** Keeps what is not saved yet in the data folder, and offers it after a crash. */
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

const stamp = z.object({ modified: z.number(), size: z.number(), hash: z.string() });

/** Beside the document: where it belongs. Without it the document opens as untitled. */
const place = z.object({
  name: z.string(),
  path: z.string().nullable(),
  folder: z.string(),
  stamp: stamp.nullable(),
  time: z.number(),
});
export type AutosavePlace = z.infer<typeof place>;

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

  constructor(folders: HostFolders) {
    this.folder = path.join(folders.data, 'autosave');
  }

  async keep(document: Document, where: AutosavePlace): Promise<Result<void>> {
    try {
      await makeFolder(this.folder);
    } catch (error) {
      return fileProblem(error, this.folder, 'save');
    }
    const key = keyOf(document.id);
    const placed = await saveFile(this.placeFile(key), `${JSON.stringify(where, null, 2)}\n`);
    if (!placed.ok) return placed;
    const written = await writeDocument(this.documentFile(key), document);
    return written.ok ? ok(undefined) : written;
  }

  async remove(documentId: string): Promise<void> {
    await this.drop(keyOf(documentId));
  }

  async discard(recovery: string): Promise<Result<null>> {
    if (!(await this.keys()).includes(recovery)) return this.unknown(recovery);
    await this.drop(recovery);
    return ok(null);
  }

  /** Newest first. */
  async list(): Promise<Recovery[]> {
    const recoveries: Recovery[] = [];
    for (const key of await this.keys()) {
      const { name, time } = await this.place(key);
      recoveries.push({ recovery: key, name, time });
    }
    return recoveries.sort((a, b) => b.time - a.time);
  }

  async open(recovery: string): Promise<Result<Autosaved>> {
    if (!(await this.keys()).includes(recovery)) return this.unknown(recovery);
    const read = await readDocument(this.documentFile(recovery));
    return read.ok
      ? ok({ recovery, document: read.value.document, place: await this.place(recovery) })
      : read;
  }

  /** The autosave of this document when it was written for this file and after it. */
  async newerThan(documentId: string, file: string, savedAt: number): Promise<Recovery | null> {
    const key = keyOf(documentId);
    if (!(await this.keys()).includes(key)) return null;
    const { name, path: belongsTo, time } = await this.place(key);
    return belongsTo === file && time > savedAt ? { recovery: key, name, time } : null;
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

  private async place(key: string): Promise<AutosavePlace> {
    try {
      const parsed = place.safeParse(JSON.parse(await fs.readFile(this.placeFile(key), 'utf8')));
      if (parsed.success) return parsed.data;
    } catch {
      // The document alone is worth more than nothing: it opens as untitled.
    }
    const stat = await fs.stat(this.documentFile(key)).catch(() => null);
    return { name: 'Recovered', path: null, folder: this.folder, stamp: null, time: stat?.mtimeMs ?? 0 };
  }

  private async drop(key: string): Promise<void> {
    await fs.rm(this.documentFile(key), { force: true });
    await fs.rm(this.placeFile(key), { force: true });
  }
}
