/** Owns: the class with the highest probability is the one with the highest logit, so that a mere accuracy needs no softmax. */
import type { Rule } from './rewrite';

export const argMaxOfSoftmax: Rule = ({ op, inputs: [source, axis], attributes, outputs }, graph) => {
  if (op !== 'ArgMax') return null;
  const softmax = graph.find(source);
  const [along, rank] = [graph.numbersOf(axis)?.[0], graph.spec(source)?.shape.length ?? 0];
  // Softmax goes along the last axis, and keeps the order along no other.
  if (softmax?.op !== 'Softmax' || (along !== -1 && along !== rank - 1)) return null;
  return graph.add('ArgMax', [softmax.inputs[0], axis], attributes, outputs);
};
