/**
 * Owns what a formula must be to be used: one value of given names, or the rule by which weights are updated. What is wrong
 * becomes a sentence that names the place.
 */
import { FUNCTION_NAMES } from './functions';
import { parseFormula, type Expression, type Statement } from './parse';
import type { FormulaProblem } from './tokens';

/** Statements that give names, then the value. */
export interface ValueFormula {
  steps: readonly { name: string; expression: Expression }[];
  value: Expression;
}

/** What becomes of each name. */
export interface UpdateFormula {
  steps: readonly { name: string; expression: Expression }[];
  /** Names that are read before they are given a value: one array for each of the weights, zeros at first. */
  states: readonly string[];
}

export type Checked<T> = { ok: true; value: T } | { ok: false; problem: FormulaProblem };

const wrong = (at: number, message: string): { ok: false; problem: FormulaProblem } => ({
  ok: false,
  problem: { at, message },
});

function namesIn(expression: Expression): { name: string; at: number }[] {
  switch (expression.kind) {
    case 'number':
      return [];
    case 'name':
      return [expression];
    case 'call':
      return expression.inputs.flatMap(namesIn);
  }
}

function unknownName(statements: readonly Statement[], names: readonly string[]): FormulaProblem | null {
  const known = new Set(names);
  for (const { name, expression } of statements) {
    const unknown = namesIn(expression).find((each) => !known.has(each.name));
    if (unknown)
      return {
        at: unknown.at,
        message: `there is no ${unknown.name}; it knows ${[...known].join(', ')}, pi, e`,
      };
    if (name !== null) known.add(name);
  }
  return null;
}

const given = (statements: readonly Statement[]) =>
  statements.map(({ name, expression }) => ({ name: name ?? '', expression }));

/** A formula of these names, whose last statement is its value. */
export function valueFormula(text: string, names: readonly string[]): Checked<ValueFormula> {
  const parsed = parseFormula(text);
  if (!parsed.ok) return parsed;
  const { statements } = parsed;
  const last = statements.at(-1);
  if (last === undefined) return wrong(1, 'the formula is empty');
  const before = statements.slice(0, -1);
  const nameless = before.find(({ name }) => name === null);
  if (nameless) return wrong(nameless.at, 'only the last statement is the value; give this one a name');
  if (last.name !== null) return wrong(last.at, `it ends with ${last.name} = …; write ${last.name} as the last statement`);
  const taken = statements.find(({ name }) => name !== null && names.includes(name));
  if (taken) return wrong(taken.at, `${taken.name} is given and cannot be changed; choose another name`);
  const problem = unknownName(statements, names);
  if (problem) return { ok: false, problem };
  return { ok: true, value: { steps: given(before), value: last.expression } };
} // prettier-ignore

/** What an update rule is given: weights, gradient, learning rate, and the number of the step from 1 on. */
export const RULE_NAMES = ['w', 'g', 'rate', 't'] as const;
const FIXED: readonly string[] = ['g', 'rate', 't'];

export function updateFormula(text: string): Checked<UpdateFormula> {
  const parsed = parseFormula(text);
  if (!parsed.ok) return parsed;
  const { statements } = parsed;
  const nameless = statements.find(({ name }) => name === null);
  if (nameless) return wrong(nameless.at, 'every statement must say what it changes, as w = w - rate * g');
  const fixed = statements.find(({ name }) => name !== null && FIXED.includes(name));
  if (fixed) return wrong(fixed.at, `${fixed.name} is given and cannot be changed; choose another name`);
  if (!statements.some(({ name }) => name === 'w')) return wrong(text.length + 1, 'w, the weights, is never changed');
  const assigned = new Set(given(statements).map(({ name }) => name));
  const problem = unknownName(statements, [...RULE_NAMES, ...assigned]);
  if (problem) return { ok: false, problem };
  const states = new Set<string>();
  const done = new Set<string>(RULE_NAMES);
  for (const { name, expression } of given(statements)) {
    for (const each of namesIn(expression)) if (!done.has(each.name)) states.add(each.name);
    done.add(name);
  }
  return { ok: true, value: { steps: given(statements), states: [...states] } };
} // prettier-ignore

/** `… at character 7.` */
export const problemText = (name: string, { at, message }: FormulaProblem): string =>
  `${name}: ${message} (character ${at}).`;

/** For help: what may be written. */
export const LANGUAGE = `Signs: \`+ - * / ^\`, comparisons \`< <= > >= == !=\`, which give 1 or 0, and brackets. Functions: ${FUNCTION_NAMES.join(', ')}. \`sum\`, \`mean\`, \`max\` and \`min\` run over all values of a sample, or along the axis that is named second, and keep the number of axes. \`pi\` and \`e\` are known. A semicolon ends a statement, and so does the end of a line outside of brackets; \`name = …\` gives a value a name for the statements after it.`;
