/** Owns the layers that hand their input on and add a penalty on it to the loss. */
import type { Scalar, Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import { tf } from '../../tensorflow';
import { absolute } from '../absolute';
import { Operation } from '../own-layers/operation';
import { normalKeys, statelessNormal } from '../../random/stateless-normal';
import { cannot, only, withoutActivation, type AdaptedLayer, type Adapter } from './adapted-layer';

/** Without a loss, as in predictions, nothing is left of it. */
const penalising = (penalty: (x: Tensor) => Scalar | null): AdaptedLayer =>
  withoutActivation(
    () =>
      new Operation(([x], _weights, call) => {
        const term = penalty(x);
        if (term !== null) call.penalise(term);
        return x;
      }),
    only('Activation', { activation: 'linear' }),
  );

const activity = z.object({ l1: z.number().default(0), l2: z.number().default(0) });
const adaptActivityRegularization: Adapter = (raw) => {
  const { l1, l2 } = activity.parse(raw);
  // Per sample, as in Keras 3: the batch size does not change how much it counts.
  return penalising((x) => {
    const terms = [
      ...(l1 > 0 ? [tf.mul<Scalar>(tf.sum(absolute(x)), l1)] : []),
      ...(l2 > 0 ? [tf.mul<Scalar>(tf.sum(tf.square(x)), l2)] : []),
    ];
    return terms.length === 0 ? null : tf.div<Scalar>(tf.addN(terms), x.shape[0]);
  });
};

/** Shares of exactly 0 and 1 have no logarithm. */
const EDGE = 1e-7;

const sparsity = z.object({ rho: z.number(), weight: z.number() });
/** Ng, Sparse autoencoder (2011): the divergence of Bernoulli variables with means rho and the unit's own. */
const adaptKLSparsity: Adapter = (raw) => {
  const { rho, weight } = sparsity.parse(raw);
  const constant = rho * Math.log(rho) + (1 - rho) * Math.log(1 - rho);
  return penalising((x) => {
    const share = tf.clipByValue(tf.mean(x, 0), EDGE, 1 - EDGE);
    const cross = tf.add(tf.mul(tf.log(share), rho), tf.mul(tf.log(tf.sub(1, share)), 1 - rho));
    return tf.mul<Scalar>(tf.sum(tf.sub(constant, cross)), weight);
  });
};

const sampling = z.object({ kl_weight: z.number() });
/** Kingma & Welling, Auto-encoding variational Bayes (2014): the divergence per sample, averaged over the batch. */
function divergence(mean: Tensor, logVariance: Tensor): Scalar {
  const terms = tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(logVariance, 1));
  return tf.div<Scalar>(tf.sum(terms), 2 * mean.shape[0]);
}
const adaptSampling: Adapter = (raw, { block }) => {
  const { kl_weight } = sampling.parse(raw);
  const create = (seed: number) => {
    const keys = normalKeys(seed, block);
    return new Operation(([mean, logVariance], _weights, call) => {
      if (kl_weight > 0) call.penalise(tf.mul(divergence(mean, logVariance), kl_weight));
      if (!call.training) return mean;
      const deviation = tf.exp(tf.mul(logVariance, 0.5));
      return tf.add(mean, tf.mul(deviation, statelessNormal(mean.shape, keys, call.step)));
    });
  };
  return withoutActivation(create, cannot('TensorFlow.js has no layer that draws random points.'));
};

export const penaltyAdapters: Record<string, Adapter> = {
  ActivityRegularization: adaptActivityRegularization,
  KLSparsity: adaptKLSparsity,
  Sampling: adaptSampling,
};
