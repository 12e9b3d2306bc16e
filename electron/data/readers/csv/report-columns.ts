/** Tells what is remarkable about the columns of a table: names, what they were taken for, a single class. */
import type { DataColumn } from '../../data-set';
import { MOST_CLASSES } from './column-kind';
import type { JudgedColumn } from './flaws';
import type { ProblemLog } from './problems';

/** `isLarge`: texts that are no classes are left aside, because they do not fit into memory. */
export function reportColumns(
  repeatedNames: readonly string[],
  columns: readonly JudgedColumn[],
  log: ProblemLog,
  isLarge = false,
) {
  for (const name of repeatedNames) {
    log.add(
      'data/duplicate-names',
      'warning',
      () => `: several columns are called “${name}”; the later ones are numbered.`,
    );
  }
  for (const column of columns) reportDecision(column, log, isLarge);
  // A column of words can be made one of numbers; one of dates or names cannot.
  const canBeRead = ({ texts, decision }: JudgedColumn) =>
    decision.role === 'input' ||
    (!isLarge && decision.remark === 'free-text' && texts.some((text) => /\s/.test(text.trim())));
  if (!columns.some(canBeRead)) {
    log.add(
      'data/no-inputs',
      'warning',
      () => ': no column can be used as an input. Choose another target, or add columns of numbers.',
    );
  }
}

function reportDecision(
  { name, texts, decision: { role, remark } }: JudgedColumn,
  log: ProblemLog,
  isLarge: boolean,
) {
  switch (remark) {
    case undefined:
      return;
    case 'free-text':
      return log.add('data/text-column', 'hint', () =>
        isLarge
          ? `, column ${name}: free text; in a table that does not fit into memory it is left aside. For TextVectorization, take a part of the rows.`
          : `, column ${name}: ${texts.size} different texts; it is shown but not learned from. TextVectorization makes numbers of its words.`,
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

export function reportClasses(columns: readonly DataColumn[], log: ProblemLog) {
  for (const { facts } of columns) {
    if (facts.role !== 'target' || facts.classes?.length !== 1) continue;
    const message = () =>
      `, column ${facts.name}: every row has the class “${facts.classes?.[0]}”. There is nothing to tell apart: choose another target column, or add rows of other classes.`;
    log.add('data/one-class', 'error', message);
  }
}
