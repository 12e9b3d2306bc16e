/** A project as one command line changes it: `--data`, `--set`, `--epochs`. The file stays as it is. */
import path from 'node:path';
import { definitionOf } from '../../shared/blocks/catalogue';
import type { Document, Json } from '../../shared/document/document';
import { fail, ok, type Result } from '../../shared/result';
import { projectName, readDocument } from '../host/document-file';
import type { ProjectPlace } from '../host/projects';
import { need, UsageError, wholeNumber, type OptionValues } from './command';
import { withSource } from './data-source';
import { parameterValue } from './parameter-value';

export interface Project {
  document: Document;
  session: ProjectPlace;
}

export async function readProject(file: string): Promise<Project> {
  const absolute = path.resolve(file);
  const { document } = need(await readDocument(absolute));
  const session: ProjectPlace = {
    documentId: document.id,
    name: projectName(absolute),
    path: absolute,
    folder: path.dirname(absolute),
  };
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
  const value = parameterValue(type, name, text);
  if (!value.ok) return fail(value.problem.code, `--set ${assignment}: ${value.problem.message}`);
  const changed = withParameter(document, id, name, value.value);
  if (definitionOf(type)?.behaviour.kind !== 'source') return ok(changed);
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
