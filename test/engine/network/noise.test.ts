/** Layers that disturb their input do it only while training, as strongly as they say, and repeatably. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/document/document';
import { buildNetwork } from '../../../electron/engine/network/network';
import { tf } from '../../../electron/engine/tensorflow';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { planOf } from '../plans';

const SHAPE = [64, 10, 10, 8];

/** What the layer makes of ones. */
function ones(
  class_name: string,
  config: Record<string, Json>,
  training: boolean,
  step = 0,
  seed = 1,
  shape = SHAPE,
) {
  const output_shape = [null, ...shape.slice(1)];
  const plan = planOf({ input: output_shape, layers: [{ block: 'x', class_name, config, output_shape }] });
  const network = buildNetwork(plan, { seed });
  const values = tf.tidy(() => {
    const { outputs } = network.forward(new Map([['input', tf.ones(shape)]]), {
      training,
      step: tf.scalar(step, 'int32'),
    });
    return [...(outputs.get('x')?.dataSync<'float32'>() ?? [])];
  });
  network.dispose();
  return values;
}

describe.skipIf(lacks('the native engine', hasNative))('noise', () => {
  beforeAll(useNative);

  it('of GaussianNoise has the standard deviation that was asked for and no bias', () => {
    const values = ones('GaussianNoise', { stddev: 0.3 }, true);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    expect(mean).toBeCloseTo(1, 2);
    expect(Math.sqrt(variance)).toBeCloseTo(0.3, 2);
    // Of normal numbers 4.55 % lie more than two standard deviations out.
    expect(values.filter((value) => Math.abs(value - 1) > 0.6).length / values.length).toBeCloseTo(0.0455, 2);
  });

  it('of a Noise block is the beginning of a network: as many numbers as samples, fresh at each step', () => {
    const normal = ones('Noise', { shape: SHAPE.slice(1), distribution: 'normal' }, true, 3);
    const mean = normal.reduce((sum, value) => sum + value, 0) / normal.length;
    const variance = normal.reduce((sum, value) => sum + (value - mean) ** 2, 0) / normal.length;
    expect(normal.length).toBe(64 * 800);
    expect(mean).toBeCloseTo(0, 1);
    expect(variance).toBeCloseTo(1, 1);
    const uniform = ones('Noise', { shape: SHAPE.slice(1), distribution: 'uniform' }, false, 3);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(-1);
    expect(Math.max(...uniform)).toBeLessThan(1);
    // Of a uniform distribution from −1 to 1 the variance is a third.
    expect(uniform.reduce((sum, value) => sum + value ** 2, 0) / uniform.length).toBeCloseTo(1 / 3, 2);
    const again = (step: number) =>
      ones('Noise', { shape: SHAPE.slice(1), distribution: 'normal' }, true, step);
    expect(again(3)).toEqual(normal);
    expect(again(4)).not.toEqual(normal);
  });

  it('of SpatialDropout2D takes whole channels away and scales the others up', () => {
    const values = ones('SpatialDropout2D', { rate: 0.25 }, true);
    const [batch, height, width, channels] = SHAPE;
    let dropped = 0;
    for (let sample = 0; sample < batch; sample++)
      for (let channel = 0; channel < channels; channel++) {
        const map = Array.from(
          { length: height * width },
          (_, at) => values[(sample * height * width + at) * channels + channel],
        );
        expect(new Set(map).size).toBe(1);
        if (map[0] === 0) dropped += 1;
        else expect(map[0]).toBeCloseTo(4 / 3, 5);
      }
    expect(dropped / (batch * channels)).toBeGreaterThan(0.18);
    expect(dropped / (batch * channels)).toBeLessThan(0.32);
  });

  const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const varianceOf = (values: number[]) => {
    const mean = meanOf(values);
    return meanOf(values.map((value) => (value - mean) ** 2));
  };

  it('of GaussianDropout multiplies by factors with mean 1 and the variance of Dropout', () => {
    const values = ones('GaussianDropout', { rate: 0.2 }, true);
    expect(meanOf(values)).toBeCloseTo(1, 2);
    expect(varianceOf(values)).toBeCloseTo(0.25, 2);
  });

  it('of AlphaDropout takes the share that was asked for to one low value', () => {
    const values = ones('AlphaDropout', { rate: 0.3 }, true);
    const [low, high] = [...new Set(values)].sort((a, b) => a - b);
    expect(new Set(values).size).toBe(2);
    expect(values.filter((value) => value === low).length / values.length).toBeCloseTo(0.3, 2);
    // slope · x + shift, with x = −1.7581 where it was dropped and 1 elsewhere.
    expect(high - low).toBeCloseTo(2.7581 * (0.7 * (1 + 0.3 * 1.7581 ** 2)) ** -0.5, 3);
  });

  it.each([
    [0.25, [64, 10, 10, 8]],
    [0.25, [81, 15, 15]],
    [1 / 256, [64, 10, 10, 8]],
    [0.3, [64, 10, 10, 8]],
    [0.25, [80, 100]],
  ])('of Dropout drops %d of the values of %j, each whatever happens to its neighbours', (rate, shape) => {
    const values = ones('Dropout', { rate }, true, 0, 1, shape);
    const dropped = values.map((value) => value === 0);
    const kept = values.filter((value) => value !== 0);
    expect(values).toHaveLength(shape.reduce((product, length) => product * length));
    expect(Math.max(...kept.map((value) => Math.abs(value - 1 / (1 - rate))))).toBeLessThan(1e-6);
    /** Four times the deviation of the share of independent choices. */
    const near = (share: number) => 4 * Math.sqrt((share * (1 - share)) / values.length);
    const shareOf = (is: boolean[]) => is.filter(Boolean).length / is.length;
    expect(Math.abs(shareOf(dropped) - rate)).toBeLessThan(near(rate));
    for (const distance of [1, 2, 3, 4]) {
      const both = dropped.slice(distance).map((is, i) => is && dropped[i]);
      expect(Math.abs(shareOf(both) - rate ** 2)).toBeLessThan(near(rate ** 2) + 1 / values.length);
    }
  });

  it('of SaltAndPepperNoise makes the share that was asked for white or black', () => {
    const values = ones('SaltAndPepperNoise', { amount: 0.2, salt: 0.25, low: 0, high: 5 }, true);
    const share = (wanted: number) => values.filter((value) => value === wanted).length / values.length;
    expect([share(5), share(0)].map((one) => Number(one.toFixed(2)))).toEqual([0.05, 0.15]);
    expect(share(1)).toBeCloseTo(0.8, 2);
  });

  it.each([
    ['SpatialDropout1D', [64, 12, 8]],
    ['SpatialDropout3D', [32, 3, 4, 5, 8]],
  ])('of %s takes whole channels', (type, shape) => {
    const values = ones(type, { rate: 0.5 }, true, 0, 1, shape);
    const [batch, channels] = [shape[0], shape[shape.length - 1]];
    const places = values.length / batch / channels;
    for (let sample = 0; sample < batch; sample++)
      for (let channel = 0; channel < channels; channel++) {
        const kinds = Array.from(
          { length: places },
          (_, at) => values[(sample * places + at) * channels + channel],
        );
        expect(new Set(kinds).size).toBe(1);
      }
    expect(values.filter((value) => value === 0).length / values.length).toBeCloseTo(0.5, 0);
  });

  it.each([
    ['GaussianNoise', { stddev: 0.3 }],
    ['GaussianDropout', { rate: 0.25 }],
    ['AlphaDropout', { rate: 0.25 }],
    ['Dropout', { rate: 0.25 }],
    ['SaltAndPepperNoise', { amount: 0.25, salt: 0.5, low: 0, high: 2 }],
    ['SpatialDropout2D', { rate: 0.25 }],
  ] as [string, Record<string, Json>][])(
    'of %s is named by seed and step, and absent in evaluation',
    (type, config) => {
      expect(ones(type, config, true, 3)).toEqual(ones(type, config, true, 3));
      expect(ones(type, config, true, 4)).not.toEqual(ones(type, config, true, 3));
      expect(ones(type, config, true, 3, 2)).not.toEqual(ones(type, config, true, 3));
      expect(new Set(ones(type, config, false))).toEqual(new Set([1]));
    },
  );

  it('of Sampling draws around the mean with the deviation that it is given, and costs what the paper says', () => {
    const [mean, logVariance] = [0.5, Math.log(0.16)];
    const fixed = (block: string, value: number) => ({
      block,
      class_name: 'Rescaling',
      config: { scale: 0, offset: value },
      inbound: ['input'],
      output_shape: [null, 50],
    });
    const plan = planOf({
      input: [null, 50],
      layers: [
        fixed('mean', mean),
        fixed('spread', logVariance),
        {
          block: 'x',
          class_name: 'Sampling',
          config: { kl_weight: 2 },
          inbound: ['mean', 'spread'],
          output_shape: [null, 50],
        },
      ],
    });
    const network = buildNetwork(plan, { seed: 1 });
    const forward = (training: boolean) => {
      const { outputs, penalties } = network.forward(new Map([['input', tf.ones([400, 50])]]), {
        training,
        step: tf.scalar(3, 'int32'),
      });
      return {
        values: [...(outputs.get('x')?.dataSync<'float32'>() ?? [])],
        cost: penalties[0].dataSync()[0],
      };
    };
    const { values, cost } = forward(true);
    expect(meanOf(values)).toBeCloseTo(mean, 2);
    expect(Math.sqrt(varianceOf(values))).toBeCloseTo(0.4, 2);
    expect(cost).toBeCloseTo(2 * 50 * 0.5 * (mean ** 2 + 0.16 - logVariance - 1), 2);
    expect(new Set(forward(false).values)).toEqual(new Set([mean]));
    network.dispose();
  });
});
