/** Finds the cells and rows of a table that cannot be used, and tells them column by column, in whatever order they come. */
import type { DataProblem } from '../../../../shared/document/facts';
import type { Decision } from './column-kind';
import { SHOWN, type ProblemLog } from './problems';
import type { TextCodes } from './text-codes';
import { isMissingNumber, isMissingText, isNotFinite } from './words';

export type MissingChoice = 'refuse' | 'mean' | 'drop';

export interface JudgedColumn {
  name: string;
  decision: Decision;
  texts: TextCodes;
}

type Flaw = 'missing' | 'not-a-number' | 'not-finite';

/** What is wrong with a cell that is not a number, or null where words are welcome. */
export function flawOf(text: string, { kind }: Decision): Flaw | null {
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
        advice:
          kind.kind === 'classes'
            ? 'In a column of words, the most frequent one of the training part stands in.'
            : 'The mean of the training part stands in.',
      };
  }
}

interface Found {
  firsts: (() => string)[];
  count: number;
  /** Of the first one. */
  line: number;
}

const counted = (found: Found, line: number, message: () => string): void => {
  if (found.count === 0) found.line = line;
  found.count += 1;
  if (found.firsts.length < SHOWN) found.firsts.push(message);
};

/** The missing cells of a column. */
interface Hole {
  name: string;
  cases: Found;
  severity: DataProblem['severity'];
  advice: string;
}

type Tell = (code: string, severity: DataProblem['severity'], found: Found) => void;

/** After the name of the file: which columns have how many missing cells, where, and what is done about it. */
function holesText(holes: readonly Hole[]): string {
  const named = holes
    .slice(0, SHOWN)
    .map(({ name, cases: { count, line } }) =>
      count === 1
        ? `${name} (line ${line})`
        : `${name} (${count.toLocaleString('en')}, the first in line ${line})`,
    );
  const more = holes.length > SHOWN ? [`${holes.length - SHOWN} more`] : [];
  const which = holes.length === 1 ? 'a column has' : `${holes.length} columns have`;
  const advices = [...new Set(holes.map(({ advice }) => advice))];
  return `: ${which} missing cells: ${[...named, ...more].join(', ')}. ${advices.join(' ')}`;
}

export class Flaws {
  /** For each column what is wrong with each of its texts; null where all can be used. */
  private readonly flaws: ((Flaw | null)[] | null)[];
  private readonly found: Map<Flaw, Found>[];
  private readonly ragged: Found = { firsts: [], count: 0, line: 0 };

  constructor(
    private readonly columns: readonly JudgedColumn[],
    private readonly missing: MissingChoice,
  ) {
    this.found = columns.map(() => new Map<Flaw, Found>());
    this.flaws = columns.map(({ decision, texts }) => {
      if (decision.role !== 'input' && decision.role !== 'target') return null;
      const flaws = texts.map((text) => flawOf(text, decision));
      return flaws.some((flaw) => flaw !== null) ? flaws : null;
    });
  }

  /** The places of the columns that hold texts which cannot be used. */
  get suspects(): number[] {
    return [...this.columns.keys()].filter((place) => this.flaws[place] !== null);
  }

  takeRagged(cells: number, line: number): void {
    const advice =
      this.missing === 'drop' ? 'The row is left out.' : 'Correct the row, or set Missing to drop.';
    counted(
      this.ragged,
      line,
      () =>
        `, line ${line}: the row has ${cells} ${cells === 1 ? 'cell' : 'cells'} where ${this.columns.length} are expected. ${advice}`,
    );
  }

  /** Whether the text with this code can be used in this column; 0 is a number. */
  take(place: number, code: number, line: number): boolean {
    const flaw = code === 0 ? null : (this.flaws[place]?.[code - 1] ?? null);
    if (flaw === null) return true;
    const { name, decision, texts } = this.columns[place];
    const found = this.found[place].get(flaw) ?? { firsts: [], count: 0, line };
    this.found[place].set(flaw, found);
    const { advice } = treatment(decision, this.missing);
    counted(
      found,
      line,
      () => `, line ${line}, column ${name}: ${flawText(flaw, texts.text(code))} ${advice}`,
    );
    return false;
  }

  report(log: ProblemLog): void {
    const tell: Tell = (code, severity, { firsts, count }) => {
      for (const message of firsts) log.add(code, severity, message);
      log.addMore(code, severity, count - firsts.length);
    };
    tell('data/ragged-row', this.missing === 'drop' ? 'warning' : 'error', this.ragged);
    this.reportMissing(log, tell);
    this.found.forEach((found, place) => {
      const { severity } = treatment(this.columns[place].decision, this.missing);
      for (const [flaw, cases] of found) if (flaw !== 'missing') tell(`data/${flaw}`, severity, cases);
    });
  }

  /** Missing cells are one matter of the table, however many there are: one entry for what is done with them. */
  private reportMissing(log: ProblemLog, tell: Tell): void {
    const holes = this.columns.flatMap(({ name, decision }, place): Hole[] => {
      const cases = this.found[place].get('missing');
      return cases ? [{ name, cases, ...treatment(decision, this.missing) }] : [];
    });
    for (const severity of ['error', 'warning', 'hint'] as const) {
      const alike = holes.filter((hole) => hole.severity === severity);
      const [first, ...others] = alike;
      if (first?.cases.count === 1 && others.length === 0) tell('data/missing', severity, first.cases);
      else if (first) log.add('data/missing', severity, () => holesText(alike));
    }
  }
}
