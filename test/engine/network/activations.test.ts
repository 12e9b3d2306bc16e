/** What is drawn of an activation is what the engine computes, value and slope. */
import type { Tensor } from '@tensorflow/tfjs';
import { beforeAll, describe, expect, it } from 'vitest';
import { slopeOf, type Curve } from '../../../shared/blocks/activation/curves';
import { ACTIVATIONS, ACTIVATION_FUNCTIONS } from '../../../shared/blocks/activation/functions';
import { definitionOf, valuesOf } from '../../../shared/blocks/catalogue';
import type { Json } from '../../../shared/document/document';
import { activations } from '../../../electron/engine/network/activations';
import { buildNetwork } from '../../../electron/engine/network/network';
import { sparsemax } from '../../../electron/engine/network/sparsemax';
import { tf } from '../../../electron/engine/tensorflow';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { planOf } from '../plans';

/** Between the kinks, which lie at whole numbers and halves. */
const POINTS = Array.from({ length: 16 }, (_, i) => -3.87 + i / 2);

type Apply = (x: Tensor) => Tensor;
/** A second value of 0 stands beside each, for those that look at a whole vector. */
const beside =
  (apply: Apply): Apply =>
  (x) =>
    tf.slice(apply(tf.stack([x, tf.zerosLike(x)], -1)), [0, 0], [POINTS.length, 1]).flatten();

function compare(apply: Apply, curve: Curve): void {
  const [values, slopes] = tf.tidy(() => {
    const x = tf.tensor1d(POINTS);
    const summed = (given: Tensor) => tf.sum(apply(given));
    return [apply(x).dataSync().slice(), tf.grad(summed)(x).dataSync().slice()];
  });
  POINTS.forEach((x, i) => {
    expect(Math.abs(values[i] - curve(x)), `value at ${x}`).toBeLessThan(1e-4 * (1 + Math.abs(curve(x))));
    const slope = slopeOf(curve)(x);
    expect(Math.abs(slopes[i] - slope), `slope at ${x}`).toBeLessThan(3e-3 * (1 + Math.abs(slope)));
  });
}

function blockOf(type: string, params: Record<string, Json>) {
  const behaviour = definitionOf(type)?.behaviour;
  if (behaviour?.kind !== 'layer') throw new Error(type);
  const values = valuesOf({ type, params });
  const plan = planOf({
    input: [null, 4],
    layers: [{ block: 'x', ...behaviour.keras(values), output_shape: [null, type === 'GLU' ? 2 : 4] }],
  });
  const network = buildNetwork(plan, { seed: 1 });
  const apply: Apply = (x) => {
    const rows = x.reshape([-1, 4]);
    const { outputs } = network.forward(new Map([['input', rows]]), {
      training: true,
      step: tf.scalar(0, 'int32'),
    });
    return (outputs.get('x') as Tensor).flatten();
  };
  return { network, apply, curve: behaviour.curve?.(values) };
}

describe.skipIf(lacks('the native engine', hasNative))('activations', () => {
  beforeAll(useNative);

  it.each(ACTIVATIONS.map((name) => [name]))('%s is drawn as it is computed', (name) => {
    const { curve, alongAxis } = ACTIVATION_FUNCTIONS[name];
    const apply: Apply = (x) => activations[name]?.apply(x) ?? x;
    compare(alongAxis ? beside(apply) : apply, curve({}));
  });

  it.each([
    ['ReLU', { negative_slope: 0.1, threshold: 0.4 }],
    ['LeakyReLU', {}],
    ['ELU', { alpha: 0.7 }],
    ['GELU', { approximate: true }],
    ['GELU', {}],
    ['ScaledSigmoid', {}],
    ['ScaledSigmoid', { function: 'sigmoid', amplitude: 2, slope: 0.5 }],
    ['LearnedSwish', {}],
    ['BinaryThreshold', { threshold: 0.3, low: -1 }],
    ['Activation', { activation: 'squareplus' }],
  ])('the block %s with %j is drawn as it is computed', (type, params) => {
    const { network, apply, curve } = blockOf(type, params);
    if (curve === undefined) throw new Error(`${type} is not drawn`);
    compare(apply, curve);
    network.dispose();
  });

  it('swish learns its beta', () => {
    const { network, apply } = blockOf('LearnedSwish', { beta_initializer: 'zeros' });
    const beta = network.weights.get('x/beta')?.variable;
    if (beta === undefined) throw new Error('beta');
    const { grads } = tf.variableGrads(() => tf.sum(apply(tf.tensor1d([1, 2, 3, 4]))), [beta]);
    // d/dβ x · σ(βx) at β = 0 is x² / 4.
    expect([...grads[beta.name].dataSync()]).toEqual([0.25, 1, 2.25, 4]);
    network.dispose();
  });

  it('a gated linear unit lets the second half open the first', () => {
    const { network, apply } = blockOf('GLU', {});
    const found = apply(tf.tensor1d([3, -2, 0, 100])).dataSync();
    expect([...found]).toEqual([1.5, -2]);
    network.dispose();
  });

  it('sparsemax puts rows on the simplex and gives gradients through its support only', () => {
    const x = tf.tensor2d([
      [0.1, 1.1, 0.2],
      [5, 0, 0],
    ]);
    const rows = sparsemax(x).arraySync() as number[][];
    expect(rows[1]).toEqual([1, 0, 0]);
    expect(rows[0].reduce((sum, value) => sum + value)).toBeCloseTo(1, 6);
    expect(rows[0].map((value) => Number(value.toFixed(4)))).toEqual([0, 0.95, 0.05]);
    const gradient = tf.grad((given: Tensor) => tf.sum(tf.mul(sparsemax(given), [1, 2, 4])))(x);
    expect([...gradient.dataSync()].map((value) => value + 0)).toEqual([0, -1, 1, 0, 0, 0]);
  });
});
