import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildNetwork } from '../../../electron/engine/network/network';
import { evaluateAll } from '../../../electron/engine/step/evaluate';
import { eagerStep } from '../../../electron/engine/step/eager';
import { recordedStep } from '../../../electron/engine/step/recorded/record-step';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { dense, planOf, samplesOf } from '../plans';
import { newFolder, removeFolders, reportOf, trainRun, trainSteps } from '../runs';

/** A single number is read in each batch; the answer is the one that was read in the batch before. */
const N = 240;
const BATCH = 4;
const signs = Float32Array.from({ length: N }, (_, i) => (Math.sin(i * 12.9898) * 43758.5453) % 1 > 0 ? 1 : -1); // prettier-ignore
const before = Float32Array.from(signs, (_, i) => (i < BATCH ? 0 : signs[i - BATCH]));
const samples = samplesOf({ values: signs, shape: [1, 1] }, { values: before, shape: [1] }, { train: 160, validation: 80 }); // prettier-ignore

/** Learns nothing. */
const SLOW = { block: 'optimizer', class_name: 'SGD', config: { learning_rate: 0 } };
const remembering = (stateful: boolean, epochs = 12) =>
  planOf({
    input: [null, 1, 1],
    layers: [
      { block: 'rnn', class_name: 'SimpleRNN', config: { units: 6, stateful }, output_shape: [null, 6] },
      dense('out', 1, 'linear'),
    ],
    loss: { class_name: 'MeanSquaredError', labels: 'values', task: 'regression', predictionMeans: 'values' },
    trainer: {
      batch_size: BATCH,
      shuffle: false,
      epochs,
      optimizer: { block: 'optimizer', class_name: 'Adam', config: { learning_rate: 0.02 } },
    },
  });

const finalLoss = async (stateful: boolean): Promise<number> =>
  reportOf(await trainRun({ plan: remembering(stateful), samples })).metrics.validation?.loss ?? NaN;

describe.skipIf(lacks('the native engine', hasNative))(
  'a layer that keeps its state from batch to batch',
  () => {
    beforeAll(useNative);
    afterAll(removeFolders);

    it('learns what was in the batch before, of which one without a state knows nothing', async () => {
      expect(await finalLoss(false)).toBeGreaterThan(0.7);
      expect(await finalLoss(true)).toBeLessThan(0.3);
    });

    it('begins each epoch with an empty state: where nothing is learned, all epochs are alike', async () => {
      const { trainers, ...plan } = remembering(true, 3);
      const still = {
        ...plan,
        trainers: trainers.map((one) => ({ ...one, trainable: ['out'], optimizer: SLOW })),
      };
      const losses = (await trainRun({ plan: still, samples })).of('epoch').map(({ train }) => train.loss);
      expect(losses).toEqual([losses[0], losses[0], losses[0]]);
    });

    it('computes the same recorded as step by step', () => {
      const plan = remembering(true);
      const given = () => ({
        plan,
        trainer: plan.trainers[0],
        network: buildNetwork(plan, { seed: 1 }),
        samples,
        sampleWeights: new Map(),
      });
      const eager = eagerStep(given());
      const recorded = recordedStep(given());
      if (!recorded.ok) throw new Error(recorded.problem.message);
      const batches = Array.from({ length: 6 }, (_, i) =>
        Int32Array.from({ length: BATCH }, (_row, j) => i * BATCH + j),
      );
      const [a, b] = [eager, recorded.value].map((step) => {
        const losses = step.steps(batches).map(({ loss }) => loss);
        const state = step.readState().tensors.get('rnn/state_0');
        step.dispose();
        return { losses, state };
      });
      expect(a.state?.shape).toEqual([BATCH, 6]);
      expect(Math.max(...(a.state?.values ?? []).map(Math.abs))).toBeGreaterThan(0.1);
      b.losses.forEach((loss, i) => expect(loss).toBeCloseTo(a.losses[i], 5));
      b.state?.values.forEach((value, i) => expect(value).toBeCloseTo(a.state?.values[i] ?? NaN, 5));
    });

    it('goes on from a checkpoint within an epoch exactly as if it had never stopped', async () => {
      const run = { plan: remembering(true, 3), samples, seed: 5 };
      const whole = reportOf(await trainRun(run));
      const folder = newFolder();
      const stopped = await trainSteps(7, { ...run, folder });
      expect(reportOf(stopped)).toMatchObject({ stopped: 'asked', epochs: 0, steps: 7 });
      const checkpoint = path.join(folder, 'checkpoints', 'epoch-0001.safetensors');
      expect(reportOf(await trainRun({ ...run, folder, checkpoint })).metrics).toEqual(whole.metrics);
    });

    it('is judged from an empty state, in the order of the rows, and the same figures come out again', async () => {
      const plan = remembering(true);
      const network = buildNetwork(plan, { seed: 2 });
      const judge = (rows: Int32Array) =>
        evaluateAll({ plan, trainer: plan.trainers[0], network, samples, rows }, () => Promise.resolve());
      const rows = samples.parts.validation;
      const [all, again] = [await judge(rows), await judge(rows)];
      expect(again.metrics).toEqual(all.metrics);
      const values = all.predictions.get('loss')?.values ?? new Float32Array();
      const second = await judge(rows.subarray(BATCH, 2 * BATCH));
      expect([...(second.predictions.get('loss')?.values ?? [])]).not.toEqual([
        ...values.subarray(BATCH, 2 * BATCH),
      ]);
      network.dispose();
    });
  },
);
