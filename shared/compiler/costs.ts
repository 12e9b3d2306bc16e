/** Owns what a layer costs: weights, what Keras counts of them as trainable, and the memory of its output. */
import type { Inference } from '../blocks/block';
import { valuesPerSample } from './shape';

/** Bytes of a float32. */
export const BYTES = 4;

export interface LayerCost {
  parameters: number;
  trainableParameters: number;
  /** Per sample. */
  multiplyAdds: number;
  /** Of its output for one sample; 0 where the length is open. */
  outputBytes: number;
  /** What one sample leaves behind for the gradient: the output, or more where a layer keeps what lies between. */
  activationBytes: number;
}

export const NO_COST: LayerCost = {
  parameters: 0, trainableParameters: 0, multiplyAdds: 0, outputBytes: 0, activationBytes: 0,
}; // prettier-ignore

type Weights = readonly { shape: readonly number[] }[];

export const countWeights = (weights: Weights): number =>
  weights.reduce((sum, { shape }) => sum + shape.reduce((product, size) => product * size, 1), 0);

const known = new WeakMap<Inference, LayerCost>();

export function costOf(inference: Inference): LayerCost {
  const before = known.get(inference);
  if (before) return before;
  const values = valuesPerSample(inference.shape) ?? 0;
  const cost = {
    parameters: countWeights(inference.weights),
    trainableParameters: countWeights(inference.weights.filter(({ trainable }) => trainable)),
    multiplyAdds: inference.multiplyAdds,
    outputBytes: BYTES * values,
    activationBytes: BYTES * (inference.keptValues ?? values),
  };
  known.set(inference, cost);
  return cost;
}
