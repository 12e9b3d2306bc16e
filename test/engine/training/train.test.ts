import { readdirSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../shared/protocol/run';
import { runEvent } from '../../../shared/protocol/run';
import { readNpy } from '../../../electron/engine/files/npy';
import { checkpointPath, readCheckpoint } from '../../../electron/engine/checkpoint/checkpoint';
import { RunControl } from '../../../electron/engine/training/control';
import { tf } from '../../../electron/engine/tensorflow';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { blobs, dense, planOf } from '../plans';
import { newFolder, removeFolders, reportOf, trainRun, type Trained } from '../runs';

const adam = (learning_rate: number) => ({
  block: 'optimizer',
  class_name: 'Adam',
  config: { learning_rate },
});
const layers = [
  dense('hidden', 16, 'relu'),
  { block: 'drop', class_name: 'Dropout', config: { rate: 0.2 }, output_shape: [null, 16] },
  { block: 'norm', class_name: 'BatchNormalization', output_shape: [null, 16] },
  dense('out', 3, 'softmax'),
];
const plan = planOf({ input: [null, 2], layers, trainer: { epochs: 6, optimizer: adam(0.01) } });
/** Few operations a step, so that a long epoch is soon over. */
const light = [
  dense('hidden', 4, 'relu'),
  { block: 'drop', class_name: 'Dropout', config: { rate: 0.2 }, output_shape: [null, 4] },
  dense('out', 3, 'softmax'),
];
const samples = blobs({ train: 100, validation: 30, test: 30 });

const lossesOf = (run: Trained) =>
  run.of('epoch').map(({ train, validation }) => [train.loss, validation?.loss]);

/** Every weight of a checkpoint, with the optimizer's slots. */
function stateOf(folder: string, epoch: number) {
  const read = readCheckpoint(checkpointPath(folder, epoch));
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.state;
}

describe.skipIf(lacks('the native engine', hasNative))('a training run', () => {
  beforeAll(useNative);
  afterAll(removeFolders);

  it('learns, reports figures of the kept weights, and leaves its files', async () => {
    const run = await trainRun({ plan, samples });
    const report = reportOf(run);
    expect(report.stopped).toBe('finished');
    expect(report.epochs).toBe(6);
    expect(report.steps).toBe(6 * Math.ceil(100 / 16));
    expect(report.metrics.test?.accuracy).toBeGreaterThan(0.85);
    expect(report.metrics.test?.n).toBe(30);
    expect(report.confusionPart).toBe('test');
    expect(report.confusion?.counts.flat().reduce((sum, count) => sum + count, 0)).toBe(30);
    expect(readdirSync(path.join(run.folder, 'checkpoints'))).toHaveLength(6);
    expect(readdirSync(path.join(run.folder, 'predictions')).sort()).toEqual([
      'test-kept.npy',
      'train-kept.npy',
      ...[1, 2, 3, 4, 5, 6].map((epoch) => `validation-000${epoch}.npy`),
      'validation-kept.npy',
    ]);
    const kept = readNpy(path.join(run.folder, 'predictions', 'test-kept.npy'));
    expect(kept.ok && kept.value.shape).toEqual([30, 3]);
    for (const event of run.events) expect(runEvent.parse(JSON.parse(JSON.stringify(event)))).toEqual(event);
  });

  it('gives the same losses and weights for the same seed, bit for bit, and others for another', async () => {
    const [a, b, c] = [
      await trainRun({ plan, samples, seed: 5 }),
      await trainRun({ plan, samples, seed: 5 }),
      await trainRun({ plan, samples, seed: 6 }),
    ];
    expect(lossesOf(a)).toEqual(lossesOf(b));
    expect(stateOf(a.folder, 6)).toEqual(stateOf(b.folder, 6));
    expect(lossesOf(a)).not.toEqual(lossesOf(c));
  });

  it('goes on from a checkpoint as if it had never stopped', async () => {
    const whole = await trainRun({ plan, samples, seed: 5 });
    const cut = await trainRun({
      plan,
      samples,
      seed: 5,
      checkpoint: checkpointPath(whole.folder, 3),
      folder: whole.folder,
    });
    expect(lossesOf(cut)).toEqual(lossesOf(whole).slice(3));
    expect(stateOf(cut.folder, 6)).toEqual(stateOf((await trainRun({ plan, samples, seed: 5 })).folder, 6));
    expect(cut.of('started')[0].epoch).toBe(4);
    expect(reportOf(cut).metrics).toEqual(reportOf(whole).metrics);
    expect(reportOf(cut).keptEpoch).toBe(reportOf(whole).keptEpoch);
  });

  it('stops within an epoch when asked and goes on at the same step', async () => {
    const long = planOf({ input: [null, 2], layers: light, trainer: { epochs: 1, batch_size: 1 } });
    const big = blobs({ train: 4000, validation: 30 });
    const whole = await trainRun({ plan: long, samples: big });
    const folder = newFolder();
    const cut = await trainRun({
      plan: long,
      samples: big,
      folder,
      hear: (event, control) => event.type === 'progress' && control.stop(),
    });
    expect(reportOf(cut).stopped).toBe('asked');
    expect(reportOf(cut).epochs).toBe(0);
    expect(reportOf(cut).keptEpoch).toBe(1);
    expect(cut.of('epoch')).toEqual([]);
    const rest = await trainRun({ plan: long, samples: big, folder, checkpoint: checkpointPath(folder, 1) });
    expect(lossesOf(rest)).toEqual(lossesOf(whole));
    expect(stateOf(folder, 1)).toEqual(stateOf(whole.folder, 1));
  });

  it('pauses until it is resumed and takes a new learning rate from the next step on', async () => {
    const long = planOf({ input: [null, 2], layers: light, trainer: { epochs: 1, batch_size: 1 } });
    const rates: number[] = [];
    const run = await trainRun({
      plan: long,
      samples: blobs({ train: 4000 }),
      hear: (event: RunEvent, control: RunControl) => {
        if (event.type === 'progress') rates.push(event.learningRate);
        if (event.type === 'progress' && rates.length === 1) {
          control.pause();
          void control.setLearningRate(0.002);
        }
        if (event.type === 'paused') setImmediate(() => control.resume());
      },
    });
    expect(run.of('paused')).toHaveLength(1);
    expect(run.of('resumed')).toHaveLength(1);
    expect(rates[0]).toBe(0.01);
    expect(run.of('epoch')[0].learningRate).toBe(0.002);
  });

  it('keeps the number of tensors flat over epochs and frees all at the end', async () => {
    const before = tf.memory().numTensors;
    const long = planOf({
      input: [null, 2],
      layers,
      trainer: { epochs: 2, batch_size: 1, optimizer: adam(0.01) },
    });
    const run = await trainRun({ plan: long, samples: blobs({ train: 3000, validation: 20 }) });
    const counts = new Set(run.of('progress').map(({ memory }) => memory.tensors));
    expect(counts.size).toBe(1);
    expect(tf.memory().numTensors).toBe(before);
  });

  it('stops early and restores the weights of the best epoch', async () => {
    const early = planOf({
      input: [null, 2],
      layers,
      trainer: { epochs: 60, optimizer: adam(0.05), early_stopping: { patience: 3, min_delta: 0 } },
    });
    const run = await trainRun({ plan: early, samples });
    const report = reportOf(run);
    expect(report.stopped).toBe('early');
    expect(report.epochs - report.keptEpoch).toBe(3);
    const losses = run.of('epoch').map(({ validation }) => validation?.loss ?? NaN);
    expect(losses.indexOf(Math.min(...losses)) + 1).toBe(report.keptEpoch);
    expect(report.metrics.validation?.loss).toBe(losses[report.keptEpoch - 1]);
  });
});
