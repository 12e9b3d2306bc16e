import type { Tensor, Variable } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { adaptLayer } from '../../../electron/engine/network/keras-adapter';
import type { LayerCall } from '../../../electron/engine/network/layer-call';
import { tf } from '../../../electron/engine/tensorflow';
import { RandomStream } from '../../../shared/random/random';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';

interface Sizes {
  batch: number;
  features: number;
  units: number;
}
const STEPS = 5;

/** What an LSTM puts out, and the gradients of its input and weights, beside a loss that weighs each output differently. */
function computed({ batch, features, units }: Sizes, config: Record<string, boolean>, mask: Tensor | null) {
  const random = new RandomStream(3, 'lstm', 'test');
  const draw = (shape: readonly number[], scale: number): Tensor =>
    tf.tensor(Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => scale * random.normal()), [...shape]); // prettier-ignore
  const adapted = adaptLayer(
    { block: 'x', class_name: 'LSTM', config: { units, ...config } },
    [[null, STEPS, features]],
    batch,
  );
  const layer = adapted.create(1);
  if (layer === null) throw new Error('an LSTM has a layer');
  layer.build([null, STEPS, features]);
  const weights = layer.trainableWeights.map((weight) => weight.read() as Variable);
  for (const weight of weights) weight.assign(draw(weight.shape, 0.1));
  const x = tf.variable(draw([batch, STEPS, features], 1));
  const call: LayerCall = {
    training: true,
    step: tf.scalar(0, 'int32'),
    rows: batch,
    masks: [mask],
    update: () => undefined,
    carried: () => tf.zeros([]),
    leave: () => undefined,
    penalise: () => undefined,
  };
  const output = (): Tensor => layer.call(x, { ...call }) as Tensor;
  const y = output();
  const weighed = draw(y.shape, 1);
  const { grads } = tf.variableGrads(() => tf.sum(tf.mul(output(), weighed)), [x, ...weights]);
  const all = [y, ...[x, ...weights].map(({ name }) => grads[name])];
  return all.map((tensor) => tensor.dataSync<'float32'>());
}

describe.skipIf(lacks('the native engine', hasNative))('an LSTM', () => {
  beforeAll(useNative);

  const little = { batch: 3, features: 4, units: 6 };
  const large = { batch: 40, features: 100, units: 160 };
  it.each([
    ['the last output', little, {}],
    ['every output', little, { return_sequences: true }],
    ['every output, backwards, without bias', little, { return_sequences: true, go_backwards: true, use_bias: false }],
    ['the last output of a large one', large, {}],
    ['every output of a large one, backwards', large, { return_sequences: true, go_backwards: true }],
  ] as const)('puts out and learns the same with a mask in which every step counts: %s', (_, sizes, config) => {
    tf.tidy(() => {
      const plain = computed(sizes, config, null);
      const masked = computed(sizes, config, tf.ones([sizes.batch, STEPS]));
      plain.forEach((values, i) => {
        const largest = values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
        const off = values.reduce((most, value, at) => Math.max(most, Math.abs(value - masked[i][at])), 0);
        expect(largest).toBeGreaterThan(0);
        expect(off / largest).toBeLessThan(1e-5);
      });
    });
  });
}); // prettier-ignore
