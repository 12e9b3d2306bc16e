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
        advice: `The ${kind.kind === 'classes' ? 'most frequent class' : 'mean'} of the training part stands in.`,
      };
  }
}

interface Found {
  firsts: (() => string)[];
  count: number;
}

const counted = (found: Found, message: () => string): void => {
  found.count += 1;
  if (found.firsts.length < SHOWN) found.firsts.push(message);
};

export class Flaws {
  /** For each column what is wrong with each of its texts; null where all can be used. */
  private readonly flaws: ((Flaw | null)[] | null)[];
  private readonly found: Map<Flaw, Found>[];
  private readonly ragged: Found = { firsts: [], count: 0 };

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
      () =>
        `, line ${line}: the row has ${cells} ${cells === 1 ? 'cell' : 'cells'} where ${this.columns.length} are expected. ${advice}`,
    );
  }

  /** Whether the text with this code can be used in this column; 0 is a number. */
  take(place: number, code: number, line: number): boolean {
    const flaw = code === 0 ? null : (this.flaws[place]?.[code - 1] ?? null);
    if (flaw === null) return true;
    const { name, decision, texts } = this.columns[place];
    const found = this.found[place].get(flaw) ?? { firsts: [], count: 0 };
    this.found[place].set(flaw, found);
    const { advice } = treatment(decision, this.missing);
    counted(found, () => `, line ${line}, column ${name}: ${flawText(flaw, texts.text(code))} ${advice}`);
    return false;
  }

  report(log: ProblemLog): void {
    const tell = (code: string, severity: DataProblem['severity'], { firsts, count }: Found) => {
      for (const message of firsts) log.add(code, severity, message);
      log.addMore(code, severity, count - firsts.length);
    };
    tell('data/ragged-row', this.missing === 'drop' ? 'warning' : 'error', this.ragged);
    this.found.forEach((found, place) => {
      const { severity } = treatment(this.columns[place].decision, this.missing);
      for (const [flaw, cases] of found) tell(`data/${flaw}`, severity, cases);
    });
  }
}
