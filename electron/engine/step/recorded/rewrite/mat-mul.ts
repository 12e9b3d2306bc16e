/**
 * Owns: a product of batches of one matrix is a product of matrices. TensorFlow.js knows only batches; TensorFlow's
 * product of two matrices starts much faster, which is what small layers spend their time on. It is slower in one place:
 * few rows by many weights that lie across, which is the gradient of what a large dense layer was given.
 */
import { bool, typeOf, type Ref } from '../graph';
import { reshaped } from './reshape';
import type { Rule } from './rewrite';

/** [1, m, n] as [m, n]; null for a batch of several. */
const matrix = (shape: readonly number[] | undefined): readonly number[] | null => {
  if (shape?.length === 2) return shape;
  return shape?.length === 3 && shape[0] === 1 ? shape.slice(1) : null;
};

/** Measured: with more rows or fewer weights, the product of two matrices is as fast or faster. */
const FEW_ROWS = 256;
const MANY_WEIGHTS = 2 ** 18;

export const batchMatMulToMatMul: Rule = ({ op, inputs, attributes, outputs }, graph) => {
  if (op !== 'BatchMatMulV2') return null;
  const [{ dtype, shape }] = outputs;
  const [left, right, product] = [
    matrix(graph.spec(inputs[0])?.shape),
    matrix(graph.spec(inputs[1])?.shape),
    matrix(shape),
  ];
  const { adj_x, adj_y } = attributes;
  if (left === null || right === null || product === null || adj_x.kind !== 'bool' || adj_y.kind !== 'bool')
    return null;
  const operands: Ref[] = [reshaped(graph, inputs[0], left, dtype), reshaped(graph, inputs[1], right, dtype)];
  if (adj_y.value && !adj_x.value && left[0] <= FEW_ROWS && right[0] * right[1] >= MANY_WEIGHTS)
    return reshaped(graph, graph.add(op, operands, attributes, [{ dtype, shape: product }]), shape, dtype);
  const settings = { T: typeOf(dtype), transpose_a: bool(adj_x.value), transpose_b: bool(adj_y.value) };
  return reshaped(graph, graph.add('MatMul', operands, settings, [{ dtype, shape: product }]), shape, dtype);
};
