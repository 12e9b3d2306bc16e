/** Owns how the text of a formula is cut into numbers, names and signs. Knows nothing of what they mean. */

export interface Token {
  kind: 'number' | 'name' | 'sign' | 'end';
  text: string;
  /** Of its first character, counted from 1. */
  at: number;
}

/** What is wrong with a formula, and where: `at` is the character, counted from 1. */
export interface FormulaProblem {
  at: number;
  message: string;
}

export class FormulaError extends Error {
  constructor(readonly problem: FormulaProblem) {
    super(problem.message);
  }
}

/** Within the parser a problem is thrown; `parseFormula` makes it a value. */
export function refuse(at: number, message: string): never {
  throw new FormulaError({ at, message });
}

const PATTERNS = [
  ['space', /[ \t\r]+/y],
  ['number', /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y],
  ['name', /[A-Za-z_][A-Za-z0-9_]*/y],
  ['sign', /\*\*|<=|>=|==|!=|[-+*/^()<>,=;\n]/y],
] as const;

/** The end of a statement: a semicolon, or a new line outside of brackets. */
export const ENDS = [';', '\n'] as const;

export function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let at = 0;
  let brackets = 0;
  while (at < text.length) {
    const found = PATTERNS.map(([kind, pattern]) => {
      pattern.lastIndex = at;
      return { kind, match: pattern.exec(text)?.[0] };
    }).find(({ match }) => match !== undefined);
    if (found?.match === undefined) return refuse(at + 1, `"${text[at]}" means nothing in a formula`);
    if (found.match === '(') brackets += 1;
    if (found.match === ')') brackets -= 1;
    const goesOn = found.match === '\n' && brackets > 0;
    if (found.kind !== 'space' && !goesOn) tokens.push({ kind: found.kind, text: found.match, at: at + 1 });
    at += found.match.length;
  }
  return [...tokens, { kind: 'end', text: '', at: text.length + 1 }];
}
