import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import {
  checkpointPath,
  readCheckpoint,
  trimCheckpoints,
  writeCheckpoint,
} from '../../../electron/engine/checkpoint/checkpoint';
import { writeSafetensors } from '../../../electron/engine/files/safetensors';
import { newProgress } from '../../../electron/engine/training/progress';
import { newFolder, removeFolders } from '../runs';

const checkpoint = {
  trainingKey: 'abc',
  seed: 7,
  state: {
    iteration: 12,
    tensors: new Map([['a/kernel', { shape: [2, 2], values: Float32Array.from([1, 2, 3, 4]) }]]),
  },
  progress: {
    ...newProgress(),
    learningRate: 0.1,
    epochs: 3,
    history: [{ epoch: 1, train: { loss: 0.5, n: 4 } }],
  },
};

describe('checkpoints', () => {
  afterAll(removeFolders);

  it('come back as they were written', () => {
    const file = checkpointPath(newFolder(), 3);
    expect(writeCheckpoint(file, checkpoint).ok).toBe(true);
    expect(readCheckpoint(file)).toEqual({ ok: true, value: checkpoint });
  });

  it('are told from other files of tensors', () => {
    const file = path.join(newFolder(), 'other.safetensors');
    writeSafetensors(file, new Map());
    expect(readCheckpoint(file)).toMatchObject({ ok: false, problem: { code: 'checkpoint/not-one' } });
  });

  it('are thinned from the oldest on when they take too much, but never the needed ones', () => {
    const run = newFolder();
    for (let epoch = 1; epoch <= 5; epoch++) writeCheckpoint(checkpointPath(run, epoch), checkpoint);
    const left = () => readdirSync(path.join(run, 'checkpoints')).map((name) => Number(name.slice(6, 10)));
    trimCheckpoints(run, [2, 5]);
    expect(left()).toEqual([1, 2, 3, 4, 5]);
    trimCheckpoints(run, [2, 5], 3 * statSync(checkpointPath(run, 1)).size);
    expect(left()).toEqual([2, 4, 5]);
    trimCheckpoints(run, [2, 5], 0);
    expect(left()).toEqual([2, 5]);
  });
});
