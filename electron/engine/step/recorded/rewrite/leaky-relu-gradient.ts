/**
 * Owns: TensorFlow.js takes the gradient of a leaky ReLU by a comparison, a product and a selection; TensorFlow has one
 * operation for it, which reads the numbers once. Of a number that is none both let the gradient through times the slope.
 */
import { DTYPE, sameShape, typeOf, type Graph, type Ref } from '../graph';
import { isAll } from './relu-gradient';
import type { Rule } from './rewrite';

/** The number that a float constant of one value holds, or null. */
function numberOf(graph: Graph, ref: Ref): number | null {
  const node = graph.find(ref);
  const value = node?.op === 'Const' ? node.attributes.value : undefined;
  if (value?.kind !== 'tensor' || value.value.dtype !== DTYPE.float32 || value.value.shape.length > 0)
    return null;
  const { bytes } = value.value;
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getFloat32(0, true);
}

/** `x > 0 ? gradient : gradient · slope` */
export const leakyReluGradient: Rule = ({ op, inputs: [test, gradient, otherwise], outputs }, graph) => {
  if (op !== 'Select' && op !== 'SelectV2') return null;
  const [greater, product] = [graph.find(test), graph.find(otherwise)];
  if (greater?.op !== 'Greater' || product?.op !== 'Mul') return null;
  const [x, zero] = greater.inputs;
  const slope = numberOf(graph, product.inputs[1]);
  if (product.inputs[0] !== gradient || slope === null || !isAll(graph, zero, 0)) return null;
  const [{ dtype, shape }] = outputs;
  if (
    dtype !== DTYPE.float32 ||
    ![gradient, x].every((ref) => sameShape(graph.spec(ref)?.shape ?? [], shape))
  )
    return null;
  const attributes = { T: typeOf(dtype), alpha: { kind: 'float', value: slope } } as const;
  return graph.add('LeakyReluGrad', [gradient, x], attributes, outputs);
};
