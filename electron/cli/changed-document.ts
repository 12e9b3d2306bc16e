/** A project as one command line changes it: `--data`, `--set`, `--epochs`. The file stays as it is. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { documentOf, templateOf } from '../../shared/architectures/templates';
import { definitionIn } from '../../shared/compiler/composites';
import type { Document, Json } from '../../shared/document/document';
import { fail, ok, type Result } from '../../shared/result';
import { droppedAs } from '../../shared/protocol/dropped-file';
import { projectName, readDocument } from '../host/document-file';
import type { ProjectPlace } from '../host/projects';
import { need, UsageError, wholeNumber, type OptionValues } from './command';
import { isIdxFile, withSource } from './data-source';
import { parameterValue } from './parameter-value';

export interface Project {
  document: Document;
  session: ProjectPlace;
}

/** Data in place of a project: what looks at them, and how a project is made of them. Another file's problem stays. */
function withoutProject<T>(read: Result<T>, file: string): Result<T> {
  const isOther = !read.ok && ['document/not-json', 'document/not-axonry'].includes(read.problem.code);
  if (!isOther || /\.axon$/i.test(file)) return read;
  const begin = 'axonry new mlp --out FILE.axon begins a project';
  if (isIdxFile(file)) {
    const folder = path.dirname(file);
    return fail(
      'document/is-data',
      `${file} is an IDX file, not a project. axonry data ${folder} says what its folder holds; ${begin}, and --data ${folder} trains it on the folder.`,
    );
  }
  if (droppedAs(file) === 'table')
    return fail(
      'document/is-data',
      `${file} is a table, not a project. axonry data ${file} says what it holds; ${begin}, and --data ${file} trains it on the table.`,
    );
  return fail('document/not-axonry', `${file} is not a project: those end in .axon. ${begin}.`);
}

export async function readProject(file: string): Promise<Project> {
  const absolute = path.resolve(file);
  const { document } = need(withoutProject(await readDocument(absolute), file));
  const session: ProjectPlace = {
    documentId: document.id,
    name: projectName(absolute),
    path: absolute,
    folder: path.dirname(absolute),
  };
  return { document, session };
}

/** A template by its name, where no file is called so. */
export async function readProjectOrTemplate(name: string): Promise<Project> {
  const template = existsSync(path.resolve(name)) ? undefined : templateOf(name);
  if (!template) return readProject(name);
  const document = documentOf(template);
  const session: ProjectPlace = { documentId: document.id, name, path: null, folder: process.cwd() };
  return { document, session };
}

const withParameter = (document: Document, id: string, name: string, value: Json): Document => ({
  ...document,
  blocks: {
    ...document.blocks,
    [id]: { ...document.blocks[id], params: { ...document.blocks[id].params, [name]: value } },
  },
});

/** `block.param=value`. */
function assign(document: Document, assignment: string): Result<Document> {
  const [, id, name, text] = /^([^.=]+)\.([^=]+)=([\s\S]*)$/.exec(assignment) ?? [];
  if (id === undefined || name === undefined || text === undefined) {
    throw new UsageError(`--set takes BLOCK.PARAMETER=VALUE, as --set train.epochs=5, not ${assignment}.`);
  }
  if (!Object.hasOwn(document.blocks, id)) {
    return fail(
      'block/unknown',
      `--set ${assignment}: the project has no block ${id}. It has ${Object.keys(document.blocks).join(', ')}.`,
    );
  }
  const { type } = document.blocks[id];
  const value = parameterValue(definitionIn(document.composites, type), type, name, text);
  if (!value.ok) return fail(value.problem.code, `--set ${assignment}: ${value.problem.message}`);
  const changed = withParameter(document, id, name, value.value);
  if (definitionIn(document.composites, type)?.behaviour.kind !== 'source') return ok(changed);
  // What was known of the data was known of other data.
  const facts = { ...document.facts };
  delete facts[id];
  return ok({ ...changed, facts });
}

function withEpochs(document: Document, epochs: number): Document {
  const trainers = Object.keys(document.blocks).filter((id) => document.blocks[id].type === 'Train');
  return trainers.reduce((changed, id) => withParameter(changed, id, 'epochs', epochs), document);
}

export async function changedDocument(document: Document, options: OptionValues): Promise<Document> {
  let changed = document;
  const source = options.text('data');
  if (source !== undefined) changed = need(await withSource(changed, source));
  for (const assignment of options.texts('set')) changed = need(assign(changed, assignment));
  const epochs = wholeNumber(options, 'epochs', 1);
  return epochs === undefined ? changed : withEpochs(changed, epochs);
}
