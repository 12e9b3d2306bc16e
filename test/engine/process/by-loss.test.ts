/** What an engine answers about networks without classes to count: the samples with the largest loss, and what was made of them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Evaluation, SamplesByLoss } from '../../../shared/protocol/evaluation';
import type { SampleView } from '../../../shared/protocol/samples';
import { lacks } from '../../environment';
import { hasNative } from '../native';
import { Engine, Place, removeBundle, sketch } from './engine-process';

describe.skipIf(lacks('the native engine', hasNative))('the samples with the largest loss', () => {
  let place: Place;
  let engine: Engine;
  beforeAll(async () => {
    place = new Place();
    engine = await Engine.start({ role: 'inspect', cacheFolder: place.cache });
  });
  afterAll(async () => {
    await engine.quit();
    place.remove();
    removeBundle();
  });
  const worstOf = (run: string, part = 'test') =>
    engine.need<SamplesByLoss>('byLoss', { run, folder: place.folder, part, offset: 0, limit: 500 });

  it('of an autoencoder stand beside what it makes of them', async () => {
    const run = await place.train(
      await sketch(place.folder, {
        source: ['Digits', { count: 300 }],
        preparations: ['Scale', ['Split', { validation: 0.2, test: 0.2 }]],
        layers: [
          'Flatten',
          ['Dense', { units: 4 }],
          ['Dense', { units: 784, activation: 'sigmoid' }],
          ['Reshape', { target_shape: [28, 28, 1] }],
        ],
        loss: ['MeanSquaredError', { column: ['image'] }],
        train: { epochs: 1 },
      }),
    );
    const { n, samples } = await worstOf(run);
    expect(samples).toHaveLength(n);
    const losses = samples.map(({ loss }) => loss);
    expect(losses).toEqual([...losses].sort((a, b) => b - a));
    const bytesOf = (view: SampleView | undefined) => {
      if (view?.kind !== 'picture') throw new Error('not a picture');
      return [...Buffer.from(view.pixels, 'base64')];
    };
    // The loss of each is that of the two pictures, as far as bytes can tell.
    for (const { view, made, loss } of samples.slice(0, 20)) {
      const [given, answer] = [bytesOf(view), bytesOf(made)];
      const squares = given.map((byte, i) => ((byte - answer[i]) / 255) ** 2);
      expect(squares.reduce((a, b) => a + b) / squares.length).toBeCloseTo(loss, 2);
    }
    const { worst, confusion } = await engine.need<Evaluation>('evaluate', {
      run,
      folder: place.folder,
      part: 'test',
    });
    expect(confusion).toBeUndefined();
    expect(worst.map(({ index }) => index)).toEqual(samples.slice(0, 20).map(({ index }) => index));
  });

  it('are known of a loss that compares samples with each other', async () => {
    const run = await place.train(
      await sketch(place.folder, {
        source: ['ToyData', { shape: 'blobs', count: 200, classes: 3, noise: 1.5, seed: 3 }],
        preparations: ['Standardize', ['Split', { validation: 0.2, test: 0.2 }]],
        layers: [['Dense', { units: 2 }]],
        loss: 'TripletLoss',
        train: { epochs: 1, batch_size: 32 },
      }),
    );
    const { n, loss, samples } = await worstOf(run);
    expect([n, loss]).toEqual([40, 'loss']);
    expect(samples[0].loss).toBeGreaterThan(samples[39].loss);
    expect(samples.every(({ made }) => made === undefined)).toBe(true);
  });
});
