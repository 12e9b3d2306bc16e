import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
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
import { full } from '../../environment';
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

  it('come back as they were written', async () => {
    const file = checkpointPath(newFolder(), 3);
    expect((await writeCheckpoint(file, checkpoint)).ok).toBe(true);
    expect(readCheckpoint(file)).toEqual({ ok: true, value: checkpoint });
  });

  it('are told from other files of tensors', async () => {
    const file = path.join(newFolder(), 'other.safetensors');
    await writeSafetensors(file, new Map());
    expect(readCheckpoint(file)).toMatchObject({ ok: false, problem: { code: 'checkpoint/not-one' } });
  });

  it('are refused where a single bit has changed, wherever it lies, and where bytes are missing', async () => {
    const file = checkpointPath(newFolder(), 3);
    await writeCheckpoint(file, checkpoint);
    const whole = readFileSync(file);
    for (let bit = 0; bit < 8 * whole.length; bit += full ? 1 : 29) {
      const changed = Buffer.from(whole);
      changed[bit >> 3] ^= 1 << (bit & 7);
      writeFileSync(file, changed);
      const read = readCheckpoint(file);
      expect(read.ok, `bit ${bit & 7} of byte ${bit >> 3}`).toBe(false);
      expect(!read.ok && read.problem.message).toContain(file);
    }
    for (let length = 0; length < whole.length; length += full ? 1 : 29) {
      writeFileSync(file, whole.subarray(0, length));
      expect(readCheckpoint(file), `${length} bytes`).toMatchObject({ problem: { code: 'file/damaged' } });
    }
  });

  it('are thinned from the oldest on when they take too much, but never the needed ones', async () => {
    const run = newFolder();
    for (let epoch = 1; epoch <= 5; epoch++) await writeCheckpoint(checkpointPath(run, epoch), checkpoint);
    const left = () => readdirSync(path.join(run, 'checkpoints')).map((name) => Number(name.slice(6, 10)));
    trimCheckpoints(run, [2, 5]);
    expect(left()).toEqual([1, 2, 3, 4, 5]);
    trimCheckpoints(run, [2, 5], 3 * statSync(checkpointPath(run, 1)).size);
    expect(left()).toEqual([2, 4, 5]);
    trimCheckpoints(run, [2, 5], 0);
    expect(left()).toEqual([2, 5]);
  });
});
