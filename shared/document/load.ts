/** Owns reading and writing the text of a project file. Loading never throws: it answers a document or a sentence. */
import type { z } from 'zod';
import { fail, ok, type Result } from '../result';
import { document, FORMAT, SCHEMA_VERSION, type Document, type Json } from './document';
import { compareIds } from './ids';
import { findJsonFault } from './json-text';
import { upgradeBlocks } from './migrations/block-upgrades';
import { migrate, type ProjectFile } from './migrations/migrations';

const MEGABYTE = 2 ** 20;
/** UTF-16 units, which is at most a third of the bytes too generous. */
export const LARGEST_FILE = 64 * MEGABYTE;
const DEEPEST = 64;
const MEND = 'Correct it there, or take an older copy of the file.';

/**
 * The document in a project file's text. `name` is what sentences call the file. Codes: `document/too-large`,
 * `document/not-json`, `document/not-axonry`, `document/too-new`, `document/damaged`.
 */
export function loadDocument(text: string, name = 'The file'): Result<Document> {
  if (text.length > LARGEST_FILE)
    return fail(
      'document/too-large',
      `${name} is larger than ${LARGEST_FILE / MEGABYTE} MB. A project holds no data, so this is probably another file.`,
    );
  const source = text.replace(/^\uFEFF/, '');
  const fault = findJsonFault(source, DEEPEST);
  if (fault)
    return fail(
      'document/not-json',
      `Line ${fault.line} of ${name} cannot be read: ${fault.reason}. ${MEND}`,
    );
  const file = JSON.parse(source) as Json;
  if (!isObject(file) || file.format !== FORMAT)
    return fail(
      'document/not-axonry',
      `${name} is JSON, but no Axonry project: "format" is not "${FORMAT}". Choose a file that Axonry has saved.`,
    );
  const version = checkVersion(file, name);
  return version.ok ? parse(migrate(file, version.value), name) : version;
}

const isObject = (value: Json): value is ProjectFile =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** What a file says of itself, of which a sentence needs the beginning only. */
const LONGEST_QUOTE = 60;
const quoted = (text: string): string =>
  text.length > LONGEST_QUOTE ? `${text.slice(0, LONGEST_QUOTE)}…` : text;

function checkVersion(file: ProjectFile, name: string): Result<number> {
  const { schema, app } = file;
  if (typeof schema !== 'number' || !Number.isInteger(schema) || schema < 1)
    return fail(
      'document/damaged',
      `${name} is damaged: "schema" is ${schema === undefined ? 'missing' : quoted(JSON.stringify(schema))}, not a version number. ${MEND}`,
    );
  if (schema <= SCHEMA_VERSION) return ok(schema);
  const writer = typeof app === 'string' && app !== '' ? `Axonry ${quoted(app)}` : 'a newer Axonry';
  return fail(
    'document/too-new',
    `${name} has file version ${schema}, written by ${writer}; this application reads up to version ${SCHEMA_VERSION}. Open it with a newer Axonry.`,
  );
}

function parse(file: ProjectFile, name: string): Result<Document> {
  const parsed = document.safeParse(file);
  if (parsed.success) return ok(upgradeBlocks(parsed.data));
  const issue = parsed.error.issues[0];
  return fail(
    'document/damaged',
    `${name} is damaged at ${placeOf(issue.path)}: ${reasonOf(issue)}. ${MEND}`,
  );
}

const placeOf = (path: readonly PropertyKey[]) =>
  path.length === 0 ? 'its outermost level' : path.map(String).join('.');

const reasonOf = (issue: z.core.$ZodIssue) => issue.message.replace(/\.$/, '');

/** Documents, blocks and wires list their entries in this order; everything else by name. */
const ORDER = [
  'format', 'schema', 'app', 'id',
  'type', 'version', 'title', 'mode', 'params', 'position',
  'blocks', 'wires', 'composites', 'ports', 'exposed', 'notes', 'frames', 'facts', 'view',
  'source', 'n', 'parts', 'columns', 'fingerprint', 'problems', 'name', 'role', 'dtype', 'shape', 'classes', 'classCounts',
  'from', 'to', 'block', 'port', 'x', 'y', 'width', 'height', 'text',
]; // prettier-ignore
const place = new Map(ORDER.map((key, i) => [key, i]));

const compareKeys = (a: string, b: string) =>
  (place.get(a) ?? ORDER.length) - (place.get(b) ?? ORDER.length) || compareIds(a, b);

/** Entries of these are named by people or by the program, so their keys are sorted as ids, never by `ORDER`. */
const RECORDS = new Set([
  'blocks',
  'wires',
  'composites',
  'notes',
  'frames',
  'facts',
  'params',
  'inputs',
  'outputs',
  'exposed',
]);

function ordered(value: Json, isRecord: boolean): Json {
  if (Array.isArray(value)) return value.map((entry) => ordered(entry, false));
  if (!isObject(value)) return value;
  const entries = Object.entries(value).sort(([a], [b]) => (isRecord ? compareIds(a, b) : compareKeys(a, b)));
  return Object.fromEntries(
    entries.map(([key, entry]) => [key, ordered(entry, !isRecord && RECORDS.has(key))]),
  );
}

/** Lists of numbers or short words on one line: a shape or a kernel size is one change in a diff. */
const SHORT_LIST =
  /\[\n\s+((?:-?[\d.eE+-]+|"[^"\n\\]{0,40}")(?:,\n\s+(?:-?[\d.eE+-]+|"[^"\n\\]{0,40}"))*)\n\s+\]/g;

/** The text of a project file: the same document gives the same text, a small change a small difference. */
export function saveText(given: Document): string {
  const text = JSON.stringify(ordered(given, false), null, 2);
  return `${text.replace(SHORT_LIST, (_, items: string) => `[${items.replace(/,\n\s+/g, ', ')}]`)}\n`;
}
