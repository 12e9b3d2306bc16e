/** Owns the layers that make one tensor of several. */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import type { Shape } from '../../../../shared/compiler/shape';
import { tf } from '../../tensorflow';
import { Operation } from '../own-layers/operation';
import { unitLength } from '../own-layers/unit-length';
import {
  cannot,
  fromStart,
  only,
  withoutActivation,
  type Adapter,
  type TfjsTranslation,
} from './adapted-layer';

const oneByOne =
  (merge: (a: Tensor, b: Tensor) => Tensor, tfjs: TfjsTranslation): Adapter =>
  () =>
    withoutActivation(() => new Operation((inputs) => inputs.reduce(merge)), tfjs);

const adaptAverage: Adapter = () =>
  withoutActivation(
    () =>
      new Operation((inputs) =>
        tf.div(
          inputs.reduce((sum, x) => tf.add(sum, x)),
          inputs.length,
        ),
      ),
    only('Average', {}),
  );

const dot = z.object({
  axes: z.union([z.number().int(), z.array(z.number().int()).length(2)]),
  normalize: z.boolean().default(false),
});

/** [batch, …, k] and [batch, …, k] along axes a and b → [batch, …, …]; two rows give [batch, 1]. */
function dotProduct(left: Tensor, right: Tensor, a: number, b: number): Tensor {
  const others = (x: Tensor, axis: number) => [...x.shape.keys()].filter((i) => i > 0 && i !== axis);
  const rows = (x: Tensor, axis: number): Tensor => {
    const k = x.shape[axis];
    return tf.reshape(tf.transpose(x, [0, ...others(x, axis), axis]), [x.shape[0], -1, k]);
  };
  const shape = [
    ...others(left, a).map((i) => left.shape[i]),
    ...others(right, b).map((i) => right.shape[i]),
  ];
  const products = tf.matMul(rows(left, a), rows(right, b), false, true);
  return tf.reshape(products, [left.shape[0], ...(shape.length === 0 ? [1] : shape)]);
}

const adaptDot: Adapter = (raw, { inputs }) => {
  const { axes, normalize } = dot.parse(raw);
  const [a, b] = (Array.isArray(axes) ? axes : [axes, axes]).map((axis, i) => fromStart(axis, inputs[i]));
  const isRow = (shape: Shape) => shape.length <= 3;
  return withoutActivation(
    () =>
      new Operation(([left, right]) =>
        normalize
          ? dotProduct(unitLength(left, a, 1e-7), unitLength(right, b, 1e-7), a, b)
          : dotProduct(left, right, a, b),
      ),
    inputs.every(isRow)
      ? only('Dot', { axes: [a, b], normalize })
      : cannot('TensorFlow.js has Dot only for rows and sequences, and this one gets a map.'),
  );
};

export const mergeAdapters: Record<string, Adapter> = {
  Multiply: oneByOne((a, b) => tf.mul(a, b), only('Multiply', {})),
  Maximum: oneByOne((a, b) => tf.maximum(a, b), only('Maximum', {})),
  Minimum: oneByOne((a, b) => tf.minimum(a, b), only('Minimum', {})),
  Subtract: oneByOne((a, b) => tf.sub(a, b), cannot('TensorFlow.js has no layer that subtracts.')),
  Average: adaptAverage,
  Dot: adaptDot,
};
