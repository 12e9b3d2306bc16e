/** Reads and writes project files. What a valid document is, shared/document knows. */
import { createHash } from 'node:crypto';
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Document } from '../../shared/document/document';
import { loadDocument, saveText } from '../../shared/document/load';
import { fail, ok, type Result } from '../../shared/result';
import { saveFile } from './atomic-file';
import { fileProblem } from './file-problem';

export const EXTENSION = '.axon';
const LARGEST_FILE = 64 * 1024 * 1024;

/** What a file was like when it was last read or written here: tells whether another program has changed it. */
export interface FileStamp {
  modified: number;
  size: number;
  hash: string;
}

export interface ReadDocument {
  document: Document;
  stamp: FileStamp;
}

const hashOf = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `blobs.axon` without folder and extension. */
export const projectName = (file: string): string => path.basename(file).replace(/\.axon$/i, '');

export async function readDocument(file: string): Promise<Result<ReadDocument>> {
  let text: string;
  let modified: number;
  let size: number;
  try {
    const stat = await fs.stat(file);
    if (stat.isFile() && stat.size > LARGEST_FILE) {
      return fail(
        'document/too-large',
        `${file} has ${Math.round(stat.size / 1048576)} MB; a project has at most 64 MB. Choose an ${EXTENSION} file.`,
      );
    }
    text = await fs.readFile(file, 'utf8');
    modified = stat.mtimeMs;
    size = stat.size;
  } catch (error) {
    return fileProblem(error, file, 'read');
  }
  const document = loadDocument(text, file);
  return document.ok
    ? ok({ document: document.value, stamp: { modified, size, hash: hashOf(text) } })
    : document;
}

/** `mayReplace` is asked at the last moment before the file gets its new content. */
export async function writeDocument(
  file: string,
  document: Document,
  mayReplace?: () => Promise<Result<void>>,
): Promise<Result<FileStamp>> {
  const text = saveText(document);
  const written = await saveFile(file, text, mayReplace);
  if (!written.ok) return written;
  const stat = await fs.stat(file);
  return ok({ modified: stat.mtimeMs, size: stat.size, hash: hashOf(text) });
}

/** Whether the file holds something other than the stamp says. Content decides: a touched file has not changed. */
export async function hasChanged(file: string, stamp: FileStamp): Promise<boolean> {
  const stat = await fs.stat(file).catch(() => null);
  // A file that is gone cannot be overwritten.
  if (!stat) return false;
  if (stat.mtimeMs === stamp.modified && stat.size === stamp.size) return false;
  const text = await fs.readFile(file, 'utf8').catch(() => null);
  return text === null || hashOf(text) !== stamp.hash;
}
