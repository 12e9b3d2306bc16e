/** Several losses lead to one Train block: drawn, compiled, trained either way, told and reported. */
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { RandomStream } from '../../../shared/random/random';
import type { Samples } from '../../../electron/engine/step/samples';
import { lacks } from '../../environment';
import { classes, data, features, target } from '../../shared/data';
import { draw } from '../../shared/draw';
import { hasNative, useNative } from '../native';
import { samplesOf } from '../plans';
import { removeFolders, reportOf, trainRun } from '../runs';

const drawing = draw()
  .place('Digits', {}, { id: 'data', facts: data([...features(3), classes(3), target({ name: 'price' })]) })
  .chain('data', 'Input', ['Dense', { units: 12, activation: 'relu' }])
  .place('Dense', { units: 3, activation: 'softmax' }, { id: 'kind' })
  .wire('dense', 'kind')
  .place('Dense', { units: 1 }, { id: 'value' })
  .wire('dense', 'value')
  .place('SparseCategoricalCrossentropy', { column: ['class'] }, { id: 'class_loss' })
  .wire('kind', 'class_loss')
  .wire('data', 'class_loss')
  .place('Huber', { column: ['price'], weight: 0.25 }, { id: 'price_loss' })
  .wire('value', 'price_loss')
  .wire('data', 'price_loss')
  .place('Adam', { learning_rate: 0.02 }, { id: 'adam' })
  .place(
    'Train',
    { epochs: 6, batch_size: 16, metrics: ['accuracy', 'f1_score', 'r2_score'], monitor: 'val_f1_score' },
    { id: 'train' },
  )
  .wire('class_loss', 'train')
  .wire('price_loss', 'train')
  .wire('adam', 'train');

/** The class is the largest of three numbers, the price their sum. */
function twoTargets(): Samples {
  const n = 160;
  const random = new RandomStream(5, 'test', 'two targets');
  const x = Float32Array.from({ length: n * 3 }, () => random.normal());
  const row = (i: number) => x.subarray(3 * i, 3 * i + 3);
  const sum = Float32Array.from({ length: n }, (_, i) => row(i).reduce((a, b) => a + b, 0));
  const largest = Int32Array.from({ length: n }, (_, i) => row(i).indexOf(Math.max(...row(i))));
  const parts = { train: 100, validation: 30, test: 30 };
  const samples = samplesOf({ values: x, shape: [3] }, { values: largest, shape: [] }, parts);
  const labels = (values: Float32Array | Int32Array) => ({ values, shape: [], scale: 1, offset: 0 });
  return {
    ...samples,
    labels: new Map([
      ['class_loss', labels(largest)],
      ['price_loss', labels(sum)],
    ]),
  };
}

function plan() {
  const compiled = drawing.compile();
  if (!compiled.plan) throw new Error(compiled.diagnostics.map(({ message }) => message).join('\n'));
  return compiled.plan;
}

describe('two losses on one Train block', () => {
  it('compile with their weights, and the best epoch is chosen by a figure of the loss that has it', () => {
    expect(drawing.compile().diagnostics.filter(({ severity }) => severity !== 'hint')).toEqual([]);
    expect(plan().losses.map(({ block, weight }) => [block, weight])).toEqual([
      ['class_loss', 1],
      ['price_loss', 0.25],
    ]);
    expect(plan().outputs).toEqual(['kind', 'value']);
    expect(plan().trainers[0]).toMatchObject({
      losses: ['class_loss', 'price_loss'],
      monitor: 'val_class_loss_f1_score',
    });
  });
});

describe.skipIf(lacks('the native engine', hasNative))('a run with two losses', () => {
  beforeAll(useNative);
  afterEach(() => void vi.unstubAllEnvs());
  afterAll(removeFolders);

  it.each(['recorded', 'eager'])(
    'learns both and reports each and their sum, %s',
    async (way) => {
      vi.stubEnv('AXONRY_STEP', way);
      const run = await trainRun({ plan: plan(), samples: twoTargets() });
      const report = reportOf(run);
      expect(report.engine.step).toBe(way);
      expect(report.confusionPart).toBe('test');
      const { test, train } = report.metrics;
      expect(Object.keys(test ?? {}).sort()).toEqual([
        'class_loss_accuracy',
        'class_loss_f1_score',
        'class_loss_loss',
        'loss',
        'n',
        'price_loss_loss',
        'price_loss_r2_score',
      ]);
      const sum = (test?.class_loss_loss ?? NaN) + 0.25 * (test?.price_loss_loss ?? NaN);
      expect(test?.loss).toBeCloseTo(sum, 5);
      expect(test?.class_loss_accuracy).toBeGreaterThan(0.7);
      expect(train?.price_loss_r2_score).toBeGreaterThan(0.5);
      const epochs = run.of('epoch');
      const f1 = epochs.map(({ validation }) => validation?.class_loss_f1_score ?? NaN);
      expect(report.keptEpoch).toBe(f1.indexOf(Math.max(...f1)) + 1);
      for (const { train: figures, validation } of epochs) {
        // What needs all predictions is not known of samples that were learned from one after the other.
        expect(figures).not.toHaveProperty('class_loss_f1_score');
        const weighted = (figures.class_loss_loss ?? NaN) + 0.25 * (figures.price_loss_loss ?? NaN);
        expect(figures.loss).toBeCloseTo(weighted, 5);
        expect(validation?.price_loss_r2_score).toBeLessThan(1);
      }
    },
    60_000,
  );
});
