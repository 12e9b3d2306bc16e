import { execFileSync } from 'node:child_process';
import { copyFileSync, open as openFile, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../shared/random/random';
import { readSource } from '../../../electron/data/facts';
import { Unreadable } from '../../../electron/data/opened-file';
import { isOnDisk } from '../../../electron/data/values';
import { checkpointPath, readCheckpoint } from '../../../electron/engine/checkpoint/checkpoint';
import { buildNetwork } from '../../../electron/engine/network/network';
import { recordedStep } from '../../../electron/engine/step/recorded/record-step';
import { eagerStep } from '../../../electron/engine/step/eager';
import { ReadAhead } from '../../../electron/engine/step/read-ahead';
import type { Samples } from '../../../electron/engine/step/samples';
import { planSamples } from '../../../electron/engine/training/plan-samples';
import { idxBytes, temporaryFolder, valueOf, writeIn } from '../../data/made-files';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { dense, planOf } from '../plans';
import { newFolder, removeFolders, reportOf, trainRun, trainSteps } from '../runs';

const [TRAIN, TEST, BATCH] = [200, 40, 16];
const adam = { block: 'optimizer', class_name: 'Adam', config: { learning_rate: 0.01 } };
const plan = planOf({
  input: [null, 4, 4, 1],
  layers: [
    { block: 'flat', class_name: 'Flatten', output_shape: [null, 16] },
    dense('hidden', 8, 'relu'),
    { block: 'drop', class_name: 'Dropout', config: { rate: 0.2 }, output_shape: [null, 8] },
    dense('out', 3, 'softmax'),
  ],
  trainer: { epochs: 4, batch_size: BATCH, optimizer: adam, metrics: ['accuracy'] },
});

const root = temporaryFolder();
const images = path.join(root, 'train-images-idx3-ubyte');

/** `room` says whether the pictures lie in memory. */
async function samplesWith(room: number): Promise<Samples> {
  const { facts, columns, parts } = valueOf(
    await readSource('idx', { folder: root }, { folder: root, room }),
  );
  const [image, label] = columns;
  if (parts === null || Array.isArray(image.values) || Array.isArray(label.values)) throw new Error('no IDX');
  return planSamples(plan, {
    n: facts.n,
    parts,
    arrays: [
      { values: image.values, shape: image.facts.shape, scale: 1 / 255, offset: 0 },
      { values: label.values, shape: [], scale: 1, offset: 0 },
    ],
    state: { format: 'axonry-preparation', version: 1, sources: [], steps: [], arrays: [] },
  });
}

function stateOf(folder: string, epoch: number) {
  return valueOf(readCheckpoint(checkpointPath(folder, epoch))).state;
}

describe.skipIf(lacks('the native engine', hasNative))('training on pictures that stay on the disk', () => {
  let held: Samples;
  let onDisk: Samples;
  beforeAll(async () => {
    await useNative();
    const random = new RandomStream(3, 'test', 'pictures');
    const pixels = Array.from({ length: TRAIN * 16 }, () => random.below(256));
    writeIn(root, 'train-images-idx3-ubyte', idxBytes('ubyte', [TRAIN, 4, 4], pixels));
    writeIn(root, 'test-images-idx3-ubyte', idxBytes('ubyte', [TEST, 4, 4], pixels.slice(0, TEST * 16)));
    for (const [part, n] of [['train', TRAIN], ['test', TEST]] as const)
      writeIn(root, `${part}-labels-idx1-ubyte`, idxBytes('ubyte', [n], Array.from({ length: n }, (_, i) => i % 3))); // prettier-ignore
    [held, onDisk] = [await samplesWith(Infinity), await samplesWith(0)];
    expect([held, onDisk].map(({ inputs }) => [...inputs.values()].map(({ values }) => isOnDisk(values)))).toEqual([[false], [true]]); // prettier-ignore
  });
  afterAll(removeFolders);

  it('gives the same bits as with the pictures in the session, fed from memory, or one operation at a time', () => {
    const rows = Array.from({ length: 12 }, (_, i) => Int32Array.from({ length: BATCH }, (_, k) => (37 * i + 11 * k) % TRAIN)); // prettier-ignore
    const losses = (samples: Samples, storedBytes: number): number[] => {
      const network = buildNetwork(plan, { seed: 1 });
      const options = { plan, trainer: plan.trainers[0], network, samples, sampleWeights: new Map() };
      const step = storedBytes < 0 ? eagerStep(options) : valueOf(recordedStep({ ...options, storedBytes }));
      const found = rows.map((batch) => step.step(batch).loss);
      step.dispose();
      network.dispose();
      return found;
    };
    const expected = losses(held, Infinity);
    expect(losses(held, 0)).toEqual(expected);
    expect(losses(onDisk, Infinity)).toEqual(expected);
    expect(losses(onDisk, -1)).toEqual(losses(held, -1));
  });

  it('ends with the same weights and figures, also where it was stopped within an epoch and goes on', async () => {
    const expected = await trainRun({ plan, samples: held, seed: 7 });
    const whole = await trainRun({ plan, samples: onDisk, seed: 7 });
    expect(reportOf(whole).metrics).toEqual(reportOf(expected).metrics);
    expect(stateOf(whole.folder, 4)).toEqual(stateOf(expected.folder, 4));

    const folder = newFolder();
    const stopped = reportOf(await trainSteps(17, { plan, samples: onDisk, seed: 7, folder }));
    expect([stopped.epochs, stopped.steps]).toEqual([1, 17]);
    const gone = await trainRun({ plan, samples: onDisk, seed: 7, folder, checkpoint: checkpointPath(folder, 2) }); // prettier-ignore
    expect(reportOf(gone).metrics).toEqual(reportOf(expected).metrics);
    expect(stateOf(folder, 4)).toEqual(stateOf(expected.folder, 4));
  });

  it('ends with the name of the file when that is cut short, and goes on as if nothing had been once it is whole', async () => {
    const expected = await trainRun({ plan, samples: onDisk, seed: 7 });
    const folder = newFolder();
    const copy = path.join(newFolder(), 'copy');
    copyFileSync(images, copy);
    let epochs = 0;
    const broken = await trainRun({
      plan,
      samples: onDisk,
      seed: 7,
      folder,
      hear: ({ type }) => {
        if (type === 'epoch' && ++epochs === 2) truncateSync(images, 500);
      },
    });
    expect(broken.result).toMatchObject({ ok: false, problem: { code: 'data/truncated' } });
    if (!broken.result.ok) expect(broken.result.problem.message).toContain(images);
    copyFileSync(copy, images);
    const again = await trainRun({
      plan,
      samples: await samplesWith(0),
      seed: 7,
      folder,
      checkpoint: checkpointPath(folder, 3),
    });
    expect(reportOf(again).metrics).toEqual(reportOf(expected).metrics);
    expect(stateOf(folder, 4)).toEqual(stateOf(expected.folder, 4));
  });

  it.skipIf(process.platform === 'win32')(
    'names the file of a disk that hangs, and reads on once it answers',
    async () => {
      const fresh = await samplesWith(0);
      const ahead = new ReadAhead(fresh, 0.2);
      const rows = Int32Array.of(5, 3, 199);
      await ahead.ready(rows, new Int32Array());
      // Opening a pipe that nobody writes to hangs one of the threads that all reads go through, as a dead disk does.
      const threads = Number(process.env.UV_THREADPOOL_SIZE ?? 4);
      const pipes = Array.from({ length: threads }, (_, i) => path.join(root, `pipe-${i}`));
      execFileSync('mkfifo', pipes);
      const opened = pipes.map(
        (pipe) => new Promise<void>((resolve) => openFile(pipe, 'r', () => resolve())),
      );
      const reading = ahead.ready(Int32Array.of(8, 9), new Int32Array());
      await expect(reading).rejects.toThrow(Unreadable);
      await expect(reading).rejects.toThrow(`given nothing for 0.2 seconds: ${images}`);
      for (const pipe of pipes) writeFileSync(pipe, '');
      await Promise.all(opened);
      await ahead.ready(Int32Array.of(8, 9), new Int32Array());
    },
  );

  it('takes no more memory after many batches than after some', async () => {
    const looks: number[] = [];
    const epochs = 40;
    const long = { ...plan, trainers: [{ ...plan.trainers[0], epochs, batch_size: 2 }] };
    const samples = await samplesWith(0);
    await trainRun({
      plan: long,
      samples,
      hear: ({ type }) => void (type === 'epoch' && looks.push(process.memoryUsage.rss())),
    });
    expect(looks).toHaveLength(epochs);
    expect(looks[epochs - 1]).toBeLessThan(1.05 * looks[epochs / 2]);
  });
});
