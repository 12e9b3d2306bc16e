import { beforeAll, describe, expect, it } from 'vitest';
import { adaptPlanLayer, buildNetwork, type Network } from '../../../electron/engine/network/network';
import { statelessUniform, streamNumber } from '../../../electron/engine/random/stateless-uniform';
import { tf } from '../../../electron/engine/tensorflow';
import type { Json } from '../../../shared/document/document';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { dense, planOf } from '../plans';

const dropout = (block: string, rate: number) => ({
  block,
  class_name: 'Dropout',
  config: { rate },
  output_shape: [null, 50],
});

/** Output of the last block for ones, in training, at a step. */
function outputs(network: Network, step: number, training = true): number[] {
  return tf.tidy(() => {
    const { outputs: all } = network.forward(new Map([['input', tf.ones([4, 50])]]), {
      training,
      step: tf.scalar(step, 'int32'),
    });
    return [...([...all.values()].at(-1)?.dataSync() ?? [])];
  });
}

describe.skipIf(lacks('the native engine', hasNative))('a network', () => {
  beforeAll(useNative);

  it('drops the same units at the same step, others at the next, none when it predicts', () => {
    const network = buildNetwork(planOf({ input: [null, 50], layers: [dropout('drop', 0.5)] }), { seed: 1 });
    expect(outputs(network, 7)).toEqual(outputs(network, 7));
    expect(outputs(network, 7)).not.toEqual(outputs(network, 8));
    expect(new Set(outputs(network, 7))).toEqual(new Set([0, 2]));
    expect(outputs(network, 7, false)).toEqual(Array.from({ length: 200 }, () => 1));
  });

  it('keeps the random numbers of a block when another is put before it', () => {
    const one = buildNetwork(planOf({ input: [null, 50], layers: [dropout('drop', 0.5)] }), { seed: 1 });
    const two = buildNetwork(
      planOf({ input: [null, 50], layers: [dropout('before', 0), dropout('drop', 0.5)] }),
      { seed: 1 },
    );
    expect(outputs(two, 3)).toEqual(outputs(one, 3));
  });

  it('draws uniform numbers without TensorFlow too', async () => {
    await tf.setBackend('cpu');
    try {
      const drawn = tf.tidy(() =>
        statelessUniform(
          [1000],
          streamNumber(1, 'a', 'dropout'),
          tf.scalar(3, 'int32'),
        ).dataSync<'float32'>(),
      );
      const mean = drawn.reduce((sum, value) => sum + value, 0) / 1000;
      expect(mean).toBeCloseTo(0.5, 1);
      expect(Math.max(...drawn)).toBeLessThan(1);
    } finally {
      await tf.setBackend('tensorflow');
    }
  });

  it('gives weights back as they were written and refuses those of another network', () => {
    const network = buildNetwork(planOf({ input: [null, 2], layers: [dense('a', 3, 'relu')] }), { seed: 1 });
    const other = buildNetwork(planOf({ input: [null, 2], layers: [dense('a', 3, 'relu')] }), { seed: 2 });
    const wide = buildNetwork(planOf({ input: [null, 2], layers: [dense('a', 4, 'relu')] }), { seed: 2 });
    expect(network.writeWeights(other.readWeights()).ok).toBe(true);
    expect(network.readWeights()).toEqual(other.readWeights());
    const refused = network.writeWeights(wide.readWeights());
    expect(refused.ok || refused.problem.message).toContain('a/kernel');
    expect(network.readWeights()).toEqual(other.readWeights());
  });

  it('is computed only as far as it is asked for', () => {
    const network = buildNetwork(
      planOf({ input: [null, 50], layers: [dense('a', 3, 'relu'), dense('b', 2, 'softmax')] }),
      { seed: 1 },
    );
    tf.tidy(() => {
      const { outputs: all } = network.forward(new Map([['input', tf.ones([1, 50])]]), {
        training: false,
        step: tf.scalar(0, 'int32'),
        until: 'a',
      });
      expect([...all.keys()]).toEqual(['input', 'a']);
    });
  });
});

describe('what TensorFlow.js can hold', () => {
  const translated = (
    class_name: string,
    config: Record<string, Json>,
    input: (number | null)[] = [null, 4, 4, 2],
  ) => {
    const plan = planOf({ input, layers: [{ block: 'x', class_name, config, output_shape: input }] });
    return adaptPlanLayer(plan, plan.layers[0]).tfjs;
  };

  it('renames what is called otherwise there', () => {
    expect(translated('LeakyReLU', { negative_slope: 0.3 })).toEqual({
      ok: true,
      layers: [{ class_name: 'LeakyReLU', config: { alpha: 0.3 } }],
    });
    expect(translated('Activation', { activation: 'silu' })).toMatchObject({
      layers: [{ config: { activation: 'swish' } }],
    });
    expect(translated('Softmax', { axis: -1 })).toMatchObject({ layers: [{ config: { axis: -1 } }] });
    expect(translated('Concatenate', { axis: -2 })).toMatchObject({ layers: [{ config: { axis: 2 } }] });
  });

  it('splits off leaky_relu, which is no activation there', () => {
    expect(translated('Dense', { units: 3, activation: 'leaky_relu' }, [null, 4])).toEqual({
      ok: true,
      layers: [
        { class_name: 'Dense', config: { units: 3, use_bias: true, activation: 'linear' } },
        { class_name: 'LeakyReLU', config: { alpha: 0.2 } },
      ],
    });
  });

  it('says why where it cannot', () => {
    for (const [name, config] of [
      ['ELU', { alpha: 0.5 }],
      ['Softmax', { axis: 1 }],
      ['ReLU', { max_value: 1, negative_slope: 0.1 }],
    ] as const) {
      const answer = translated(name, config);
      expect(answer.ok ? '' : answer.reason).toMatch(/^TensorFlow\.js has .+\.$/);
    }
  });
});
