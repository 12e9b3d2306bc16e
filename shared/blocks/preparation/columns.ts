/** Owns how preparations choose and change columns of the facts. */
import type { ColumnFacts, DataFacts } from '../../document/facts';
import type { Finding } from '../block';
import type { ColumnsParameter } from '../parameter';

type Role = ColumnsParameter['role'];

export const columnsParameter = <R extends Role>(role: R, help: string) =>
  ({ kind: 'columns', role, default: [], help }) as const satisfies ColumnsParameter;

export interface Change {
  /** Why a column cannot be changed in this way, as `is text`; null where it can. */
  unfit: (column: ColumnFacts) => string | null;
  change: (column: ColumnFacts) => ColumnFacts;
  /** Which columns are meant where none is named; absent, those of the role. */
  isMeant?: (column: ColumnFacts) => boolean;
}

const finding = (severity: Finding['severity'], code: string, message: string, why: string): Finding => ({
  code, severity, port: 'data', message, why,
}); // prettier-ignore

/**
 * Changes the named columns, or every fitting column that is meant where none is named; `what` says what those are. Columns that were named but are
 * missing or unfit are reported; so is a step that finds nothing to do.
 */
export function changeColumns(
  title: string,
  before: DataFacts,
  names: readonly string[],
  what: Role | 'text',
  { unfit, change, isMeant = ({ role }) => role === what }: Change,
): { facts: DataFacts; findings: readonly Finding[] } {
  const findings: Finding[] = [];
  const wanted = new Set(names);
  for (const name of wanted) {
    const column = before.columns.find((candidate) => candidate.name === name);
    const reason = column ? unfit(column) : null;
    if (!column)
      findings.push(
        finding(
          'error',
          'data/column',
          `${title} names the column "${name}", which ${before.source} does not have.`,
          `It has ${
            before.columns
              .map((candidate) => candidate.name)
              .slice(0, 12)
              .join(', ') || 'no columns'
          }.`,
        ),
      );
    else if (reason)
      findings.push(
        finding(
          'error',
          'data/column',
          `${title} cannot work on the column "${name}": it ${reason}.`,
          'Choose other columns in the block.',
        ),
      );
  }
  let changed = 0;
  const columns = before.columns.map((column) => {
    const meant = wanted.size > 0 ? wanted.has(column.name) : isMeant(column);
    if (!meant || unfit(column)) return column;
    changed += 1;
    return change(column);
  });
  if (changed === 0 && findings.length === 0)
    findings.push(
      finding(
        'warning',
        'data/nothing-to-do',
        `${title} changes nothing: ${before.source} has no ${what} column that it could work on.`,
        'The block can be removed, or columns can be named in it.',
      ),
    );
  return { facts: { ...before, columns }, findings };
}

/** Why a column has no numbers to compute with; class numbers are names, not amounts. */
export function isNotNumeric(column: ColumnFacts): string | null {
  if (column.dtype === 'string') return 'is text';
  return column.classes ? 'holds classes' : null;
}
