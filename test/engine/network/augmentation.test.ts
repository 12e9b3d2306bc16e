/** Layers that change pictures do it only while training, each picture in its own way, and repeatably. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../../shared/document/document';
import { defaultsOf, definitionOf, valuesOf } from '../../../shared/blocks/catalogue';
import { augmentationBlocks } from '../../../shared/blocks/augmentation';
import { buildNetwork } from '../../../electron/engine/network/network';
import { tf } from '../../../electron/engine/tensorflow';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { planOf } from '../plans';

const SHAPE = [200, 4, 5, 1];
const PICTURE = 4 * 5;

/** Every picture is 1, 2, 3 … row by row. */
const pictures = () => tf.tile(tf.reshape(tf.range(1, PICTURE + 1), [1, 4, 5, 1]), [SHAPE[0], 1, 1, 1]);

/** What the block makes of 200 such pictures, each as a list. */
function seen(type: string, params: Record<string, Json>, training = true, step = 0): number[][] {
  const behaviour = definitionOf(type)?.behaviour;
  if (behaviour?.kind !== 'layer') throw new Error(type);
  const values = valuesOf({ type, params });
  const inferred = behaviour.infer([{ shape: [null, ...SHAPE.slice(1)], from: 'there' }], values);
  if (!inferred.ok) throw new Error(inferred.finding.message);
  const output_shape = [...inferred.value.shape];
  const plan = planOf({
    input: [null, ...SHAPE.slice(1)],
    layers: [{ block: 'x', ...behaviour.keras(values), output_shape }],
  });
  const network = buildNetwork(plan, { seed: 1 });
  const made = tf.tidy(() => {
    const inputs = new Map([['input', pictures()]]);
    const { outputs } = network.forward(inputs, { training, step: tf.scalar(step, 'int32') });
    return [...(outputs.get('x')?.dataSync<'float32'>() ?? [])];
  });
  network.dispose();
  const size = made.length / SHAPE[0];
  return Array.from({ length: SHAPE[0] }, (_, i) => made.slice(i * size, (i + 1) * size));
}

const row = (from: number) => [0, 1, 2, 3, 4].map((i) => from + i);
const plain = [1, 6, 11, 16].flatMap(row);
const texts = (all: number[][]) => new Set(all.map((picture) => picture.join()));

describe.skipIf(lacks('the native engine', hasNative))('a picture that is changed at random', () => {
  beforeAll(useNative);

  it.each([
    ['horizontal', [1, 6, 11, 16].flatMap((from) => row(from).reverse())],
    ['vertical', [16, 11, 6, 1].flatMap(row)],
    ['horizontal_and_vertical', [...plain].reverse()],
  ])('is mirrored (%s) in half of the cases', (mode, mirrored) => {
    const made = seen('RandomFlip', { mode });
    expect(texts(made)).toEqual(new Set([plain.join(), mirrored.join()]));
    const share = made.filter((picture) => picture.join() === plain.join()).length / made.length;
    expect(share).toBeGreaterThan(0.35);
    expect(share).toBeLessThan(0.65);
  });

  it('is moved by up to the share that was asked for', () => {
    const params = { height_factor: [0, 0], width_factor: [-0.4, 0.4], fill_mode: 'constant', interpolation: 'nearest' }; // prettier-ignore
    const firstRows = new Set(seen('RandomTranslation', params).map((picture) => picture.slice(0, 5).join()));
    const moved = ['3,4,5,0,0', '2,3,4,5,0', '1,2,3,4,5', '0,1,2,3,4', '0,0,1,2,3'];
    expect(firstRows).toEqual(new Set(moved));
  });

  it('has a contrast between the bounds, around the same mean', () => {
    const spreads = seen('RandomContrast', { factor: [0.5, 0.25], value_range: [-100, 100] }).map(
      (picture) => {
        expect(picture.reduce((sum, value) => sum + value, 0) / PICTURE).toBeCloseTo(10.5, 3);
        return (picture[PICTURE - 1] - picture[0]) / (PICTURE - 1);
      },
    );
    expect(Math.min(...spreads)).toBeGreaterThanOrEqual(0.5);
    expect(Math.max(...spreads)).toBeLessThanOrEqual(1.25);
    expect(Math.max(...spreads) - Math.min(...spreads)).toBeGreaterThan(0.6);
  });

  it('is cut at one place for the whole batch, and in the middle afterwards', () => {
    const places = Array.from({ length: 40 }, (_, step) => {
      const made = texts(seen('RandomCrop', { height: 3, width: 3 }, true, step));
      expect(made.size).toBe(1);
      return [...made][0];
    });
    const corners = [1, 2, 3, 6, 7, 8];
    expect(new Set(places)).toEqual(
      new Set(
        corners.map((at) => [at, at + 5, at + 10].flatMap((from) => [from, from + 1, from + 2]).join()),
      ),
    );
    expect(texts(seen('RandomCrop', { height: 2, width: 3 }, false))).toEqual(new Set(['7,8,9,12,13,14']));
  });

  it.each(augmentationBlocks.map(({ type }) => [type]))('by %s is named by seed and step', (type) => {
    const params = type === 'RandomCrop' ? { height: 2, width: 2 } : defaultsOf(type);
    const bright = 'value_range' in params ? { ...params, value_range: [0, 30] } : params;
    expect(seen(type, bright, true, 3)).toEqual(seen(type, bright, true, 3));
    const others = [4, 5, 6].map((step) => JSON.stringify(seen(type, bright, true, step)));
    expect(new Set(others).size).toBeGreaterThan(1);
    if (type !== 'RandomCrop') expect(texts(seen(type, bright, false))).toEqual(new Set([plain.join()]));
  });
});
