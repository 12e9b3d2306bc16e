/** Owns activations that no Keras layer has: with an amplitude, a learned beta, a threshold, a gate. */
import { tf } from '../../tensorflow';
import { z } from 'zod';
import { Operation, lengthOf } from '../own-layers/operation';
import { cannot, justActivation, type Adapter } from './adapted-layer';

const own = (title: string) => cannot(`TensorFlow.js has no layer that computes ${title}.`);

const scaledSigmoid = z.object({
  function: z.enum(['tanh', 'sigmoid']),
  amplitude: z.number(),
  slope: z.number(),
});
const adaptScaledSigmoid: Adapter = (raw) => {
  const { function: name, amplitude, slope } = scaledSigmoid.parse(raw);
  const squash = name === 'tanh' ? tf.tanh : tf.sigmoid;
  return justActivation(
    { logits: null, apply: (x) => tf.mul(squash(tf.mul(x, slope)), amplitude) },
    own('a scaled sigmoid'),
  );
};

const binaryThreshold = z.object({ threshold: z.number(), low: z.number() });
const adaptBinaryThreshold: Adapter = (raw) => {
  const { threshold, low } = binaryThreshold.parse(raw);
  return justActivation(
    { logits: null, apply: (x) => tf.add(tf.mul(tf.step(tf.sub(x, threshold)), 1 - low), low) },
    own('a binary threshold'),
  );
};

const adaptGelu: Adapter = () =>
  justActivation(
    {
      logits: null,
      apply(x) {
        const cubed = tf.mul(tf.mul(tf.square(x), x), 0.044715);
        const inner = tf.mul(tf.add(x, cubed), Math.sqrt(2 / Math.PI));
        return tf.mul(tf.mul(x, 0.5), tf.add(tf.tanh(inner), 1));
      },
    },
    own('the approximate GELU'),
  );

const adaptGlu: Adapter = () => ({
  create: () =>
    new Operation(([x]) => {
      const [value, gate] = tf.split(x, 2, -1);
      return tf.mul(value, tf.sigmoid(gate));
    }),
  activation: null,
  penalties: {},
  tfjs: own('a gated linear unit'),
});

const adaptSwish: Adapter = (_raw, { inputs }) => {
  return {
    create: () =>
      new Operation(([x], { beta }) => tf.mul(x, tf.sigmoid(tf.mul(x, beta))), {
        beta: [lengthOf(inputs[0], -1)],
      }),
    activation: null,
    penalties: {},
    tfjs: own('swish with a learned beta'),
  };
};

export const ownActivationAdapters: Record<string, Adapter> = {
  ScaledSigmoid: adaptScaledSigmoid,
  BinaryThreshold: adaptBinaryThreshold,
  GELU: adaptGelu,
  GLU: adaptGlu,
  LearnedSwish: adaptSwish,
};
