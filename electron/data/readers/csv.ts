/** Reads a table from a text file: one column of data per column of the table, the target among them. */
import { z } from 'zod';
import type { Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';
import { lookOver } from '../checks/checks';
import { makeDataSet } from '../columns';
import { fingerprintOf } from '../fingerprint';
import type { DataSet } from '../data-set';
import { keep, readKept, readThroughCache } from '../source-cache';
import type { Task } from './csv/column-kind';
import type { MissingChoice } from './csv/flaws';
import { openTable, prepareTable } from './csv/large-table';
import { bytesOfCells, LookedThrough } from './csv/looked-through';
import type { PreparedTable } from './csv/prepared-columns';
import { parseTable, TOO_LARGE, type HeaderChoice } from './csv/table';
import { typeColumns } from './csv/typed-columns';
import type { Reader, ReaderContext } from './reader';
import { checkParams } from './reader';
import { findFile } from './source-file';

/** Raised whenever the same file gives other columns than before. */
const CSV_READER_VERSION = 1;

const choice = <const C extends readonly string[]>(options: C) =>
  z.enum(options, { error: `must be one of ${options.join(', ')}` });

const params = z.object({
  path: z.string().default(''),
  header: choice(['auto', 'yes', 'no']).default('auto'),
  /** Empty: the last column. Else a name, or a place counted from 0. */
  target: z.coerce.string().default(''),
  task: choice(['auto', 'classes', 'number', 'classification', 'regression']).default('auto'),
  missing: choice(['refuse', 'mean', 'drop']).default('refuse'),
});

type TaskWord = z.infer<typeof params>['task'];
/** The block names the task, the target's kind follows from it. */
const KIND_OF_TASK: Record<TaskWord, Task> = {
  auto: 'auto',
  classes: 'classes',
  classification: 'classes',
  number: 'number',
  regression: 'number',
};

interface Asked {
  source: string;
  fingerprint: string;
  header: HeaderChoice;
  target: (names: readonly string[]) => Result<number>;
  task: Task;
  missing: MissingChoice;
}

export const readCsv: Reader = async (given, context) => {
  const checked = checkParams(params, given, 'CSV table');
  if (!checked.ok) return checked;
  const { path, header, target, missing } = checked.value;
  const task = KIND_OF_TASK[checked.value.task];
  const found = await findFile(context.folder, path, 'a CSV file');
  if (!found.ok) return found;
  const { name: source } = found.value;
  const text = new LookedThrough(found.value, context);
  const sha256 = await text.sha256();
  if (!sha256.ok) return sha256;
  const fingerprint = fingerprintOf({
    reader: 'csv',
    version: CSV_READER_VERSION,
    sha256: sha256.value,
    header,
    target,
    task,
    missing,
  });
  const place = (names: readonly string[]) => targetPlace(names, target, source);
  const asked = { source, fingerprint, header, target: place, task, missing };
  return text.isLarge() ? readLarge(text, asked, context) : readInMemory(text, asked, context);
};

function readInMemory(text: LookedThrough, asked: Asked, context: ReaderContext): Promise<Result<DataSet>> {
  const { source, fingerprint } = asked;
  return readThroughCache(context, { fingerprint, source }, async () => {
    const file = await text.file();
    if (!file.ok) return file;
    const table = await parseTable(file.value, asked.header, context);
    // Its first lines are not like the others.
    if (!table.ok && table.problem.code === TOO_LARGE && context.cacheFolder !== undefined)
      return readLarge(text, asked, context);
    if (!table.ok) return table;
    const place = asked.target(table.value.names);
    if (!place.ok) return place;
    const typed = typeColumns(table.value, { ...asked, target: place.value });
    if (!typed.ok) return typed;
    const { lines } = typed.value;
    return ok(lookOver(makeDataSet({ source, fingerprint, ...typed.value }), (row) => `line ${lines[row]}`));
  });
}

async function readLarge(
  text: LookedThrough,
  asked: Asked,
  context: ReaderContext,
): Promise<Result<DataSet>> {
  const { source, fingerprint } = asked;
  const { cacheFolder } = context;
  if (cacheFolder === undefined) return tooLarge(source);
  const before = await openTable(cacheFolder, fingerprint);
  const identity = (onDisk: PreparedTable['values']) => ({ fingerprint, source, onDisk });
  const kept = before && (await readKept(cacheFolder, identity(before.values)));
  if (kept) return ok({ ...kept, lines: before.lines });
  const file = await text.file();
  if (!file.ok) return file;
  const bytes = bytesOfCells(file.value);
  const made = await prepareTable(file.value, { ...asked, key: fingerprint, cacheFolder, bytes }, context);
  if (!made.ok) return made;
  const { table, ...typed } = made.value;
  const place = (row: number) => `line ${table.lines.subarray(row, row + 1)[0]}`;
  const set = lookOver(makeDataSet({ source, fingerprint, ...typed }), place);
  await keep(cacheFolder, identity(table.values), set);
  return ok({ ...set, lines: table.lines });
}

const tooLarge = (source: string) =>
  fail(
    TOO_LARGE,
    `${source} does not fit into memory, and there is no folder to prepare it in. Take a part of its rows.`,
  );

function targetPlace(names: readonly string[], target: string, source: string): Result<number> {
  const wanted = target.trim();
  if (wanted === '') return ok(names.length - 1);
  const named = names.indexOf(wanted);
  if (named >= 0) return ok(named);
  if (/^\d+$/.test(wanted) && Number(wanted) < names.length) return ok(Number(wanted));
  const some = names.slice(0, 8).join(', ') + (names.length > 8 ? `, … (${names.length} in all)` : '');
  const advice = `Its columns are ${some}; a place is counted from 0.`;
  return fail('data/unknown-target', `${source} has no column “${wanted}” to learn. ${advice}`);
}
