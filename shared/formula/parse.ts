/**
 * Owns the language of formulas: text in, a tree out, or what is wrong and where. Nothing of it is ever run as a program; the
 * tree is computed with tensors by the engine. Statements are separated by semicolons or new lines, and `name = …` gives a
 * value a name for the statements after it.
 */
import { CONSTANTS, functionOf, isFunction, SIGNS, type FunctionName } from './functions';
import { ENDS, FormulaError, refuse, tokensOf, type FormulaProblem, type Token } from './tokens';

export type Expression =
  | { kind: 'number'; value: number }
  | { kind: 'name'; name: string; at: number }
  | { kind: 'call'; function: FunctionName; inputs: readonly Expression[]; at: number };

export interface Statement {
  /** null: its value is the formula's. */
  name: string | null;
  expression: Expression;
  at: number;
}

export type Parsed = { ok: true; statements: readonly Statement[] } | { ok: false; problem: FormulaProblem };

/** Far more than a formula that a person reads. */
const LONGEST = 2000;
const DEEPEST = 60;

class Parser {
  private next = 0;
  private depth = 0;
  constructor(private readonly tokens: readonly Token[]) {}

  statements(): Statement[] {
    const all: Statement[] = [];
    for (;;) {
      while (this.take(...ENDS));
      if (this.isOver()) return all;
      all.push(this.statement());
      if (!this.isOver() && !ENDS.some((end) => end === this.token.text))
        refuse(this.token.at, `"${this.token.text}" is not expected here`);
    }
  }

  private statement(): Statement {
    const { token } = this;
    if (token.kind === 'name' && this.tokens[this.next + 1].text === '=') {
      this.next += 2;
      return { name: token.text, expression: this.expression(), at: token.at };
    }
    return { name: null, expression: this.expression(), at: token.at };
  }

  private isOver(): boolean {
    return this.token.kind === 'end';
  }

  private get token(): Token {
    return this.tokens[this.next];
  }

  private take(...signs: readonly string[]): Token | null {
    const { token } = this;
    if (token.kind !== 'sign' || !signs.includes(token.text)) return null;
    this.next += 1;
    return token;
  }

  private expect(sign: string): void {
    const { token } = this;
    if (!this.take(sign))
      refuse(token.at, `"${sign}" is missing${token.kind === 'end' ? ' at the end' : ` before "${token.text}"`}`);
  }

  private expression(): Expression {
    this.depth += 1;
    if (this.depth > DEEPEST) refuse(this.token.at, `there are more than ${DEEPEST} brackets in brackets`);
    const found = this.joined(0);
    this.depth -= 1;
    return found;
  }

  /** Signs of one strength, from left to right. */
  private joined(strength: number): Expression {
    if (strength === SIGNS.length) return this.signed();
    const signs = SIGNS[strength];
    let left = this.joined(strength + 1);
    for (let sign = this.take(...Object.keys(signs)); sign; sign = this.take(...Object.keys(signs)))
      left = { kind: 'call', function: signs[sign.text], inputs: [left, this.joined(strength + 1)], at: sign.at };
    return left;
  }

  private signed(): Expression {
    const sign = this.take('-', '+');
    if (sign === null) return this.raised();
    this.depth += 1;
    if (this.depth > DEEPEST) refuse(sign.at, `there are more than ${DEEPEST} signs in a row`);
    const value = this.signed();
    this.depth -= 1;
    return sign.text === '+' ? value : { kind: 'call', function: 'negative', inputs: [value], at: sign.at };
  }

  /** −a² is −(a²), and the exponent may have a sign. */
  private raised(): Expression {
    const base = this.single();
    const sign = this.take('^', '**');
    return sign === null
      ? base
      : { kind: 'call', function: 'power', inputs: [base, this.signed()], at: sign.at };
  }

  private single(): Expression {
    const { token } = this;
    if (this.take('(')) {
      const inner = this.expression();
      this.expect(')');
      return inner;
    }
    this.next += 1;
    if (token.kind === 'number') return { kind: 'number', value: Number(token.text) };
    if (token.kind !== 'name')
      return refuse(token.at, token.kind === 'end' ? 'the formula ends too early' : `"${token.text}" is not expected here`);
    if (this.token.text === '(') return this.call(token);
    return Object.hasOwn(CONSTANTS, token.text)
      ? { kind: 'number', value: CONSTANTS[token.text] }
      : { kind: 'name', name: token.text, at: token.at };
  }

  private call({ text, at }: Token): Expression {
    if (!isFunction(text)) return refuse(at, `there is no function ${text}`);
    this.expect('(');
    const inputs = [this.expression()];
    while (this.take(',')) inputs.push(this.expression());
    this.expect(')');
    const [least, most] = functionOf(text).arguments;
    if (inputs.length < least || inputs.length > most)
      refuse(at, `${text} takes ${least === most ? least : `${least} or ${most}`} ${most === 1 ? 'value' : 'values'}, not ${inputs.length}`);
    return { kind: 'call', function: text, inputs, at };
  }
} // prettier-ignore

export function parseFormula(text: string): Parsed {
  try {
    if (text.length > LONGEST) refuse(LONGEST + 1, `it is longer than ${LONGEST} characters`);
    return { ok: true, statements: new Parser(tokensOf(text)).statements() };
  } catch (error) {
    if (error instanceof FormulaError) return { ok: false, problem: error.problem };
    throw error;
  }
}
