/**
 * Owns: TensorFlow.js takes the gradients of sigmoid and tanh by three operations each; TensorFlow has one for either.
 * Recurrent layers have several of them at every step.
 */
import { DTYPE, sameShape, typeOf, type Graph, type GraphNode, type Ref } from '../graph';
import { isAll } from './relu-gradient';
import type { Rule } from './rewrite';

const isOp = (graph: Graph, ref: Ref, op: string): boolean => graph.find(ref)?.op === op;

/** `a` of `1 − a`, or null. */
function complement(graph: Graph, ref: Ref): Ref | null {
  const node = graph.find(ref);
  return node?.op === 'Sub' && isAll(graph, node.inputs[0], 1) ? node.inputs[1] : null;
}

/** y of y · (1 − y), where y is a sigmoid. */
function sigmoidOf(graph: Graph, ref: Ref): Ref | null {
  const node = graph.find(ref);
  if (node?.op !== 'Mul') return null;
  const [y, rest] = node.inputs;
  return complement(graph, rest) === y && isOp(graph, y, 'Sigmoid') ? y : null;
}

/** y of 1 − y², where y is a hyperbolic tangent. */
function tanhOf(graph: Graph, ref: Ref): Ref | null {
  const squared = complement(graph, ref);
  const node = squared === null ? undefined : graph.find(squared);
  const y = node?.op === 'Square' ? node.inputs[0] : undefined;
  return y !== undefined && isOp(graph, y, 'Tanh') ? y : null;
}

function gradient(op: string, y: Ref, dy: Ref, { outputs }: GraphNode, graph: Graph): Ref | null {
  const [{ shape }] = outputs;
  const fits = [y, dy].every((ref) => sameShape(graph.spec(ref)?.shape ?? [], shape));
  return fits ? graph.add(op, [y, dy], { T: typeOf(DTYPE.float32) }, outputs) : null;
}

export const gateGradients: Rule = (node, graph) => {
  if (node.op !== 'Mul' || node.outputs[0].dtype !== DTYPE.float32) return null;
  const [a, b] = node.inputs;
  const [ofSigmoid, ofTanh] = [sigmoidOf(graph, b), tanhOf(graph, a)];
  if (ofSigmoid !== null) return gradient('SigmoidGrad', ofSigmoid, a, node, graph);
  return ofTanh === null ? null : gradient('TanhGrad', ofTanh, b, node, graph);
};
