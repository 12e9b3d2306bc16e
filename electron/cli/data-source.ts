/** Data sources as the command line names them: `digits?count=2000`, `moons`, `iris.csv?target=4`, a folder of IDX files. */
import fs from 'node:fs/promises';
import path from 'node:path';
import type { Block, Document } from '../../shared/document/document';
import { definitionOf } from '../../shared/blocks/catalogue';
import { fail, ok, type Result } from '../../shared/result';
import { pathsOf, sourceBlocks } from '../host/sources';
import { parameterValue } from './parameter-value';

export type Source = Pick<Block, 'type' | 'params'>;

const choices = (type: string, parameter: string): readonly string[] => {
  const found = definitionOf(type)?.parameters[parameter];
  return found?.kind === 'choice' ? found.options : [];
};
const toyShapes = (): readonly string[] => choices('ToyData', 'shape');
const sequenceTasks = (): readonly string[] => choices('SequenceData', 'task');

export const builtInSources = (): string[] => ['digits', ...toyShapes(), ...sequenceTasks()];

function builtIn(name: string): Source | null {
  if (name === 'digits') return { type: 'Digits', params: {} };
  if (sequenceTasks().includes(name)) return { type: 'SequenceData', params: { task: name } };
  return toyShapes().includes(name) ? { type: 'ToyData', params: { shape: name } } : null;
}

export const isIdxFile = (file: string): boolean => /idx\d-ubyte(\.gz)?$/.test(file);

async function onDisk(name: string): Promise<Result<Source>> {
  const file = path.resolve(name);
  const stat = await fs.stat(file).catch(() => null);
  if (!stat) {
    return fail(
      'data/no-source',
      `${name} is neither a file or folder nor a built-in source. Built in are ${builtInSources().join(', ')}.`,
    );
  }
  if (stat.isDirectory()) return ok({ type: 'IDXImages', params: { folder: file } });
  if (isIdxFile(file)) {
    return fail(
      'data/idx-file',
      `${name} is one file of a set of IDX files. Name the folder that holds images and labels: ${path.dirname(file)}.`,
    );
  }
  return ok({ type: 'CSVTable', params: { path: file } });
}

function withQuery(source: Source, query: string, whole: string): Result<Source> {
  const params = { ...source.params };
  for (const [name, text] of new URLSearchParams(query)) {
    const value = parameterValue(definitionOf(source.type), source.type, name, text);
    if (!value.ok) return fail('data/bad-option', `${whole}: ${value.problem.message}`);
    params[name] = value.value;
  }
  return ok({ type: source.type, params });
}

export async function parseSource(text: string): Promise<Result<Source>> {
  const [name, ...rest] = text.split('?');
  const known = builtIn(name);
  const source = known ? ok(known) : await onDisk(name);
  return source.ok && rest.length > 0 ? withQuery(source.value, rest.join('?'), text) : source;
}

/** A file in place of the file of a project's block: what the text does not set is as the block has it. */
export function readAs(own: Source, source: Source): Source {
  const readsFiles = pathsOf(source.type, source.params, '').length > 0;
  return readsFiles && own.type === source.type
    ? { type: source.type, params: { ...own.params, ...source.params } }
    : source;
}

/** How the command line says what is to be done with the empty cells of the source `text`; '' for other problems. */
export function missingWay(code: string, text: string): string {
  if (code !== 'data/missing' || text.includes('missing=')) return '';
  const named = `${text}${text.includes('?') ? '&' : '?'}missing=`;
  return ` On the command line ${named}mean does the one, ${named}drop the other.`;
}

export function withWay<T>(answer: Result<T>, text: string): Result<T> {
  if (answer.ok) return answer;
  const { code, message } = answer.problem;
  return fail(code, `${message}${missingWay(code, text)}`);
}

/** `blockId=SOURCE`, or a source alone. A file name may hold `=`: only the id of a data block is taken for one. */
function splitTarget(document: Document, argument: string): { id: string | null; source: string } {
  const [id, ...rest] = argument.split('=');
  return rest.length > 0 && sourceBlocks(document).includes(id)
    ? { id, source: rest.join('=') }
    : { id: null, source: argument };
}

/** The document with the source in place of its one data block, or of the one that is named. Wires stay. */
export async function withSource(document: Document, argument: string): Promise<Result<Document>> {
  const { id: named, source: text } = splitTarget(document, argument);
  const blocks = sourceBlocks(document);
  if (blocks.length === 0)
    return fail('data/no-data-block', 'The project has no data block that --data could replace.');
  if (named === null && blocks.length > 1) {
    return fail(
      'data/which-block',
      `The project has ${blocks.length} data blocks: ${blocks.join(', ')}. Say which one: --data ${blocks[0]}=SOURCE.`,
    );
  }
  const source = await parseSource(text);
  if (!source.ok) return source;
  const id = named ?? blocks[0];
  const facts = { ...document.facts };
  delete facts[id];
  const block: Block = {
    ...document.blocks[id],
    ...readAs(document.blocks[id], source.value),
    version: definitionOf(source.value.type)?.version ?? 1,
  };
  return ok({ ...document, blocks: { ...document.blocks, [id]: block }, facts });
}
