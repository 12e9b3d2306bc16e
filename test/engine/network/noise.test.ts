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
function ones(class_name: string, config: Record<string, Json>, training: boolean, step = 0, seed = 1) {
  const output_shape = [null, ...SHAPE.slice(1)];
  const plan = planOf({ input: output_shape, layers: [{ block: 'x', class_name, config, output_shape }] });
  const network = buildNetwork(plan, { seed });
  const values = tf.tidy(() => {
    const { outputs } = network.forward(new Map([['input', tf.ones(SHAPE)]]), {
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

  it.each([
    ['GaussianNoise', { stddev: 0.3 }],
    ['SpatialDropout2D', { rate: 0.25 }],
  ])('of %s is named by seed and step, and absent in evaluation', (type, config) => {
    expect(ones(type, config, true, 3)).toEqual(ones(type, config, true, 3));
    expect(ones(type, config, true, 4)).not.toEqual(ones(type, config, true, 3));
    expect(ones(type, config, true, 3, 2)).not.toEqual(ones(type, config, true, 3));
    expect(new Set(ones(type, config, false))).toEqual(new Set([1]));
  });
});
