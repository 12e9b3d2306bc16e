/**
 * Owns what the recurrent cells compute in one step, with Keras 3's weights and the order of their gates. A cell is given
 * the projection of its input, which was made for all steps at once.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { tf } from '../../../tensorflow';
import { activations, type Activation } from '../../activations';
import { walkLstm, type Walk } from './lstm-kernel';

/** By Keras' names: `kernel`, `recurrent_kernel`, `bias`. */
export type CellWeights = Readonly<Record<string, Tensor>>;

/** One step: `projected` is [batch, gates · units], a state [batch, units]. The first of the new states is the output. */
export type CellStep = (projected: Tensor, states: readonly Tensor[]) => Tensor[];

export interface Cell {
  units: number;
  /** Columns of the kernels for each unit. */
  gates: number;
  states: number;
  biasShape: readonly number[];
  /** What is added to the input projection of every step; null for nothing. */
  inputBias(weights: CellWeights): Tensor | null;
  /** What does not depend on the step is made once. `drop` is the dropout of what a state feeds back. */
  begin(weights: CellWeights, drop: (state: Tensor) => Tensor): CellStep;
  /** All steps of [steps, batch, features], where each of them counts and nothing came before; null where the backend has no kernels for it. */
  walk?: (x: Tensor, weights: CellWeights, walk: Walk) => Tensor | null;
}

export interface CellOptions {
  units: number;
  useBias: boolean;
  /** null is the identity. */
  activation: Activation | null;
  /** Of the gates. */
  recurrentActivation: Activation | null;
}

const apply = (activation: Activation | null, x: Tensor): Tensor =>
  activation === null ? x : activation.apply(x);

const wholeBias = ({ bias }: CellWeights): Tensor | null => bias ?? null;

/** h' = activation(x·W + b + h·U). Elman, Finding structure in time (1990). */
export const simpleCell = ({ units, activation }: CellOptions): Cell => ({
  units,
  gates: 1,
  states: 1,
  biasShape: [units],
  inputBias: wholeBias,
  begin:
    ({ recurrent_kernel }, drop) =>
    (projected, [h]) => [apply(activation, tf.add(projected, tf.matMul(drop(h), recurrent_kernel)))],
});

/** Hochreiter & Schmidhuber 1997, with the forget gate of Gers et al. 2000. Gates: input, forget, cell, output. */
export const lstmCell = ({ units, activation, recurrentActivation }: CellOptions): Cell => ({
  units,
  gates: 4,
  states: 2,
  biasShape: [4 * units],
  inputBias: wholeBias,
  begin:
    ({ recurrent_kernel }, drop) =>
    (projected, [h, c]) => {
      const z = tf.add(projected, tf.matMul(drop(h), recurrent_kernel));
      const [i, f, candidate, o] = tf.split(z, 4, 1);
      const kept = tf.mul(apply(recurrentActivation, f), c);
      const carry = tf.add(kept, tf.mul(apply(recurrentActivation, i), apply(activation, candidate)));
      return [tf.mul(apply(recurrentActivation, o), apply(activation, carry)), carry];
    },
  ...(activation === activations.tanh && recurrentActivation === activations.sigmoid
    ? { walk: walkLstm }
    : {}),
});

/** h' = z·h + (1 − z)·candidate, with one product and sum less. */
const mixed = (z: Tensor, h: Tensor, candidate: Tensor): Tensor =>
  tf.add(candidate, tf.mul(z, tf.sub(h, candidate)));

/** Cho et al. 2014: the reset gate forgets before the product. Gates: update, reset, candidate. */
const gruResetBefore = ({ units, activation, recurrentActivation }: CellOptions): Cell => ({
  units,
  gates: 3,
  states: 1,
  biasShape: [3 * units],
  inputBias: wholeBias,
  begin({ recurrent_kernel }, drop) {
    const [forGates, forCandidate] = tf.split(recurrent_kernel, [2 * units, units], 1);
    return (projected, [h]) => {
      const [gates, candidate] = tf.split(projected, [2 * units, units], 1);
      const fed = drop(h);
      const [z, r] = tf.split(apply(recurrentActivation, tf.add(gates, tf.matMul(fed, forGates))), 2, 1);
      const recurrent = tf.matMul(tf.mul(r, fed), forCandidate);
      return [mixed(z, h, apply(activation, tf.add(candidate, recurrent)))];
    };
  },
});

/** The form of cuDNN and of Keras' default: the reset gate forgets after the product, which so serves all gates. */
const gruResetAfter = ({ units, useBias, activation, recurrentActivation }: CellOptions): Cell => ({
  units,
  gates: 3,
  states: 1,
  biasShape: [2, 3 * units],
  inputBias: ({ bias }) => (useBias ? tf.reshape(tf.slice(bias, [0, 0], [1, 3 * units]), [3 * units]) : null),
  begin({ recurrent_kernel, bias }, drop) {
    const fedBack = useBias ? tf.reshape(tf.slice(bias, [1, 0], [1, 3 * units]), [3 * units]) : null;
    return (projected, [h]) => {
      const product = tf.matMul(drop(h), recurrent_kernel);
      const inner = fedBack === null ? product : tf.add(product, fedBack);
      const [gates, candidate] = tf.split(projected, [2 * units, units], 1);
      const [innerGates, innerCandidate] = tf.split(inner, [2 * units, units], 1);
      const [z, r] = tf.split(apply(recurrentActivation, tf.add(gates, innerGates)), 2, 1);
      return [mixed(z, h, apply(activation, tf.add(candidate, tf.mul(r, innerCandidate))))];
    };
  },
});

export const gruCell = (options: CellOptions & { resetAfter: boolean }): Cell =>
  options.resetAfter ? gruResetAfter(options) : gruResetBefore(options);
