/**
 * Owns: a constant that is there already is not made again. TensorFlow.js makes one for every axis and every size of a part,
 * which in an unrolled layer is a tenth of all operations.
 */
import type { Graph, Ref } from '../graph';
import type { Rule } from './rewrite';

/** Longer ones are seldom the same. */
const SHORT = 64;
const seen = new WeakMap<Graph, Map<string, Ref>>();

export const sameConstant: Rule = ({ name, op, inputs, attributes: { value } }, graph) => {
  if (op !== 'Const' || inputs.length > 0 || value.kind !== 'tensor' || value.value.bytes.length > SHORT)
    return null;
  const { dtype, shape, bytes } = value.value;
  const known = seen.get(graph) ?? new Map<string, Ref>();
  seen.set(graph, known);
  const key = `${dtype} ${shape.join()} ${bytes.join()}`;
  const first = known.get(key);
  if (first === undefined) known.set(key, name);
  return first ?? null;
};
