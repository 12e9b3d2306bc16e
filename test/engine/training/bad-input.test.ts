import { readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { compile } from '../../../shared/compiler/compile';
import type { Json } from '../../../shared/document/document';
import { fittingBatch, memoryNeed, rowsAtOnce, slotsOf } from '../../../shared/compiler/memory-need';
import {
  checkpointPath,
  readCheckpoint,
  writeCheckpoint,
} from '../../../electron/engine/checkpoint/checkpoint';
import { optimizerOf } from '../../../electron/engine/optimizers/optimizer';
import { supportedVersion } from '../../../electron/setup/versions';
import { lacks } from '../../environment';
import { data, features, classes } from '../../shared/data';
import { network } from '../../shared/draw';
import { hasNative, useNative } from '../native';
import { blobs, dense, planOf, samplesOf, type PlanSketch } from '../plans';
import { newFolder, removeFolders, reportOf, trainRun, type Trained } from '../runs';
import { casePlan, optimizer } from '../step/recorded-cases';

const layers = [dense('hidden', 8, 'relu'), dense('out', 3, 'softmax')];
const small = (more: Partial<PlanSketch> = {}) => planOf({ input: [null, 2], layers, ...more });
const samples = blobs({ train: 60, validation: 12 });
const codes = (run: Trained) => run.of('diagnostic').map(({ diagnostic }) => diagnostic.code);
const problemOf = ({ result }: Trained) => (result.ok ? null : result.problem);

describe('a learning rate of zero or less', () => {
  it('is an error of the optimizer block, before anything runs', () => {
    for (const rate of [0, -0.1]) {
      const drawing = network(data([...features(2), classes(3)]), [], [['Dense', { units: 3, activation: 'softmax' }]], { loss: 'SparseCategoricalCrossentropy' }); // prettier-ignore
      const { plan, diagnostics } = compile(drawing.set('optimizer', 'learning_rate', rate).document);
      expect(plan).toBeNull();
      expect(
        diagnostics.some(({ block, message }) => block === 'optimizer' && message.includes('learning_rate')),
      ).toBe(true);
    }
  });
});

describe('the forecast of memory', () => {
  it('knows how many arrays each optimizer keeps', () => {
    const names = [
      'SGD',
      'RMSprop',
      'Adam',
      'AdamW',
      'Adamax',
      'Nadam',
      'Adagrad',
      'Adadelta',
      'Lion',
      'Ftrl',
    ];
    const variants: Record<string, Json>[] = [
      {},
      { momentum: 0.5 },
      { momentum: 0.5, centered: true },
      { amsgrad: true },
      { use_ema: true },
    ];
    for (const name of names) {
      for (const config of variants) {
        const chosen = optimizer(name, config);
        expect([name, config, slotsOf(chosen)]).toEqual([name, config, optimizerOf(chosen).slots.length]);
      }
    }
  });

  it('grows with the batch, and offers the largest that fits', () => {
    const plan = small({ trainer: { batch_size: 256 } });
    const large = { ...plan, totals: { ...plan.totals, activationBytes: 1e7 } };
    expect(memoryNeed(large, 0, 64).total).toBeLessThan(memoryNeed(large, 0).total);
    const fits = fittingBatch(large, 0, 5e9);
    expect(fits).toBe(64);
    expect(memoryNeed(large, 0, 64).total).toBeLessThanOrEqual(5e9);
    expect(memoryNeed(large, 0, 128).total).toBeGreaterThan(5e9);
    expect(fittingBatch(large, 0, 1e6)).toBeNull();
  });

  it('is not exceeded by judging: large outputs are judged few at a time', () => {
    const plan = small({ trainer: { batch_size: 8 } });
    const rows = (activationBytes: number) =>
      rowsAtOnce({ ...plan, totals: { ...plan.totals, activationBytes } }, plan.trainers[0].batch_size);
    expect(rows(0)).toBe(512);
    expect(rows(5e6)).toBe(10);
    expect(rows(1e9)).toBe(8);
  });
});

describe('a TensorFlow library', () => {
  it('is taken from 2.7 on and below 3', () => {
    expect(['2.7.0', '2.9.1', '2.21.0'].map(supportedVersion)).toEqual([true, true, true]);
    expect(['1.15.0', '2.4.1', '3.0.0', '', 'nightly'].map(supportedVersion)).toEqual(Array(5).fill(false));
  });
});

describe.skipIf(lacks('the native engine', hasNative))('a run with bad input', () => {
  const now = Date.now;
  beforeAll(useNative);
  afterEach(() => void (Date.now = now));
  afterAll(removeFolders);

  it('says that there is one class only, and ends', async () => {
    const same = samplesOf(
      { values: new Float32Array(80).map((_, i) => i / 80), shape: [2] },
      { values: new Int32Array(40).fill(1), shape: [] },
      { train: 40 },
    );
    const run = await trainRun({ plan: small(), samples: same });
    expect(reportOf(run).stopped).toBe('finished');
    expect(codes(run)).toContain('run/one-class');
    expect(codes(await trainRun({ plan: small(), samples }))).not.toContain('run/one-class');
  });

  describe('that is continued', () => {
    const four = small({ trainer: { epochs: 4, restore_best_weights: false } });
    const lastOf = (folder: string) => checkpointPath(folder, 4);
    const begun = async () => {
      const folder = newFolder();
      await trainRun({ plan: four, samples, folder });
      return folder;
    };
    const continued = (folder: string) =>
      trainRun({ plan: four, samples, folder, checkpoint: lastOf(folder) });
    const withWeight = async (file: string, weight: number) => {
      const read = readCheckpoint(file);
      if (!read.ok) throw new Error(read.problem.message);
      read.value.state.tensors.get('hidden/kernel')?.values.set([weight], 3);
      expect((await writeCheckpoint(file, read.value)).ok).toBe(true);
    };
    const flipped = (file: string) => {
      const bytes = readFileSync(file);
      bytes[bytes.length - 5] ^= 0x40;
      writeFileSync(file, bytes);
    };

    it.each<[string, (file: string) => unknown, string]>([
      ['is cut off', (file) => truncateSync(file, 3000), 'is damaged'],
      ['is empty', (file) => truncateSync(file, 0), 'is damaged'],
      ['has a flipped bit in a weight', flipped, 'is damaged'],
      ['is another file', (file) => writeFileSync(file, '{"name": "axonry"}'), 'is damaged'],
      ['is gone', (file) => rmSync(file), 'cannot be opened'],
      ['holds NaN', (file) => withWeight(file, NaN), 'infinite or undefined (NaN)'],
      ['holds infinity', (file) => withWeight(file, Infinity), 'infinite or undefined (NaN)'],
    ])(
      'from a checkpoint that %s goes on from the epoch before, says so, and ends the same',
      async (_, spoil, says) => {
        const folder = await begun();
        const expected = readCheckpoint(lastOf(folder));
        await spoil(lastOf(folder));
        const run = await continued(folder);
        expect(reportOf(run).epochs).toBe(4);
        const [{ diagnostic }] = run.of('diagnostic');
        expect(diagnostic.code).toBe('run/checkpoint-damaged');
        expect(diagnostic.message).toContain(lastOf(folder));
        expect(diagnostic.message).toContain(says);
        expect(diagnostic.message).toContain('goes on from epoch 3');
        const again = readCheckpoint(lastOf(folder));
        expect(again.ok && expected.ok && again.value.state).toEqual(expected.ok && expected.value.state);
      },
    );

    it('is refused where no checkpoint is whole, and names the file', async () => {
      const folder = await begun();
      for (let epoch = 1; epoch <= 4; epoch++) await withWeight(checkpointPath(folder, epoch), NaN);
      const problem = problemOf(await continued(folder));
      expect(problem?.code).toBe('checkpoint/not-finite');
      expect(problem?.message).toContain(lastOf(folder));
    });
  });

  it.each([
    ['MeanSquaredError', 1e30, 'The labels go up to'],
    ['Poisson', 3, 'must be above zero'],
  ])('for %s with labels of %d is told why the loss is no number', async (class_name, label, says) => {
    const labels = { values: new Float32Array(40).fill(label), shape: [1] };
    const inputs = { values: new Float32Array(80).fill(-1), shape: [2] };
    const plan = planOf({
      input: [null, 2],
      layers: [dense('out', 1, 'linear')],
      loss: { class_name, labels: 'values', task: 'regression', predictionMeans: 'values' },
    });
    const run = await trainRun({ plan, samples: samplesOf(inputs, labels, { train: 40 }), seed: 1 });
    const [{ diagnostic }] = run.of('diagnostic');
    expect(diagnostic).toMatchObject({ code: 'run/not-finite', block: 'loss' });
    expect(diagnostic.why).toContain(says);
  });

  it('refuses what the machine has too little memory for, and the batch that it offers is trained', async () => {
    const plan = small({ trainer: { batch_size: 60 } });
    const large = { ...plan, totals: { ...plan.totals, activationBytes: 1e7 } };
    const availableBytes = 2.5e9;
    const problem = problemOf(await trainRun({ plan: large, samples, availableBytes }));
    expect(problem?.code).toBe('run/memory');
    const offered = Number(/batch_size of train to (\d+)/.exec(problem?.message ?? '')?.[1]);
    expect(offered).toBe(30);
    const [trainer] = large.trainers;
    const smaller = { ...large, trainers: [{ ...trainer, batch_size: offered }] };
    expect(reportOf(await trainRun({ plan: smaller, samples, availableBytes })).stopped).toBe('finished');
  });

  it('is not confused by a clock that jumps', async () => {
    let jump = 0;
    Date.now = () => now() + (jump = -jump - 1e10);
    const run = await trainRun({ plan: small(), samples });
    const report = reportOf(run);
    expect(report.stopped).toBe('finished');
    expect(report.seconds).toBeGreaterThan(0);
    expect(report.seconds).toBeLessThan(600);
  });

  it('with a rate that is far too high, is told that it diverges even where all stays finite', async () => {
    const { plan, samples: maps } = casePlan('Conv2D, pooling, Dropout', 'sparse categorical', 'Adam');
    const [trainer] = plan.trainers;
    const wild = {
      ...plan,
      trainers: [{ ...trainer, epochs: 4, optimizer: optimizer('Adam', { learning_rate: 1e4 }) }],
    };
    const run = await trainRun({ plan: wild, samples: maps });
    expect(codes(run).some((code) => code === 'run/diverging' || code === 'run/not-finite')).toBe(true);
  });
});
