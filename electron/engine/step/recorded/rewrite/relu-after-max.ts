/**
 * Owns: the maximum of what ReLU puts out is ReLU of the maximum. ReLU and its gradient then see one number where pooling
 * saw several. Nothing changes in the gradient: it reaches only maxima, and of those only the positive ones.
 */
import { DTYPE, sameShape, typeOf, type Graph, type GraphNode, type Ref, type TensorSpec } from '../graph';
import { reshaped } from './reshape';
import type { Rule } from './rewrite';

const T = { T: typeOf(DTYPE.float32) };
const isOp = (node: GraphNode | undefined, op: string): node is GraphNode => node?.op === op;

/** What has these numbers, in whatever shape. */
function unshaped(graph: Graph, ref: Ref): Ref {
  const node = graph.find(ref);
  return node?.op === 'Reshape' || node?.op === 'ExpandDims' ? unshaped(graph, node.inputs[0]) : ref;
}

/** x of ReLU(x); null where it is no ReLU. */
function beforeRelu(graph: Graph, ref: Ref): Ref | null {
  const relu = graph.find(unshaped(graph, ref));
  return isOp(relu, 'Relu') && relu.outputs[0].dtype === DTYPE.float32 ? relu.inputs[0] : null;
}

const sizeOf = ({ shape }: TensorSpec): number => shape.reduce((size, length) => size * length, 1);

/** Where the maxima are as many as the numbers, as of a pooling that moves by one, nothing is saved. */
const FEWER = 2;

export const reluAfterMax: Rule = ({ op, inputs: [source, ...rest], attributes, outputs }, graph) => {
  if (op !== 'Max' && op !== 'MaxPool') return null;
  const spec = graph.spec(source);
  if (spec === undefined || sizeOf(spec) < FEWER * sizeOf(outputs[0])) return null;
  const x = beforeRelu(graph, source);
  if (x === null) return null;
  const values = reshaped(graph, x, spec.shape, spec.dtype);
  return graph.add('Relu', [graph.add(op, [values, ...rest], attributes, outputs)], T, outputs);
};

interface Maxima {
  /** What the maxima are of. */
  x: Ref;
  maxima: Ref;
}

/** Of what ReLU was given: where `after` is ReLU of its maxima, and `before` is ReLU of itself. */
function maximaOf(graph: Graph, before: Ref, after: Ref, op: string): Maxima | null {
  const maxima = beforeRelu(graph, after);
  const node = maxima === null ? undefined : graph.find(maxima);
  if (maxima === null || !isOp(node, op)) return null;
  const [x] = node.inputs;
  const source = beforeRelu(graph, before);
  return source !== null && unshaped(graph, source) === unshaped(graph, x) ? { x, maxima } : null;
}

const stepped = (graph: Graph, gradient: Ref, maxima: Ref, spec: TensorSpec): Ref =>
  graph.add('ReluGrad', [gradient, maxima], T, [spec]);

/** The gradient of a pooling that ReLU now follows. */
const ofPooling: Rule = ({ op, inputs: [input, output, gradient], attributes, outputs }, graph) => {
  if (op !== 'MaxPoolGrad') return null;
  const [found, spec] = [maximaOf(graph, input, output, 'MaxPool'), graph.spec(output)];
  if (found === null || spec === undefined) return null;
  const { x, maxima } = found;
  return graph.add(op, [x, maxima, stepped(graph, gradient, maxima, spec)], attributes, outputs);
};

/** `gradient · (x = maxima)`, as TensorFlow.js takes the gradient of a maximum along axes. */
interface OfMaximum {
  gradient: Ref;
  cast: GraphNode;
  equal: GraphNode;
}
function ofMaximumIn(graph: Graph, { op, inputs: [gradient, mask] }: GraphNode): OfMaximum | null {
  const cast = op === 'Mul' ? graph.find(mask) : undefined;
  const equal = isOp(cast, 'Cast') ? graph.find(cast.inputs[0]) : undefined;
  return cast !== undefined && isOp(equal, 'Equal') ? { gradient, cast, equal } : null;
}

/** The gradient of a maximum along axes that ReLU now follows. */
const ofAxes: Rule = (node, graph) => {
  const parts = ofMaximumIn(graph, node);
  if (parts === null) return null;
  const { gradient, cast, equal } = parts;
  const [values, highest] = equal.inputs;
  const [found, spec] = [maximaOf(graph, values, highest, 'Max'), graph.spec(highest)];
  if (found === null || spec === undefined) return null;
  if (!sameShape(graph.spec(gradient)?.shape ?? [], spec.shape)) return null;
  const maxima = reshaped(graph, found.maxima, spec.shape, spec.dtype);
  const where = graph.add('Equal', [found.x, maxima], equal.attributes, equal.outputs);
  const mask = graph.add('Cast', [where], cast.attributes, cast.outputs);
  return graph.add('Mul', [stepped(graph, gradient, maxima, spec), mask], node.attributes, node.outputs);
};

export const gradientOfMax: Rule = (node, graph) => ofPooling(node, graph) ?? ofAxes(node, graph);

/** Whether a gradient is zero already wherever x is not positive, as those that are made above are. */
export function isStepped(graph: Graph, gradient: Ref, x: Ref): boolean {
  const node = graph.find(unshaped(graph, gradient));
  if (node === undefined) return false;
  const parts = ofMaximumIn(graph, node);
  const [values, maxima, before] = parts === null ? node.inputs : [...parts.equal.inputs, parts.gradient];
  if (parts === null && node.op !== 'MaxPoolGrad') return false;
  const step = graph.find(before);
  return (
    isOp(step, 'ReluGrad') && step.inputs[1] === maxima && unshaped(graph, values) === unshaped(graph, x)
  );
}
