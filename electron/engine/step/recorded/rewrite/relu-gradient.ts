/**
 * Owns: TensorFlow.js takes the gradient of ReLU by a comparison, two selections and a product; TensorFlow has one
 * operation for it. It is given what ReLU was given, not what it put out, though both would do: with the latter, TensorFlow
 * puts ReLU into the product before it, and there oneDNN makes 0 of NaN, so that no loss would tell of it. The same shape with other constants is the gradient of something else (−1 and 1: of |x|).
 */
import { DTYPE, sameShape, typeOf, type Graph, type GraphNode, type Ref } from '../graph';
import { isStepped } from './relu-after-max';
import { reshaped } from './reshape';
import type { Rule } from './rewrite';

/** Whether all values of a float tensor are this one. */
export function isAll(graph: Graph, ref: Ref, value: number): boolean {
  const node = graph.find(ref);
  if (node === undefined) return false;
  if (node.op === 'Fill') return isAll(graph, node.inputs[1], value);
  const constant = node.op === 'Const' ? node.attributes.value : undefined;
  if (constant?.kind !== 'tensor' || constant.value.dtype !== DTYPE.float32) return false;
  const { bytes } = constant.value;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 0; at < bytes.length; at += 4) if (view.getFloat32(at, true) !== value) return false;
  return true;
}

const has = (node: GraphNode | undefined, op: string): node is GraphNode => node?.op === op;

/** x of `isNaN(x) ? x : x > 0 ? 1 : 0`. */
function steppedBy(graph: Graph, ref: Ref): Ref | null {
  const outer = graph.find(ref);
  if (!has(outer, 'Select')) return null;
  const [test, whenNaN, otherwise] = outer.inputs;
  const [isNaN, inner] = [graph.find(test), graph.find(otherwise)];
  if (!has(isNaN, 'IsNan') || isNaN.inputs[0] !== whenNaN || !has(inner, 'Select')) return null;
  const [comparison, above, below] = inner.inputs;
  const greater = graph.find(comparison);
  if (!has(greater, 'Greater') || greater.inputs[0] !== whenNaN || !isAll(graph, greater.inputs[1], 0))
    return null;
  return isAll(graph, above, 1) && isAll(graph, below, 0) ? whenNaN : null;
}

export const reluGradient: Rule = ({ op, inputs, outputs }, graph) => {
  if (op !== 'Mul') return null;
  const [gradient, step] = inputs;
  const features = steppedBy(graph, step);
  const [{ shape }] = outputs;
  if (
    features === null ||
    ![gradient, features].every((ref) => sameShape(graph.spec(ref)?.shape ?? [], shape))
  )
    return null;
  if (isStepped(graph, gradient, features)) return reshaped(graph, gradient, shape, DTYPE.float32);
  return graph.add('ReluGrad', [gradient, features], { T: typeOf(DTYPE.float32) }, outputs);
};
