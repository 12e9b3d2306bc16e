/** Reads a table from a text file: one column of data per column of the table, the target among them. */
import { z } from 'zod';
import type { Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';
import { lookOver } from '../checks/checks';
import { makeDataSet } from '../columns';
import { fingerprintOf } from '../fingerprint';
import { readThroughCache } from '../source-cache';
import type { Task } from './csv/column-kind';
import { parseTable } from './csv/table';
import { lookThrough } from './csv/text-file';
import { typeColumns } from './csv/typed-columns';
import type { Reader } from './reader';
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

export const readCsv: Reader = async (given, context) => {
  const checked = checkParams(params, given, 'CSV table');
  if (!checked.ok) return checked;
  const { path, header, target, missing } = checked.value;
  const task = KIND_OF_TASK[checked.value.task];
  const found = await findFile(context.folder, path, 'a CSV file');
  if (!found.ok) return found;
  const file = await lookThrough(found.value, context);
  if (!file.ok) return file;
  const { name: source, sha256 } = file.value;
  const fingerprint = fingerprintOf({
    reader: 'csv',
    version: CSV_READER_VERSION,
    sha256,
    header,
    target,
    task,
    missing,
  });
  return readThroughCache(context, { fingerprint, source }, async () => {
    const table = await parseTable(file.value, header, context);
    if (!table.ok) return table;
    const place = targetPlace(table.value.names, target, source);
    if (!place.ok) return place;
    const typed = typeColumns(table.value, { source, target: place.value, task, missing });
    if (!typed.ok) return typed;
    const { lines } = typed.value;
    return ok(lookOver(makeDataSet({ source, fingerprint, ...typed.value }), (row) => `line ${lines[row]}`));
  });
};

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
