import { describe, expect, it } from 'vitest';
import { updateFormula, valueFormula } from '../../../shared/formula/formula';
import { parseFormula, type Expression } from '../../../shared/formula/parse';
import { formulaShape } from '../../../shared/formula/shape';
import type { Shape } from '../../../shared/compiler/shape';

/** The tree with every bracket written. */
function written(expression: Expression): string {
  if (expression.kind === 'number') return String(expression.value);
  if (expression.kind === 'name') return expression.name;
  return `${expression.function}(${expression.inputs.map(written).join(' ')})`;
}
function tree(text: string): string {
  const parsed = parseFormula(text);
  if (!parsed.ok) throw new Error(parsed.problem.message);
  return parsed.statements.map(({ expression }) => written(expression)).join('; ');
}
const wrong = (text: string, names: string[] = ['a', 'b']) => {
  const checked = valueFormula(text, names);
  if (checked.ok) throw new Error(`${text} was read`);
  return checked.problem;
};
const shape = (text: string, shapes: Record<string, Shape>) => {
  const checked = valueFormula(text, Object.keys(shapes));
  if (!checked.ok) throw new Error(checked.problem.message);
  const found = formulaShape(checked.value, new Map(Object.entries(shapes)));
  return found.ok ? found.shape : found.problem;
};

describe('a formula is read as it is written on paper', () => {
  it.each([
    ['1 + 2 * 3', 'add(1 multiply(2 3))'],
    ['a - b - 1', 'subtract(subtract(a b) 1)'],
    ['-a^2', 'negative(power(a 2))'],
    ['2^-a^2', 'power(2 negative(power(a 2)))'],
    ['a / b * 2', 'multiply(divide(a b) 2)'],
    ['(a + b) < .5e1', 'less(add(a b) 5)'],
    ['where(a >= 0, a, 0.1 * a)', 'where(greater_equal(a 0) a multiply(0.1 a))'],
    ['mean(a, -1) ** 2', 'power(mean(a negative(1)) 2)'],
    ['s = a * 2\n s + b;', 'multiply(a 2); add(s b)'],
    ['where(\n  a >= 0,\n  a, -(b\n)\n)', 'where(greater_equal(a 0) a negative(b))'],
    ['+pi', String(Math.PI)],
  ])('%s', (text, expected) => {
    expect(tree(text)).toBe(expected);
  });
});

describe('what is wrong with a formula is said with its place', () => {
  it.each([
    ['', 1, 'the formula is empty'],
    ['a +', 4, 'the formula ends too early'],
    ['a + $', 5, '"$" means nothing in a formula'],
    ['(a + b', 7, '")" is missing at the end'],
    ['(a\nb', 4, '")" is missing before "b"'],
    ['a b', 3, '"b" is not expected here'],
    ['a + c', 5, 'there is no c; it knows a, b, pi, e'],
    ['sinus(a)', 1, 'there is no function sinus'],
    ['clip(a, 1)', 1, 'clip takes 3 values, not 2'],
    ['x = a + 1', 1, 'it ends with x = …; write x as the last statement'],
    ['a; b', 1, 'only the last statement is the value; give this one a name'],
    ['a = b; a', 1, 'a is given and cannot be changed; choose another name'],
    ['constructor', 1, 'there is no constructor; it knows a, b, pi, e'],
    ['toString(a)', 1, 'there is no function toString'],
  ])('%s', (text, at, message) => {
    expect(wrong(text)).toEqual({ at, message });
  });

  it('too long and too deep formulas are refused, not tried', () => {
    expect(wrong('a+'.repeat(2000)).message).toBe('it is longer than 2000 characters');
    expect(wrong(`${'('.repeat(900)}a${')'.repeat(900)}`).message).toContain('brackets in brackets');
    expect(wrong(`${'-'.repeat(900)}a`).message).toContain('signs in a row');
  });
});

describe('shapes of formulas', () => {
  it.each<[string, Record<string, Shape>, unknown]>([
    ['a + b', { a: [null, 4], b: [null, 1] }, [null, 4]],
    ['a * b', { a: [null, 5, 3], b: [null, 1, 3] }, [null, 5, 3]],
    ['sum(a)', { a: [null, 5, 3] }, [null, 1, 1]],
    ['sum(a, -1)', { a: [null, 5, 3] }, [null, 5, 1]],
    ['a / (1 + mean(a, 1))', { a: [null, 5, 3] }, [null, 5, 3]],
    ['a + b', { a: [null, 4], b: [null, 3] }, { at: 3, message: '[batch, 4] and [batch, 3] do not fit together' }],
    ['mean(a, 2)', { a: [null, 4] }, { at: 1, message: 'the axis must be a whole number from 1 to 1, or -1 for the last' }],
    ['pi', { a: [null, 4] }, []],
  ])('%s', (text, shapes, expected) => {
    expect(shape(text, shapes)).toEqual(expected);
  }); // prettier-ignore
});

describe('an update rule', () => {
  it('keeps what it reads before it changes it, and nothing else', () => {
    const checked = updateFormula('m = 0.9 * m + g; n = m / (1 - 0.9^t)\nw = w - rate * n');
    expect(checked.ok && checked.value.states).toEqual(['m']);
  });
  it.each([
    ['v = g', 6, 'w, the weights, is never changed'],
    ['w - rate * g', 1, 'every statement must say what it changes, as w = w - rate * g'],
    ['g = 2 * g; w = w - g', 1, 'g is given and cannot be changed; choose another name'],
    ['w = w - r * g', 9, 'there is no r; it knows w, g, rate, t, w, pi, e'],
  ])('%s', (text, at, message) => {
    const checked = updateFormula(text);
    expect(checked.ok ? null : checked.problem.at).toBe(at);
    expect(checked.ok ? null : checked.problem.message).toBe(message.replace('t, w, pi', 't, pi'));
  });
});
