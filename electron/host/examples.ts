/**
 * The example projects. `examples.json` beside them says their order, titles and summaries; an example that it does not
 * name is offered under its file name.
 */
import fs from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { Document } from '../../shared/document/document';
import type { Example } from '../../shared/protocol/host-api';
import { fail, ok, type Result } from '../../shared/result';
import { EXTENSION, projectName, readDocument } from './document-file';
import type { HostFolders } from './folders';
import { pathsOf, sourceBlocks } from './sources';

const listed = z.object({
  /** File name without `.axon`. */
  name: z.string(),
  title: z.string(),
  summary: z.string(),
  kind: z.enum(['images', 'tables', 'toys']),
  /** Where to get the data and where to put them; shown while they are missing. */
  needs: z.string().optional(),
});
type Listed = z.infer<typeof listed>;
const list = z.object({ examples: z.array(listed) });

async function readList(folder: string): Promise<Listed[]> {
  try {
    const parsed = list.safeParse(JSON.parse(await fs.readFile(path.join(folder, 'examples.json'), 'utf8')));
    return parsed.success ? parsed.data.examples : [];
  } catch {
    return [];
  }
}

function kindOf(document: Document): Example['kind'] {
  const types = sourceBlocks(document).map((id) => document.blocks[id].type);
  if (types.includes('ToyData') || types.includes('SequenceData')) return 'toys';
  return types.includes('CSVTable') ? 'tables' : 'images';
}

/** The first path that a data block names and that is not there; an empty one counts as well. */
async function missingPath(document: Document, folder: string): Promise<string | null> {
  for (const id of sourceBlocks(document)) {
    const { type, params } = document.blocks[id];
    for (const file of pathsOf(type, params, folder)) {
      const present = await fs.stat(file).then(
        () => true,
        () => false,
      );
      if (!present) return file;
    }
  }
  return null;
}

async function describe(file: string, document: Document, entry: Listed | undefined): Promise<Example> {
  const missing = await missingPath(document, path.dirname(file));
  const needs =
    missing === null
      ? null
      : (entry?.needs ?? `Its data are not on this computer yet: ${missing} is missing.`);
  const name = projectName(file);
  return {
    name,
    title: entry?.title ?? name,
    summary: entry?.summary ?? '',
    kind: entry?.kind ?? kindOf(document),
    document,
    needs,
  };
}

/** In the order of the list, the rest by name. Examples that cannot be read are left out. */
export async function listExamples(folders: HostFolders): Promise<Example[]> {
  const entries = await readList(folders.examples);
  const names = (await fs.readdir(folders.examples).catch(() => []))
    .filter((name) => name.endsWith(EXTENSION))
    .map(projectName);
  const rank = (name: string): number => {
    const position = entries.findIndex((entry) => entry.name === name);
    return position < 0 ? entries.length : position;
  };
  names.sort((a, b) => rank(a) - rank(b) || a.localeCompare(b));
  const examples: Example[] = [];
  for (const name of names) {
    const file = path.join(folders.examples, `${name}${EXTENSION}`);
    const read = await readDocument(file);
    if (read.ok)
      examples.push(
        await describe(
          file,
          read.value.document,
          entries.find((entry) => entry.name === name),
        ),
      );
  }
  return examples;
}

export async function readExample(
  folders: HostFolders,
  name: string,
): Promise<Result<{ title: string; document: Document }>> {
  const names = (await fs.readdir(folders.examples).catch(() => [])).map(projectName);
  // The name comes from a window: only a file of the folder may be meant by it.
  if (!names.includes(name) || path.basename(name) !== name)
    return fail('project/no-example', `There is no example called ${name}.`);
  const read = await readDocument(path.join(folders.examples, `${name}${EXTENSION}`));
  if (!read.ok) return read;
  const entry = (await readList(folders.examples)).find((candidate) => candidate.name === name);
  return ok({ title: entry?.title ?? name, document: read.value.document });
}
