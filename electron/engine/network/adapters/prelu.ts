/** Owns PReLU (He et al. 2015): a ReLU whose slope below zero is learned. */
import { z } from 'zod';
import { tf } from '../../tensorflow';
import { Operation, lengthOf } from '../own-layers/operation';
import { regularizer } from '../regularizers';
import { only, type Adapter } from './adapted-layer';

const prelu = z.object({
  shared_axes: z.array(z.number().int()).nullish(),
  alpha_regularizer: regularizer,
});

export const adaptPReLU: Adapter = (raw, { inputs }) => {
  const { shared_axes, alpha_regularizer } = prelu.parse(raw);
  const shared = shared_axes ?? [];
  const axes = inputs[0].map((_, axis) => axis).slice(1);
  const shape = axes.map((axis) => (shared.includes(axis) ? 1 : lengthOf(inputs[0], axis)));
  return {
    create: () =>
      new Operation(([x], { alpha }) => tf.sub(tf.relu(x), tf.mul(alpha, tf.relu(tf.neg(x)))), {
        alpha: shape,
      }),
    activation: null,
    penalties: { alpha: alpha_regularizer },
    tfjs: only('PReLU', shared.length === 0 ? {} : { shared_axes: shared }),
  };
};
