/** Owns: a Reshape of a Reshape is one Reshape, and one to the shape that is there is none. */
import { DTYPE, sameShape, typeOf, type Graph, type Ref } from '../graph';
import type { Rule } from './rewrite';

/** The tensor in another shape, by the shortest way. */
export function reshaped(graph: Graph, ref: Ref, shape: readonly number[], dtype: number): Ref {
  const node = graph.find(ref);
  const source = node?.op === 'Reshape' ? node.inputs[0] : ref;
  const before = graph.spec(source);
  if (before !== undefined && sameShape(before.shape, shape)) return source;
  const attributes = { T: typeOf(dtype), Tshape: typeOf(DTYPE.int32) };
  return graph.add('Reshape', [source, graph.integers(shape)], attributes, [{ dtype, shape }]);
}

export const foldReshape: Rule = (node, graph) => {
  if (node.op !== 'Reshape') return null;
  const [source] = node.inputs;
  const [{ dtype, shape }] = node.outputs;
  const before = graph.spec(source);
  const useless = before !== undefined && sameShape(before.shape, shape);
  return useless || graph.find(source)?.op === 'Reshape' ? reshaped(graph, source, shape, dtype) : null;
};
