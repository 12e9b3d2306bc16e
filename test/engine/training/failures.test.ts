import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkpointPath, readCheckpoint } from '../../../electron/engine/checkpoint/checkpoint';
import { inMemory } from '../../../electron/data/values';
import { allFinite } from '../../../electron/engine/training/not-finite';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { blobs, dense, planOf, samplesOf, type PlanSketch } from '../plans';
import { newFolder, removeFolders, reportOf, trainRun, trainSteps, type Trained } from '../runs';

const layers = [dense('hidden', 8, 'relu'), dense('out', 3, 'softmax')];
const sgd = (learning_rate: number) => ({ block: 'optimizer', class_name: 'SGD', config: { learning_rate } });
const small = (more: Partial<PlanSketch> = {}) => planOf({ input: [null, 2], layers, ...more });
const samples = blobs({ train: 60, validation: 12 });

const notFinite = (run: Trained) =>
  run
    .of('diagnostic')
    .map(({ diagnostic }) => diagnostic)
    .find(({ code }) => code === 'run/not-finite');
const problemOf = ({ result }: Trained) => (result.ok ? null : result.problem);

describe.skipIf(lacks('the native engine', hasNative))('a run that goes wrong', () => {
  beforeAll(useNative);
  afterAll(removeFolders);

  it('stops at once when the learning rate explodes, names the block and keeps weights that are numbers', async () => {
    const run = await trainRun({ plan: small({ trainer: { optimizer: sgd(1e30) } }), samples });
    const report = reportOf(run);
    expect(report.stopped).toBe('not-finite');
    const diagnostic = notFinite(run);
    expect(diagnostic?.block).toMatch(/^(hidden|out|loss)$/);
    expect(diagnostic?.step).toBeLessThanOrEqual(4);
    expect(diagnostic?.why).toContain('learning rate');
    expect(report.keptEpoch).toBe(1);
    expect(report.metrics.train?.loss).not.toBeNull();
    expect(run.of('epoch')).toHaveLength(0);
  });

  it('keeps weights that are numbers also where it is stopped just after the step that broke them', async () => {
    const far = blobs({ train: 60 });
    for (const { values } of far.inputs.values())
      inMemory(values).forEach((value, i, all) => (all[i] = 1000 * value));
    const plan = small({ trainer: { optimizer: sgd(3e38) } });
    const run = await trainSteps(1, { plan, samples: far });
    expect(reportOf(run).stopped).toBe('not-finite');
    expect(notFinite(run)?.message).toContain('The last good weights were kept.');
    const kept = readCheckpoint(checkpointPath(run.folder, 1));
    expect(kept.ok && allFinite(kept.value.state)).toBe(true);
  });

  it('goes back to the last whole epoch when numbers break later', async () => {
    const folder = newFolder();
    const run = await trainRun({
      plan: small({ trainer: { epochs: 4, restore_best_weights: false } }),
      samples,
      folder,
      hear: (event, control) => event.type === 'epoch' && void control.setLearningRate(1e30),
    });
    const report = reportOf(run);
    expect(report.stopped).toBe('not-finite');
    expect(report.epochs).toBe(1);
    expect(report.keptEpoch).toBe(1);
    const [epoch] = run.of('epoch');
    expect(report.metrics.validation?.loss).toBe(epoch.validation?.loss);
    const again = await trainRun({
      plan: small({ trainer: { epochs: 4, restore_best_weights: false } }),
      samples,
      folder,
      checkpoint: checkpointPath(folder, 1),
    });
    expect(reportOf(again).epochs).toBe(4);
  });

  it('names the Input block when the data hold a NaN', async () => {
    const values = new Float32Array(40).fill(0.5);
    values[23] = NaN;
    const labels = { values: new Int32Array(20), shape: [] };
    const run = await trainRun({
      plan: small(),
      samples: samplesOf({ values, shape: [2] }, labels, { train: 20 }),
    });
    expect(notFinite(run)).toMatchObject({ block: 'input', severity: 'error' });
    expect(notFinite(run)?.message).toContain('input data');
  });

  it('blames inputs that were not scaled', async () => {
    const values = Float32Array.from({ length: 40 }, (_, i) => 1e20 * (i % 7));
    const labels = { values: Float32Array.from({ length: 20 }, (_, i) => i), shape: [] };
    const plan = planOf({
      input: [null, 2],
      layers: [dense('out', 1, 'linear')],
      loss: {
        class_name: 'MeanSquaredError',
        labels: 'values',
        task: 'regression',
        predictionMeans: 'values',
      },
    });
    const run = await trainRun({ plan, samples: samplesOf({ values, shape: [2] }, labels, { train: 20 }) });
    expect(notFinite(run)?.why).toContain('Scale');
  });

  it('says so when there is nothing to train on', async () => {
    expect(
      problemOf(await trainRun({ plan: small(), samples: blobs({ train: 0, validation: 9 }) }))?.message,
    ).toContain('no sample to train on');
  });

  it('takes a batch size above the number of samples as one batch', async () => {
    const run = await trainRun({ plan: small({ trainer: { batch_size: 512, epochs: 2 } }), samples });
    expect(reportOf(run).steps).toBe(2);
    expect(run.of('started')[0].stepsPerEpoch).toBe(1);
  });

  it('names the row whose class has no output', async () => {
    const values = Int32Array.from({ length: 60 }, (_, i) => (i === 41 ? 3 : i % 3));
    const odd = samplesOf(
      { values: new Float32Array(120), shape: [2] },
      { values, shape: [] },
      { train: 60 },
    );
    expect(problemOf(await trainRun({ plan: small(), samples: odd }))?.message).toContain('row 42');
  });

  it('refuses data whose shape has changed since the plan was made', async () => {
    const run = await trainRun({ plan: planOf({ input: [null, 5], layers }), samples });
    expect(problemOf(run)).toMatchObject({ code: 'run/data-changed' });
  });

  it('refuses a checkpoint of another network and of another seed', async () => {
    const folder = newFolder();
    await trainRun({ plan: small(), samples, folder, seed: 1 });
    const checkpoint = checkpointPath(folder, 2);
    const resume = ({ batch_size = 16, seed }: { batch_size?: number; seed: number }) =>
      trainRun({ plan: small({ trainer: { batch_size } }), samples, folder, checkpoint, seed });
    expect(problemOf(await resume({ batch_size: 7, seed: 1 }))).toMatchObject({
      code: 'checkpoint/other-plan',
    });
    expect(problemOf(await resume({ seed: 2 }))).toMatchObject({ code: 'checkpoint/other-seed' });
  });

  it('ends with a sentence when its folder is removed while it goes, and makes no half one', async () => {
    const folder = newFolder();
    const run = await trainRun({
      plan: small(),
      samples,
      folder,
      hear: (event) => event.type === 'epoch' && rmSync(folder, { recursive: true }),
    });
    expect(problemOf(run)).toMatchObject({ code: 'run/folder-gone' });
    expect(problemOf(run)?.message).toContain(`${folder} was removed or renamed`);
    expect(existsSync(folder)).toBe(false);
  });

  it('fails with a sentence when the folder cannot be written', async () => {
    const folder = newFolder();
    writeFileSync(`${folder}/file`, '');
    const run = await trainRun({ plan: small(), samples, folder: `${folder}/file/run` });
    expect(problemOf(run)?.code).toMatch(/^disk\//);
  });
});
