import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { full, lacks } from '../../environment';
import { hasNative } from '../native';
import { digitsNetwork, Place, removeBundle } from './engine-process';
import { killAndResume } from './killed';

describe.skipIf(lacks('the native engine', hasNative))('a run whose process is killed', () => {
  let place: Place;
  beforeAll(() => {
    place = new Place();
  });
  afterAll(() => {
    place.remove();
    removeBundle();
  });

  it('at any moment ends with the losses and weights of a run that was left alone', async () => {
    const drawing = (await digitsNetwork(place.folder)).set('train', 'epochs', 6);
    const runs = await killAndResume(place, drawing, full ? 20 : 3);
    expect(runs.filter(({ same }) => !same)).toEqual([]);
  }, 600_000);
});
