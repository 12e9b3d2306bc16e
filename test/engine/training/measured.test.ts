import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint } from '../../../electron/engine/checkpoint/checkpoint';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { dense, planOf, samplesOf } from '../plans';
import { removeFolders, reportOf, trainRun } from '../runs';

/** The held-out rows are far from those that are learned from. */
const TRAIN = 1300;
const x = Float32Array.from({ length: 2 * (TRAIN + 100) }, (_, i) => (i < 2 * TRAIN ? 1000 + (i % 7) * 10 : -5e4)); // prettier-ignore
const y = Int32Array.from({ length: TRAIN + 100 }, (_, i) => i % 2);
const samples = samplesOf({ values: x, shape: [2] }, { values: y, shape: [] }, { train: TRAIN, validation: 100 }); // prettier-ignore

const plan = planOf({
  input: [null, 2],
  layers: [
    { block: 'norm', class_name: 'Normalization', config: { axis: [-1] }, output_shape: [null, 2] },
    dense('out', 2, 'softmax'),
  ],
  trainer: { epochs: 2, batch_size: 100 },
});

const kept = (folder: string, name: string): number[] => {
  const read = readCheckpoint(path.join(folder, 'checkpoints', 'epoch-0002.safetensors'));
  if (!read.ok) throw new Error(read.problem.message);
  return [...(read.value.state.tensors.get(`norm/${name}`)?.values ?? [])];
};

describe.skipIf(lacks('the native engine', hasNative))('a Normalization layer', () => {
  beforeAll(useNative);
  afterAll(removeFolders);

  it('has measured the training rows, and no others, before the first step', async () => {
    const run = await trainRun({ plan, samples });
    expect(reportOf(run).epochs).toBe(2);
    for (const feature of [0, 1]) {
      const values = [...x].filter((_, i) => i < 2 * TRAIN && i % 2 === feature);
      const mean = values.reduce((sum, value) => sum + value, 0) / TRAIN;
      const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / TRAIN;
      expect(kept(run.folder, 'mean')[feature]).toBeCloseTo(mean, 2);
      expect(kept(run.folder, 'variance')[feature] / variance).toBeCloseTo(1, 3);
    }
  });

  it('keeps what it has measured where a run goes on from a checkpoint', async () => {
    const first = await trainRun({
      plan: { ...plan, trainers: [{ ...plan.trainers[0], epochs: 2 }] },
      samples,
    });
    const mean = kept(first.folder, 'mean');
    const checkpoint = path.join(first.folder, 'checkpoints', 'epoch-0002.safetensors');
    const others = samplesOf({ values: x.map((value) => value + 9), shape: [2] }, { values: y, shape: [] }, { train: TRAIN }); // prettier-ignore
    const on = await trainRun({ plan, samples: others, folder: first.folder, checkpoint });
    expect(on.result.ok).toBe(true);
    expect(kept(first.folder, 'mean')).toEqual(mean);
  });
});
