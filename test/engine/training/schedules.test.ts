/** Runs whose learning rate follows a schedule or a plateau, and runs that keep an average of the weights. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readCheckpoint, checkpointPath } from '../../../electron/engine/checkpoint/checkpoint';
import { averagedWeights } from '../../../electron/engine/step/averaged-weights';
import type { PlanTrainer } from '../../../shared/compiler/plan';
import type { Json } from '../../../shared/document/document';
import { rateOf } from '../../../shared/schedules/rates';
import { learningRateConfig } from '../../../shared/schedules/schedules';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { blobs, dense, planOf } from '../plans';
import { removeFolders, reportOf, trainRun, type Trained } from '../runs';

const samples = blobs({ train: 100, validation: 30 });
const STEPS_PER_EPOCH = Math.ceil(100 / 16);
const planWith = (config: Record<string, Json>, trainer: Partial<PlanTrainer> = {}) =>
  planOf({
    input: [null, 2],
    layers: [dense('hidden', 8, 'relu'), dense('out', 3, 'softmax')],
    trainer: {
      epochs: 5,
      restore_best_weights: false,
      optimizer: { block: 'optimizer', class_name: 'Adam', config },
      ...trainer,
    },
  });
const cosine = learningRateConfig(0.02, { class_name: 'CosineDecay', config: { decay_steps: 30 } });

const losses = (run: Trained) => run.of('epoch').map(({ validation }) => validation?.loss);
const rates = (run: Trained) => run.of('epoch').map(({ learningRate }) => learningRate);
function stateOf(run: Trained, epoch: number) {
  const read = readCheckpoint(checkpointPath(run.folder, epoch));
  if (!read.ok) throw new Error(read.problem.message);
  return read.value.state;
}

describe.skipIf(lacks('the native engine', hasNative))('a run whose rate changes', () => {
  beforeAll(useNative);
  afterAll(removeFolders);

  it('follows its schedule, and goes on with it exactly from a checkpoint', async () => {
    const plan = planWith({ learning_rate: cosine, gradient_noise: 0.01 });
    const whole = await trainRun({ plan, samples });
    const rate = rateOf(cosine);
    expect(rates(whole)).toEqual([1, 2, 3, 4, 5].map((epoch) => rate(epoch * STEPS_PER_EPOCH)));
    const rest = await trainRun({
      plan,
      samples,
      folder: whole.folder,
      checkpoint: checkpointPath(whole.folder, 2),
    });
    expect(rates(rest)).toEqual(rates(whole).slice(2));
    expect(losses(rest)).toEqual(losses(whole).slice(2));
  });

  it('tests rates: it ends by itself, and the report holds each step and a rate that learns', async () => {
    const config = { range_steps: 60, start_learning_rate: 1e-5, end_learning_rate: 100 };
    const plan = planWith(
      { learning_rate: learningRateConfig(0.001, { class_name: 'RangeTest', config }) },
      { epochs: 50 },
    );
    const { rangeTest, steps, stopped } = reportOf(await trainRun({ plan, samples }));
    expect(stopped).toBe('finished');
    expect(steps).toBeLessThanOrEqual(60);
    expect(rangeTest?.points).toHaveLength(steps);
    expect(rangeTest?.points[0].rate).toBeCloseTo(1e-5, 10);
    expect(rangeTest?.optimizer).toBe('optimizer');
    expect(rangeTest?.suggestion).toBeGreaterThan(1e-3);
    expect(rangeTest?.suggestion).toBeLessThan(1);
  });

  it('scales the rest of the schedule when a person asks for another rate', async () => {
    const long = learningRateConfig(0.02, { class_name: 'CosineDecay', config: { decay_steps: 1000 } });
    const rate = rateOf(long);
    let asked = false;
    const run = await trainRun({
      plan: planWith({ learning_rate: long }, { batch_size: 1, epochs: 2 }),
      samples: blobs({ train: 300 }),
      hear: (event, control) => {
        if (event.type !== 'epoch' || asked) return;
        asked = true;
        void control.setLearningRate(0.002);
      },
    });
    expect(rates(run)).toEqual([rate(300), 0.002 * (rate(600) / rate(300))]);
  });

  it('lowers the rate on a plateau and remembers how long it waited', async () => {
    const rule = { factor: 0.5, patience: 1, min_delta: 100, cooldown: 0, min_lr: 0.004 };
    const plan = planWith({ learning_rate: 0.01 }, { reduce_lr_on_plateau: rule });
    const whole = await trainRun({ plan, samples });
    expect(rates(whole)).toEqual([0.01, 0.01, 0.005, 0.004, 0.004]);
    const rest = await trainRun({
      plan,
      samples,
      folder: whole.folder,
      checkpoint: checkpointPath(whole.folder, 2),
    });
    expect(rates(rest)).toEqual(rates(whole).slice(2));
    expect(losses(rest)).toEqual(losses(whole).slice(2));
  });

  it('judges and keeps the average of the weights, and trains on with the weights themselves', async () => {
    const averaging = { learning_rate: 0.02, use_ema: true, ema_momentum: 0.9 };
    const plain = await trainRun({ plan: planWith({ learning_rate: 0.02 }), samples });
    const averaged = await trainRun({ plan: planWith(averaging), samples });
    const own = stateOf(averaged, 5).tensors;
    expect(own.get('out/kernel')).toEqual(stateOf(plain, 5).tensors.get('out/kernel'));
    expect(averagedWeights(own).get('out/kernel')).not.toEqual(own.get('out/kernel'));
    expect(losses(averaged)).not.toEqual(losses(plain));
    expect(reportOf(averaged).metrics.validation?.loss).toBe(losses(averaged)[4]);
    const rest = await trainRun({
      plan: planWith(averaging),
      samples,
      folder: averaged.folder,
      checkpoint: checkpointPath(averaged.folder, 3),
    });
    expect(losses(rest)).toEqual(losses(averaged).slice(3));
  });
});
