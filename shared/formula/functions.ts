/** Owns the functions that a formula may use: how many arguments each takes, and what becomes of shapes. */

/** `value`: place by place; `row`: along the last axis; `sum`: over an axis, or over all of a sample. */
type Kind = 'value' | 'row' | 'sum';

interface FormulaFunction {
  kind: Kind;
  arguments: readonly [least: number, most: number];
}

const value = (count: number): FormulaFunction => ({ kind: 'value', arguments: [count, count] });
const row: FormulaFunction = { kind: 'row', arguments: [1, 1] };
/** The second argument is the axis. */
const sum: FormulaFunction = { kind: 'sum', arguments: [1, 2] };

export const FUNCTIONS = {
  add: value(2),
  subtract: value(2),
  multiply: value(2),
  divide: value(2),
  power: value(2),
  negative: value(1),
  less: value(2),
  less_equal: value(2),
  greater: value(2),
  greater_equal: value(2),
  equal: value(2),
  not_equal: value(2),
  where: value(3),
  maximum: value(2),
  minimum: value(2),
  clip: value(3),
  abs: value(1),
  sign: value(1),
  square: value(1),
  sqrt: value(1),
  exp: value(1),
  expm1: value(1),
  log: value(1),
  log1p: value(1),
  sin: value(1),
  cos: value(1),
  tanh: value(1),
  sigmoid: value(1),
  relu: value(1),
  softplus: value(1),
  erf: value(1),
  softmax: row,
  log_softmax: row,
  sum,
  mean: sum,
  max: sum,
  min: sum,
} as const satisfies Record<string, FormulaFunction>;
export type FunctionName = keyof typeof FUNCTIONS;

export const isFunction = (name: string): name is FunctionName => Object.hasOwn(FUNCTIONS, name);
export const functionOf = (name: FunctionName): FormulaFunction => FUNCTIONS[name];

/** What signs stand for, the weakest first. Those of one row bind alike. */
export const SIGNS: readonly Readonly<Record<string, FunctionName>>[] = [
  {
    '<': 'less',
    '<=': 'less_equal',
    '>': 'greater',
    '>=': 'greater_equal',
    '==': 'equal',
    '!=': 'not_equal',
  },
  { '+': 'add', '-': 'subtract' },
  { '*': 'multiply', '/': 'divide' },
];

export const CONSTANTS: Readonly<Record<string, number>> = { pi: Math.PI, e: Math.E };

/** For help texts: what a person may write. */
export const FUNCTION_NAMES = (Object.keys(FUNCTIONS) as FunctionName[]).filter(
  (name) =>
    !['add', 'subtract', 'multiply', 'divide', 'negative', 'less', 'less_equal', 'greater', 'greater_equal', 'equal', 'not_equal'].includes(name),
); // prettier-ignore
