/** Lists folders for the browser's file dialog, inside the boundary. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { BrowseEntry, HostAnswers, HostParams } from '../../shared/protocol/host-api';
import { ok, type Result } from '../../shared/result';
import type { Boundary } from './boundary';
import { fileProblem } from './file-problem';

const LISTED_AT_MOST = 5000;

function isWanted(
  name: string,
  kind: BrowseEntry['kind'],
  extensions: readonly string[] | undefined,
): boolean {
  if (name.startsWith('.')) return false;
  if (kind === 'folder' || extensions === undefined || extensions.length === 0) return true;
  const lower = name.toLowerCase();
  return extensions.some((extension) => lower.endsWith(`.${extension.toLowerCase().replace(/^\./, '')}`));
}

async function describe(folder: string, name: string): Promise<BrowseEntry | null> {
  const file = path.join(folder, name);
  // A link that leads nowhere, or a file that has just gone, is not there to be opened.
  const stat = await fs.stat(file).catch(() => null);
  if (!stat || !(stat.isDirectory() || stat.isFile())) return null;
  return {
    name,
    path: file,
    kind: stat.isDirectory() ? 'folder' : 'file',
    size: stat.size,
    modified: stat.mtimeMs,
  };
}

/** Folders first, then by name. Hidden entries and what the boundary does not admit are left out. */
export async function browse(
  boundary: Boundary,
  start: string,
  { path: asked, extensions }: HostParams<'browse'>,
): Promise<Result<HostAnswers['browse']>> {
  const admitted = await boundary.admit(asked ?? start);
  if (!admitted.ok) return admitted;
  const folder = admitted.value;
  let names: string[];
  try {
    names = (await fs.readdir(folder)).slice(0, LISTED_AT_MOST);
  } catch (error) {
    return fileProblem(error, folder, 'list');
  }
  const entries: BrowseEntry[] = [];
  for (const name of names) {
    const entry = await describe(folder, name);
    if (entry && isWanted(name, entry.kind, extensions) && (await boundary.admit(entry.path)).ok)
      entries.push(entry);
  }
  entries.sort((a, b) => (a.kind === b.kind ? a.name.localeCompare(b.name) : a.kind === 'folder' ? -1 : 1));
  const parent = path.dirname(folder);
  const reachable = parent !== folder && (await boundary.admit(parent)).ok;
  return ok({ path: folder, parent: reachable ? parent : null, entries });
}
