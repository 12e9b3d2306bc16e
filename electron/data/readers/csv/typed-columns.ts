/** Makes typed columns of a table's cells: finds the cells that cannot be used, leaves rows out where asked, encodes. */
import type { DataProblem } from '../../../../shared/document/facts';
import type { Problem, Result } from '../../../../shared/result';
import { fail, ok } from '../../../../shared/result';
import { classColumn, numberColumn, textColumn } from '../../columns';
import type { DataColumn } from '../../data-set';
import type { Cells } from './cells';
import { decideInput, decideTarget } from './column-kind';
import type { Task } from './column-kind';
import { flawOf, Flaws, type JudgedColumn, type MissingChoice } from './flaws';
import { naturalOrder } from './natural-order';
import { ProblemLog } from './problems';
import { reportClasses, reportColumns } from './report-columns';
import type { Table } from './table';
import { isMissingText } from './words';

export interface Choices {
  source: string;
  target: number;
  task: Task;
  missing: MissingChoice;
}

export interface TypedTable {
  columns: DataColumn[];
  n: number;
  problems: DataProblem[];
  /** Line of the file, counted from 1, of each row. */
  lines: Int32Array;
}

interface Column extends JudgedColumn {
  cells: Cells;
}

export function typeColumns(table: Table, choices: Choices): Result<TypedTable> {
  const log = new ProblemLog(choices.source);
  const columns = table.columns.map((cells, i): Column => {
    const name = table.names[i];
    const decision = i === choices.target ? decideTarget(cells, choices.task) : decideInput(cells, name);
    return { name, cells, decision, texts: cells.texts };
  });
  reportColumns(table.repeatedNames, columns, log);
  const flaws = new Flaws(columns, choices.missing);
  const unusable = findUnusable(table, columns, flaws);
  flaws.report(log);
  const rows = keptRows(table.n, choices.missing === 'drop' ? unusable : null);
  if (rows.length === 0) return nothingLeft(choices.source, log);
  const typed = columns.map((column) => encode(column, rows));
  reportClasses(typed, log);
  const lines = rows.map((row) => table.lines[row]);
  return ok({ columns: typed, n: rows.length, problems: log.list(), lines });
}

export function nothingLeft(source: string, log: ProblemLog): { ok: false; problem: Problem } {
  const message = `${source}: every row has a cell that cannot be used, so leaving them out leaves nothing. ${log.list()[0]?.message ?? ''}`;
  return fail('data/no-rows', message.trim());
}

/** Marks the rows that hold a cell which cannot be used, or have too many or too few cells. */
function findUnusable(table: Table, columns: readonly Column[], flaws: Flaws): Uint8Array {
  const unusable = new Uint8Array(table.n);
  for (const { row, line, cells } of table.ragged) {
    unusable[row] = 1;
    flaws.takeRagged(cells, line);
  }
  const ragged = unusable.slice();
  for (const place of flaws.suspects)
    for (let row = 0; row < table.n; row++)
      if (ragged[row] === 0 && !flaws.take(place, columns[place].cells.code(row), table.lines[row]))
        unusable[row] = 1;
  return unusable;
}

function keptRows(n: number, without: Uint8Array | null): Int32Array {
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  return without === null ? rows : rows.filter((row) => without[row] === 0);
}

function encode(column: Column, rows: Int32Array): DataColumn {
  const { name, cells, decision } = column;
  const { role, kind } = decision;
  switch (kind.kind) {
    case 'numbers':
      return numberColumn(
        { name, role },
        Float32Array.from(rows, (row) => cells.number(row)),
      );
    case 'classes':
      return encodeClasses(column, rows);
    case 'text':
    case 'empty': {
      const texts = Array.from(rows, (row) => cells.show(row));
      return textColumn({ name, role }, texts, texts.filter(isMissingText).length);
    }
  }
}

function encodeClasses({ name, cells, decision }: Column, rows: Int32Array): DataColumn {
  const nameOf = (row: number): string | null => {
    const text = cells.text(row);
    return text === null ? String(cells.number(row)) : flawOf(text, decision) === null ? text : null;
  };
  const names = new Set<string>();
  for (const row of rows) {
    const found = nameOf(row);
    if (found !== null) names.add(found);
  }
  const classes = [...names].sort(naturalOrder);
  const indexOf = new Map(classes.map((found, index) => [found, index]));
  const indices = Int32Array.from(rows, (row) => indexOf.get(nameOf(row) ?? '') ?? -1);
  return classColumn({ name, role: decision.role }, indices, classes);
}
