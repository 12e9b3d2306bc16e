/** Several Train blocks on one canvas: two that take turns make a GAN, stages in order train a network layer by layer. */
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../../shared/compiler/plan';
import { RandomStream } from '../../../shared/random/random';
import { buildNetwork, type WeightValues } from '../../../electron/engine/network/network';
import { chooseStep } from '../../../electron/engine/step/choose';
import type { SampleArray, Samples } from '../../../electron/engine/step/samples';
import { lacks } from '../../environment';
import { column, data, target } from '../../shared/data';
import { draw, type Drawing } from '../../shared/draw';
import { gan } from '../../shared/gan';
import { hasNative, useNative } from '../native';
import { samplesOf } from '../plans';
import { newFolder, removeFolders, reportOf, trainRun, trainSteps } from '../runs';

const parts = { train: 96, validation: 32, test: 32 };
const n = 160;

function planOf(drawing: Drawing): Plan {
  const { plan, diagnostics } = drawing.compile();
  if (!plan) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return plan;
}

/** Points on a circle, with the constants that the plan's losses read. */
function circle(): Samples {
  const random = new RandomStream(3, 'test', 'circle');
  const angles = Float32Array.from({ length: n }, () => 2 * Math.PI * random.uniform());
  const x = Float32Array.from({ length: 2 * n }, (_, i) =>
    i % 2 === 0 ? Math.cos(angles[i >> 1]) : Math.sin(angles[i >> 1]),
  );
  const samples = samplesOf({ values: x, shape: [2] }, { values: angles, shape: [] }, parts);
  const constant = (value: number) => ({ values: new Uint8Array(n), shape: [], scale: 1, offset: value });
  return {
    ...samples,
    labels: new Map<string, SampleArray>([
      ['real_is_real', constant(1)],
      ['made_is_fake', constant(0)],
      ['made_is_real', constant(1)],
      ['angle', { values: angles, shape: [], scale: 1, offset: 0 }],
      ['back', { values: x, shape: [2], scale: 1, offset: 0 }],
    ]),
  };
}

/** First a code is learned that gives the points back, then, with the code as it is, the angle. */
const layerByLayer = (first = {}): Plan =>
  planOf(
    draw()
      .place('Digits', {}, {
        id: 'data',
        facts: data([column({ name: 'point', shape: [2] }), target({ name: 'angle' }), target({ name: 'copy', shape: [2] })]),
      })
      .chain('data', 'Input')
      .place('Dense', { units: 6, activation: 'tanh' }, { id: 'code' })
      .wire('input', 'code')
      .place('Dense', { units: 2 }, { id: 'decoded' })
      .wire('code', 'decoded')
      .place('Dense', { units: 1 }, { id: 'answer' })
      .wire('code', 'answer')
      .place('MeanSquaredError', { column: ['copy'] }, { id: 'back' })
      .place('MeanSquaredError', { column: ['angle'] }, { id: 'angle' })
      .wire('decoded', 'back')
      .wire('data', 'back')
      .wire('answer', 'angle')
      .wire('data', 'angle')
      .place('Adam', { learning_rate: 0.02 }, { id: 'adam' })
      .place('Train', { epochs: 4, batch_size: 32, trainable: ['code', 'decoded'], ...first }, { id: 'train_code' })
      .place('Train', { epochs: 3, batch_size: 16, stage: 2, trainable: ['answer'] }, { id: 'train_answer' })
      .wire('back', 'train_code')
      .wire('angle', 'train_answer')
      .wire('adam', 'train_code')
      .wire('adam', 'train_answer'),
  ); // prettier-ignore

const samples = circle();

/** Weights of the blocks that are not the same any more. */
function changed(before: WeightValues, after: WeightValues): string[] {
  const differ = [...before].filter(([key, { values }]) =>
    values.some((value, i) => value !== after.get(key)?.values[i]),
  );
  return [...new Set(differ.map(([key]) => key.split('/')[0]))].sort();
}

function stepOf(plan: Plan, kind: 'eager' | 'recorded') {
  const network = buildNetwork(plan, { seed: 4 });
  const [trainer, ...beside] = plan.trainers;
  const { step, eagerBecause } = chooseStep(
    { plan, trainer, beside, network, samples, sampleWeights: new Map() },
    kind,
  );
  expect(eagerBecause).toBeNull();
  expect(step.kind).toBe(kind);
  return { network, step };
}

const rows = (step: number): Int32Array =>
  Int32Array.from({ length: 16 }, (_, i) => (step * 16 + i) % parts.train);

describe.skipIf(lacks('the native TensorFlow library', hasNative))('Several Train blocks', () => {
  beforeAll(useNative);
  afterAll(removeFolders);

  it('each change their own blocks and no others', () => {
    const plan = planOf(gan());
    for (const kind of ['eager', 'recorded'] as const)
      for (const [only, blocks] of [
        ['train_discriminator', ['judged', 'seen']],
        ['train_generator', ['made', 'points']],
      ] as const) {
        const { network, step } = stepOf(
          { ...plan, trainers: plan.trainers.filter(({ block }) => block === only) },
          kind,
        );
        const before = network.readWeights();
        step.step(rows(0));
        step.settle();
        expect(changed(before, network.readWeights()), `${kind}, ${only}`).toEqual(blocks);
        step.dispose();
      }
  });

  it('that take turns compute the same recorded as step by step, also with several steps a turn', () => {
    const plan = planOf(gan({ steps_per_turn: 3 }));
    const [eager, recorded] = [stepOf(plan, 'eager').step, stepOf(plan, 'recorded').step];
    for (let i = 0; i < 10; i++) {
      const [a, b] = [eager.step(rows(i)), recorded.step(rows(i))];
      expect(b.loss).toBeCloseTo(a.loss, 5);
      expect(Object.keys(a.beside ?? {})).toEqual(['train_generator']);
      expect(b.beside?.train_generator.loss).toBeCloseTo(a.beside?.train_generator.loss ?? 0, 5);
      for (const [name, sum] of Object.entries(a.metrics)) expect(b.metrics[name]).toBeCloseTo(sum, 4);
    }
    const [a, b] = [eager.readState().tensors, recorded.readState().tensors];
    expect([...b.keys()].sort()).toEqual([...a.keys()].sort());
    expect([...a.keys()]).toContain('optimizer@train_generator/velocity/made/kernel');
    eager.dispose();
    recorded.dispose();
  });

  it('tell the figures of each while they go, after each epoch and in the report', async () => {
    const run = await trainRun({ plan: planOf(gan()), samples });
    const epochs = run.of('epoch');
    expect(epochs.map(({ epoch }) => epoch)).toEqual([1, 2, 3]);
    for (const { train, trainers } of epochs) {
      expect(Object.keys(trainers ?? {})).toEqual(['train_discriminator', 'train_generator']);
      expect(trainers?.train_discriminator.train).toEqual(train);
      expect(trainers?.train_generator.validation?.n).toBe(parts.validation);
      expect(trainers?.train_generator.learningRate).toBeCloseTo(0.002, 9);
    }
    const report = reportOf(run);
    expect(report.stopped).toBe('finished');
    expect(Object.keys(report.trainers ?? {})).toEqual(['train_discriminator', 'train_generator']);
    expect(report.trainers?.train_discriminator.metrics).toEqual(report.metrics);
    expect(report.trainers?.train_generator.metrics.test?.loss).toBeGreaterThan(0);
    expect(report.steps).toBe(18);
  });

  it('that take turns are looked into where the first has its turn, and learn the same', async () => {
    const plan = planOf(gan());
    const [looked, plain] = [
      await trainRun({ plan, samples, examine: 'always' }),
      await trainRun({ plan, samples, examine: 'never' }),
    ];
    const [{ trainer, blocks }] = looked.of('examined');
    expect(trainer).toBe('train_discriminator');
    const learning = blocks.filter((block) => block.learning !== undefined);
    expect(learning.map(({ block }) => block)).toEqual(['seen', 'judged']);
    for (const { learning: found } of learning) expect(found?.update).toBeGreaterThan(0);
    expect(blocks.map(({ block }) => block)).toContain('made');
    expect(reportOf(looked).trainers).toEqual(reportOf(plain).trainers);
  });

  it.each([
    [
      'that take turns',
      planOf(gan()),
      [
        [1, 'train_generator'],
        [1, 'train_discriminator'],
      ],
    ],
    [
      'of stages',
      layerByLayer(),
      [
        [1, undefined],
        [2, undefined],
      ],
    ],
  ] as const)('%s are profiled each, and learn the same', async (_, plan, turns) => {
    const profiled = await trainRun({ plan, samples, examine: 'never', profile: 'also' });
    const seen = profiled.of('examined');
    expect(seen.map(({ stage, trainer }) => [stage, trainer])).toEqual(turns);
    for (const { blocks } of seen) expect(blocks.some(({ learning }) => learning !== undefined)).toBe(true);
    const alone = await trainRun({ plan, samples, examine: 'never' });
    expect(reportOf(profiled).metrics).toEqual(reportOf(alone).metrics);
  });

  it('of stages can be profiled without being trained to the end', async () => {
    const endless = layerByLayer({ epochs: 1_000_000 });
    endless.trainers.forEach((trainer) => (trainer.epochs = 1_000_000));
    const profiled = await trainRun({ plan: endless, samples, examine: 'never', profile: 'only' });
    expect(profiled.of('examined').map(({ stage }) => stage)).toEqual([1, 2]);
    expect(reportOf(profiled).stopped).toBe('early');
  });

  it('go on from a checkpoint exactly as if they had never stopped, also within an epoch', async () => {
    const plan = planOf(gan({ steps_per_turn: 2 }));
    const run = { plan, samples, seed: 9 };
    const whole = reportOf(await trainRun(run));
    const folder = newFolder();
    const stopped = await trainSteps(8, { ...run, folder });
    expect(reportOf(stopped)).toMatchObject({ stopped: 'asked', epochs: 1, steps: 8 });
    const checkpoint = path.join(folder, 'checkpoints', 'epoch-0002.safetensors');
    const resumed = reportOf(await trainRun({ ...run, folder, checkpoint }));
    expect(resumed.trainers).toEqual(whole.trainers);
    expect(resumed.steps).toBe(whole.steps);
  });

  it('of later stages begin when the one before has ended, with the weights that it kept', async () => {
    const run = await trainRun({ plan: layerByLayer(), samples });
    expect(run.of('started')[0].epochs).toBe(7);
    const epochs = run.of('epoch');
    expect(epochs.map(({ epoch, step }) => [epoch, step])).toEqual([
      [1, 3], [2, 6], [3, 9], [4, 12], [5, 18], [6, 24], [7, 30],
    ]); // prettier-ignore
    const report = reportOf(run);
    expect(report.trainers?.train_answer.metrics).toEqual(report.metrics);
    // The code stands still in the second stage, so that what it gives back is as good as before.
    const backThen = epochs[3].validation?.loss;
    expect(report.trainers?.train_code.metrics.validation?.loss).toBeCloseTo(backThen ?? 0, 6);
    const losses = epochs.slice(4).map(({ train }) => train.loss ?? 0);
    expect(losses[2]).toBeLessThan(losses[0]);
  });

  it('go on in the stage where they were', async () => {
    const run = {
      plan: layerByLayer({ early_stopping: true, patience: 0, min_delta: 10 }),
      samples,
      seed: 2,
    };
    const whole = await trainRun(run);
    // Nothing gets better by 10: the first stage ends after two epochs.
    expect(whole.of('epoch').map(({ epoch }) => epoch)).toEqual([1, 2, 3, 4, 5]);
    for (const epoch of [2, 3]) {
      const stopped = await trainRun({
        ...run,
        hear: (event, control) => {
          if (event.type === 'epoch' && event.epoch === epoch) control.stop();
        },
      });
      const checkpoint = path.join(stopped.folder, 'checkpoints', `epoch-000${epoch}.safetensors`);
      const resumed = await trainRun({ ...run, folder: stopped.folder, checkpoint });
      expect(resumed.of('epoch').map((event) => event.epoch)[0]).toBe(epoch + 1);
      expect(reportOf(resumed).trainers).toEqual(reportOf(whole).trainers);
    }
  });
});
