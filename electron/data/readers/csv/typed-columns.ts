/** Makes typed columns of a table's cells: finds the cells that cannot be used, leaves rows out where asked, encodes. */
import type { DataProblem } from '../../../../shared/document/facts';
import type { Result } from '../../../../shared/result';
import { fail, ok } from '../../../../shared/result';
import { classColumn, numberColumn, textColumn } from '../../columns';
import type { DataColumn } from '../../data-set';
import type { Cells } from './cells';
import { decideInput, decideTarget, MOST_CLASSES } from './column-kind';
import type { Decision, Task } from './column-kind';
import { naturalOrder } from './natural-order';
import { ProblemLog } from './problems';
import type { Table } from './table';
import { isMissingNumber, isMissingText, isNotFinite } from './words';

export type MissingChoice = 'refuse' | 'mean' | 'drop';

interface Choices {
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

interface Column {
  name: string;
  cells: Cells;
  decision: Decision;
}

export function typeColumns(table: Table, choices: Choices): Result<TypedTable> {
  const log = new ProblemLog(choices.source);
  const columns = table.columns.map((cells, i): Column => {
    const name = table.names[i];
    const decision = i === choices.target ? decideTarget(cells, choices.task) : decideInput(cells, name);
    return { name, cells, decision };
  });
  reportColumns(table, columns, log);
  const unusable = findUnusable(table, columns, choices.missing, log);
  const rows = keptRows(table.n, choices.missing === 'drop' ? unusable : null);
  if (rows.length === 0) {
    const message = `${choices.source}: every row has a cell that cannot be used, so leaving them out leaves nothing. ${log.list()[0]?.message ?? ''}`;
    return fail('data/no-rows', message.trim());
  }
  const typed = columns.map((column) => encode(column, rows));
  reportClasses(typed, log);
  const lines = rows.map((row) => table.lines[row]);
  return ok({ columns: typed, n: rows.length, problems: log.list(), lines });
}

function reportColumns({ repeatedNames }: Table, columns: readonly Column[], log: ProblemLog) {
  for (const name of repeatedNames) {
    log.add(
      'data/duplicate-names',
      'warning',
      () => `: several columns are called “${name}”; the later ones are numbered.`,
    );
  }
  for (const { name, cells, decision } of columns) reportDecision(name, cells, decision, log);
  // A column of words can be made one of numbers; one of dates or names cannot.
  const canBeRead = ({ cells, decision }: Column) =>
    decision.role === 'input' ||
    (decision.remark === 'free-text' && cells.texts.some((text) => /\s/.test(text.trim())));
  if (!columns.some(canBeRead)) {
    log.add(
      'data/no-inputs',
      'warning',
      () => ': no column can be used as an input. Choose another target, or add columns of numbers.',
    );
  }
}

function reportDecision(name: string, cells: Cells, { role, remark }: Decision, log: ProblemLog) {
  switch (remark) {
    case undefined:
      return;
    case 'free-text':
      return log.add(
        'data/text-column',
        'hint',
        () =>
          `, column ${name}: ${cells.texts.length} different texts; it is shown but not learned from. TextVectorization makes numbers of its words.`,
      );
    case 'mixed':
      return log.add(
        'data/mixed-column',
        'warning',
        () => `, column ${name}: numbers and words are mixed; it is read as words.`,
      );
    case 'id':
      return log.add(
        'data/id-column',
        'hint',
        () => `, column ${name}: it numbers the rows and is not learned from.`,
      );
    case 'too-many-classes':
      return log.add(
        'data/too-many-classes',
        'error',
        () =>
          `, column ${name}: more than ${MOST_CLASSES} different texts cannot be classes. Choose another target column.`,
      );
    case 'hardly-classes':
      return log.add(
        'data/many-classes',
        'warning',
        () =>
          `, column ${name}: most rows have a class of their own, which cannot be learned. Choose another target column, or set Task to number.`,
      );
    case 'empty':
      if (role === 'target') {
        return log.add(
          'data/missing',
          'error',
          () => `, column ${name}: the target column is empty. Choose another target column.`,
        );
      }
      return log.add(
        'data/empty-column',
        'hint',
        () => `, column ${name}: no cell holds anything; it is left aside.`,
      );
  }
}

type Flaw = 'missing' | 'not-a-number' | 'not-finite';

/** What is wrong with a cell that is not a number, or null where words are welcome. */
function flawOf(text: string, { kind }: Decision): Flaw | null {
  switch (kind.kind) {
    case 'text':
    case 'empty':
      return null;
    case 'classes':
      if (kind.words) return isMissingText(text) ? 'missing' : null;
      return numberFlaw(text);
    case 'numbers':
      return numberFlaw(text);
  }
}

const numberFlaw = (text: string): Flaw =>
  isMissingNumber(text) ? 'missing' : isNotFinite(text) ? 'not-finite' : 'not-a-number';

/** Marks the rows that hold a cell which cannot be used, or have too many or too few cells. */
function findUnusable(
  table: Table,
  columns: readonly Column[],
  missing: MissingChoice,
  log: ProblemLog,
): Uint8Array {
  const unusable = new Uint8Array(table.n);
  for (const { row, line, cells } of table.ragged) {
    unusable[row] = 1;
    const advice = missing === 'drop' ? 'The row is left out.' : 'Correct the row, or set Missing to drop.';
    const message = () =>
      `, line ${line}: the row has ${cells} ${cells === 1 ? 'cell' : 'cells'} where ${columns.length} are expected. ${advice}`;
    log.add('data/ragged-row', missing === 'drop' ? 'warning' : 'error', message);
  }
  const ragged = unusable.slice();
  for (const { name, cells, decision } of columns) {
    if (cells.texts.length === 0 || (decision.role !== 'input' && decision.role !== 'target')) continue;
    const flaws = cells.texts.map((text) => flawOf(text, decision));
    if (flaws.every((flaw) => flaw === null)) continue;
    for (let row = 0; row < table.n; row++) {
      const code = cells.code(row);
      const flaw = code === 0 ? null : flaws[code - 1];
      if (flaw === null || ragged[row] === 1) continue;
      unusable[row] = 1;
      const { severity, advice } = treatment(decision, missing);
      const message = () =>
        `, line ${table.lines[row]}, column ${name}: ${flawText(flaw, cells.texts[code - 1])} ${advice}`;
      log.add(`data/${flaw}`, severity, message);
    }
  }
  return unusable;
}

function flawText(flaw: Flaw, text: string): string {
  const shown = text.length > 40 ? `${text.slice(0, 40)}…` : text;
  switch (flaw) {
    case 'missing':
      return text === '' ? 'the cell is empty.' : `“${shown}” stands for no value.`;
    case 'not-finite':
      return `“${shown}” is infinite or too large.`;
    case 'not-a-number':
      return `“${shown}” is not a number.`;
  }
}

function treatment(
  { role, kind }: Decision,
  missing: MissingChoice,
): { severity: DataProblem['severity']; advice: string } {
  switch (missing) {
    case 'refuse':
      return { severity: 'error', advice: 'Correct it, or set Missing to mean or drop.' };
    case 'drop':
      return { severity: 'warning', advice: 'The row is left out.' };
    case 'mean':
      if (role === 'target')
        return {
          severity: 'error',
          advice: 'A target is never filled in. Correct it, or set Missing to drop.',
        };
      return {
        severity: 'hint',
        advice: `The ${kind.kind === 'classes' ? 'most frequent class' : 'mean'} of the training part stands in.`,
      };
  }
}

function keptRows(n: number, without: Uint8Array | null): Int32Array {
  const rows = Int32Array.from({ length: n }, (_, row) => row);
  return without === null ? rows : rows.filter((row) => without[row] === 0);
}

function encode({ name, cells, decision }: Column, rows: Int32Array): DataColumn {
  const { role, kind } = decision;
  switch (kind.kind) {
    case 'numbers':
      return numberColumn(
        { name, role },
        Float32Array.from(rows, (row) => cells.number(row)),
      );
    case 'classes':
      return encodeClasses({ name, cells, decision }, rows);
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

function reportClasses(columns: readonly DataColumn[], log: ProblemLog) {
  for (const { facts } of columns) {
    if (facts.role !== 'target' || facts.classes?.length !== 1) continue;
    const message = () =>
      `, column ${facts.name}: every row has the class “${facts.classes?.[0]}”. There is nothing to tell apart: choose another target column, or add rows of other classes.`;
    log.add('data/one-class', 'error', message);
  }
}
