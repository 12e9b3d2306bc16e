/** What TensorFlow.js' own layers get wrong, each with the answer that is right. */
import { beforeAll, describe, expect, it } from 'vitest';
import { defaultsOf, valuesOf, definitionOf } from '../../../shared/blocks/catalogue';
import type { Json } from '../../../shared/document/document';
import { buildNetwork } from '../../../electron/engine/network/network';
import { tf } from '../../../electron/engine/tensorflow';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { planOf, type PlanSketch } from '../plans';

const layer = (type: string, params: Record<string, Json>, output_shape: (number | null)[]) => {
  const behaviour = definitionOf(type)?.behaviour;
  if (behaviour?.kind !== 'layer') throw new Error(type);
  return { block: 'x', ...behaviour.keras(valuesOf({ type, params })), output_shape };
};

/** What a network makes of numbers; `weights` are set where they are named. */
function made(sketch: PlanSketch, values: number[], weights: Record<string, number[]> = {}): number[] {
  const plan = planOf(sketch);
  const network = buildNetwork(plan, { seed: 1 });
  for (const [key, given] of Object.entries(weights)) {
    const variable = network.weights.get(key)?.variable;
    variable?.assign(tf.tensor(given, variable.shape));
  }
  const outputs = tf.tidy(() => {
    const x = tf.tensor(values, [1, ...sketch.input.slice(1).map(Number)]);
    const step = tf.scalar(0, 'int32');
    const forward = network.forward(new Map([['input', x]]), { training: false, step });
    return [...(forward.outputs.get(plan.layers[plan.layers.length - 1].block)?.dataSync<'float32'>() ?? [])];
  });
  network.dispose();
  return outputs;
}
const rounded = (values: number[]) => values.map((value) => Number(value.toFixed(5)));

describe.skipIf(lacks('the native engine', hasNative))('a defect of TensorFlow.js is not one here:', () => {
  beforeAll(useNative);

  it('hard sigmoid is relu6(x + 3) / 6, not a fifth of x and a half', () => {
    const sketch = {
      input: [null, 3],
      layers: [layer('Activation', { activation: 'hard_sigmoid' }, [null, 3])],
    };
    expect(rounded(made(sketch, [1, -2, 4]))).toEqual([0.66667, 0.16667, 1]);
  });

  it('bilinear enlarging takes pixels for squares with their value in the middle', () => {
    const sketch = { input: [null, 1, 2, 1], layers: [layer('UpSampling2D', { size: [1, 2], interpolation: 'bilinear' }, [null, 1, 4, 1])] }; // prettier-ignore
    expect(rounded(made(sketch, [0, 1]))).toEqual([0, 0.25, 0.75, 1]);
  });

  it('a causal convolution sees nothing that comes later', () => {
    const sketch = { input: [null, 4, 1], layers: [layer('Conv1D', { filters: 1, kernel_size: [2], padding: 'causal', dilation_rate: [2] }, [null, 4, 1])] }; // prettier-ignore
    expect(made(sketch, [1, 2, 3, 4], { 'x/kernel': [10, 1], 'x/bias': [0] })).toEqual([1, 2, 13, 24]);
  });

  it('a convolution with gaps in its filters has a gradient', () => {
    const sketch = { input: [null, 5, 1], layers: [layer('Conv1D', { filters: 1, kernel_size: [2], dilation_rate: [3] }, [null, 2, 1])] }; // prettier-ignore
    const network = buildNetwork(planOf(sketch), { seed: 1 });
    const kernel = network.weights.get('x/kernel')?.variable;
    if (kernel === undefined) throw new Error('there is no kernel');
    const gradient = tf.tidy(() => {
      const x = tf.tensor([1, 2, 4, 8, 16], [1, 5, 1]);
      const { grads } = tf.variableGrads(
        () =>
          tf.sum(
            network
              .forward(new Map([['input', x]]), { training: true, step: tf.scalar(0, 'int32') })
              .outputs.get('x') ?? tf.scalar(0),
          ),
        [kernel],
      );
      return [...grads[kernel.name].dataSync()];
    });
    network.dispose();
    expect(gradient).toEqual([1 + 2, 8 + 16]);
  });

  it('a GRU resets after the product by default, as on graphics cards, with two rows of biases', () => {
    expect(defaultsOf('GRU')).toMatchObject({ reset_after: true, recurrent_activation: 'sigmoid' });
    const network = buildNetwork(planOf({ input: [null, 3, 2], layers: [layer('GRU', { units: 4 }, [null, 4])] }), { seed: 1 }); // prettier-ignore
    expect(network.weights.get('x/bias')?.variable.shape).toEqual([2, 12]);
    network.dispose();
  });

  it('a layer that is used twice keeps the order of its uses', () => {
    const dense = { class_name: 'Dense', config: { units: 1, use_bias: false } };
    const layers: PlanSketch['layers'] = [
      { block: 'late', class_name: 'Rescaling', config: { scale: 10, offset: 0 }, inbound: ['input'], output_shape: [null, 1] },
      { block: 'later', class_name: 'Rescaling', config: { scale: 10, offset: 0 }, inbound: ['late'], output_shape: [null, 1] },
      { block: 'near', ...dense, inbound: ['input'], output_shape: [null, 1] },
      { block: 'far', ...dense, shares: 'near', inbound: ['later'], output_shape: [null, 1] },
      { block: 'x', class_name: 'Subtract', inbound: ['far', 'near'], output_shape: [null, 1] },
    ]; // prettier-ignore
    expect(made({ input: [null, 1], layers }, [1], { 'near/kernel': [2] })).toEqual([200 - 2]);
  });

  it('Softmax goes along the last axis, and recurrent gates are sigmoids, where nothing is said', () => {
    expect(defaultsOf('Softmax')).toEqual({ axis: -1 });
    for (const type of ['LSTM', 'GRU', 'ConvLSTM2D'])
      expect(defaultsOf(type)).toMatchObject({ recurrent_activation: 'sigmoid' });
  });
});
