/** Owns: the class with the highest probability is the one with the highest logit, so that a mere accuracy needs no softmax. */
import { DTYPE, type Graph, type Ref } from '../graph';
import type { Rule } from './rewrite';

/** The number that an int32 constant holds. */
function integerOf(graph: Graph, ref: Ref): number | null {
  const value = graph.find(ref)?.attributes.value;
  if (value?.kind !== 'tensor' || value.value.dtype !== DTYPE.int32 || value.value.bytes.length !== 4)
    return null;
  return new DataView(value.value.bytes.buffer, value.value.bytes.byteOffset).getInt32(0, true);
}

export const argMaxOfSoftmax: Rule = ({ op, inputs: [source, axis], attributes, outputs }, graph) => {
  if (op !== 'ArgMax') return null;
  const softmax = graph.find(source);
  const [along, rank] = [integerOf(graph, axis), graph.spec(source)?.shape.length ?? 0];
  // Softmax goes along the last axis, and keeps the order along no other.
  if (softmax?.op !== 'Softmax' || (along !== -1 && along !== rank - 1)) return null;
  return graph.add('ArgMax', [softmax.inputs[0], axis], attributes, outputs);
};
