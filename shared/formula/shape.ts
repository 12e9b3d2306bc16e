/** Owns the shape that a formula makes of the shapes of its names. null is an axis of any length, as the batch. */
import type { Shape } from '../compiler/shape';
import { shapeText } from '../compiler/shape';
import { functionOf } from './functions';
import type { ValueFormula } from './formula';
import type { Expression } from './parse';
import type { FormulaProblem } from './tokens';

type Found = { ok: true; shape: Shape } | { ok: false; problem: FormulaProblem };
type Names = ReadonlyMap<string, Shape>;

const refused = (at: number, message: string): Found => ({ ok: false, problem: { at, message } });

/** As NumPy: axes are compared from the last on, and a length of 1 fits every other. */
export function broadcast(a: Shape, b: Shape): Shape | null {
  const rank = Math.max(a.length, b.length);
  const shape: (number | null)[] = [];
  for (let i = 1; i <= rank; i++) {
    const [m, n] = [a, b].map((each) => (i > each.length ? 1 : each[each.length - i]));
    if (m !== n && m !== 1 && n !== 1) return null;
    shape.unshift(m === 1 ? n : m);
  }
  return shape;
}

function reduced(shape: Shape, axis: Expression | undefined, at: number): Found {
  if (axis === undefined) return { ok: true, shape: shape.map((size, i) => (i === 0 ? size : 1)) };
  const number = axisOf(axis);
  const place = number === null ? null : number < 0 ? shape.length + number : number;
  if (place === null || place < 1 || place >= shape.length)
    return refused(at, `the axis must be a whole number from 1 to ${shape.length - 1}, or -1 for the last`);
  return { ok: true, shape: shape.map((size, i) => (i === place ? 1 : size)) };
}

/** A number that was written as such, with or without a sign. */
export function axisOf(expression: Expression): number | null {
  if (expression.kind === 'number') return Number.isInteger(expression.value) ? expression.value : null;
  if (expression.kind !== 'call' || expression.function !== 'negative') return null;
  const inner = axisOf(expression.inputs[0]);
  return inner === null ? null : -inner;
}

function shapeOf(expression: Expression, names: Names): Found {
  if (expression.kind === 'number') return { ok: true, shape: [] };
  if (expression.kind === 'name') return { ok: true, shape: names.get(expression.name) ?? [] };
  const { kind } = functionOf(expression.function);
  const [first, second] = expression.inputs;
  if (kind !== 'value') {
    const found = shapeOf(first, names);
    return found.ok && kind === 'sum' ? reduced(found.shape, second, expression.at) : found;
  }
  let shape: Shape = [];
  for (const input of expression.inputs) {
    const found = shapeOf(input, names);
    if (!found.ok) return found;
    const joined = broadcast(shape, found.shape);
    if (joined === null)
      return refused(expression.at, `${shapeText(shape)} and ${shapeText(found.shape)} do not fit together`);
    shape = joined;
  }
  return { ok: true, shape };
}

export function formulaShape({ steps, value }: ValueFormula, given: Names): Found {
  const names = new Map(given);
  for (const { name, expression } of steps) {
    const found = shapeOf(expression, names);
    if (!found.ok) return found;
    names.set(name, found.shape);
  }
  return shapeOf(value, names);
}
