/** What a run says of itself while it goes on. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { blobs, dense, planOf } from '../plans';
import { removeFolders, reportOf, trainRun } from '../runs';

describe.skipIf(lacks('the native engine', hasNative))('a run of many short epochs', () => {
  beforeAll(useNative);
  afterAll(removeFolders);

  it('goes on telling how far it is and how long still', async () => {
    const plan = planOf({
      input: [null, 2],
      layers: [dense('out', 3, 'softmax')],
      trainer: { epochs: 300, batch_size: 16 },
    });
    const run = await trainRun({ plan, samples: blobs({ train: 64, validation: 32 }) });
    expect(reportOf(run).epochs).toBe(300);
    const told = run.of('progress');
    expect(new Set(told.map(({ epoch }) => epoch)).size).toBeGreaterThan(2);
    // The first steps make ready what the others use, and say nothing of the time left.
    const left = told.map(({ secondsLeft }) => secondsLeft);
    expect(left[0]).toBeNull();
    expect(Number(left.at(-1))).toBeLessThan(Number(left[1]));
    const steps = told.map(({ step }) => step);
    expect(steps).toEqual([...steps].sort((a, b) => a - b));
  });
});
