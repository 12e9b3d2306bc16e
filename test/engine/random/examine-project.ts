/**
 * Examines a network that nobody has looked at: is the recorded step the eager one, does the same seed give the same bits,
 * does a stopped run go on as if it had not been stopped, does nothing leak, and do the kept weights predict the same where
 * they are read back and where they are exported to.
 */
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Tensor } from '@tensorflow/tfjs';
import type { Plan } from '../../../shared/compiler/plan';
import { stagesOf } from '../../../shared/compiler/stages';
import type { PreparationState } from '../../../shared/document/preparation';
import { RandomStream } from '../../../shared/random/random';
import { RUN_FILES, predictionsFile, type Report } from '../../../shared/protocol/run';
import { checkpointPath, readCheckpoint } from '../../../electron/engine/checkpoint/checkpoint';
import { readNpy } from '../../../electron/engine/files/npy';
import { buildNetwork, type Network } from '../../../electron/engine/network/network';
import { averagedWeights } from '../../../electron/engine/step/averaged-weights';
import { chooseStep } from '../../../electron/engine/step/choose';
import { sampleWeights } from '../../../electron/engine/step/class-weights';
import { batchOf } from '../../../electron/engine/step/objective';
import { nativeBackend } from '../../../electron/engine/step/recorded/native';
import type { Samples } from '../../../electron/engine/step/samples';
import type { TrainingStep } from '../../../electron/engine/step/step';
import { tf } from '../../../electron/engine/tensorflow';
import { planSamples } from '../../../electron/engine/training/plan-samples';
import { exportTfjs } from '../../../electron/export/tfjs/export-tfjs';
import { newFolder, reportOf, trainRun, trainSteps, type Trained } from '../runs';
import { facts, preparedFor } from './random-data';
import type { RandomProject } from './random-project';

const STEPS = 20;

/** How many tensors there are: of the binding, and of TensorFlow.js. */
const tensors = (): number[] => [nativeBackend()?.binding.getNumOfTensors() ?? 0, tf.memory().numTensors];

/** Puts the smallest doubt into every weight: its last bit. */
function nudge(network: Network, random: RandomStream): void {
  const weights = network.readWeights();
  for (const { values } of weights.values())
    for (let i = 0; i < values.length; i++) values[i] *= 1 + 2 ** -23 * (random.below(3) - 1);
  network.writeWeights(weights);
}

interface Opened {
  step: TrainingStep;
  network: Network;
  eagerBecause: string | null;
}

function open(
  plan: Plan,
  samples: Samples,
  wanted: 'eager' | 'recorded',
  change?: (network: Network) => void,
): Opened {
  const [[trainer, ...beside]] = stagesOf(plan);
  const network = buildNetwork(plan, { seed: 3 });
  change?.(network);
  const weights = new Map(
    [trainer, ...beside].flatMap((one) => [...sampleWeights(one, plan.losses, samples)]),
  );
  const chosen = chooseStep({ plan, trainer, beside, network, samples, sampleWeights: weights }, wanted);
  return { ...chosen, network, eagerBecause: chosen.eagerBecause?.message ?? null };
}

const close = ({ step, network }: Opened): void => {
  step.dispose();
  network.dispose();
};

/** Batches in a row, of the size of the first Train block, the last of each epoch shorter. */
function batchesOf(plan: Plan, { parts }: Samples): Int32Array[] {
  const size = plan.trainers[0].batch_size;
  const rows = parts.train;
  const epoch = Array.from({ length: Math.ceil(rows.length / size) }, (_, i) =>
    rows.subarray(i * size, (i + 1) * size),
  );
  return Array.from({ length: STEPS }, (_, i) => epoch[i % epoch.length]);
}

const apart = (a: number, b: number, least = 1e-3): number =>
  Object.is(a, b) ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), least);

export interface Agreement {
  /** Largest relative difference of the losses. */
  difference: number;
  /** What the last bit of the weights changes in the eager step: where a network blows up rounding, nothing agrees better. */
  doubt: number;
  eagerBecause: string | null;
  /** Whether the number of tensors stayed the same over the steps. */
  isFlat: boolean;
}

/** The recorded and the eager step beside each other, up to the first loss that is not finite. */
export function agreementOf({ plan, seed }: RandomProject): Agreement {
  const samples = planSamples(plan, preparedFor(plan, seed));
  const recorded = open(plan, samples, 'recorded');
  const eager = open(plan, samples, 'eager');
  const doubtful = open(plan, samples, 'eager', (network) =>
    nudge(network, new RandomStream(seed, 'random networks', 'nudge')),
  );
  const found: Agreement = { difference: 0, doubt: 0, eagerBecause: recorded.eagerBecause, isFlat: true };
  const batches = batchesOf(plan, samples);
  let [settled, largest]: [number[], number] = [[], 1e-3];
  for (const [i, rows] of batches.entries()) {
    const [a, b, c] = [eager, recorded, doubtful].map(({ step }) => step.step(rows).loss);
    // A batch of one sample may have next to no loss, which is then nothing but rounding.
    largest = Math.max(largest, Math.abs(a));
    found.difference = Math.max(found.difference, apart(a, b, largest / 10));
    found.doubt = Math.max(found.doubt, apart(a, c, largest / 10));
    if (!Number.isFinite(a) || !Number.isFinite(b)) break;
    // Every size of batch has been seen by then.
    if (i === 10) settled = tensors();
    if (i > 10) found.isFlat &&= tensors().join() === settled.join();
  }
  found.eagerBecause ??= recorded.step.notRecorded?.message ?? null;
  for (const one of [recorded, eager, doubtful]) close(one);
  return found;
}

/** The newest checkpoint of a run. */
function newest(folder: string): string {
  const name = readdirSync(path.join(folder, RUN_FILES.checkpoints)).sort().pop();
  if (name === undefined) throw new Error('no checkpoint');
  return path.join(folder, RUN_FILES.checkpoints, name);
}

/** Everything that a run ends with, bit for bit, but the time. */
function ending(run: Trained): unknown {
  const report = reportOf(run);
  const read = readCheckpoint(newest(run.folder));
  if (!read.ok) throw new Error(read.problem.message);
  const { state, progress } = read.value;
  const { monitor, history, learningRate, rates, epochs, plateau } = progress;
  const { metrics, keptEpoch, steps, stopped } = report;
  return {
    tensors: [...state.tensors].map(([key, { shape, values }]) => [
      key,
      shape,
      Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('base64'),
    ]),
    iteration: state.iteration,
    progress: { monitor, history, learningRate, rates, epochs, plateau },
    report: { metrics, keptEpoch, steps, stopped },
  };
}

export const trainedRun = ({ plan, seed }: RandomProject): Promise<Trained> =>
  trainRun({ plan, samples: planSamples(plan, preparedFor(plan, seed)), seed });

export interface Endings {
  whole: unknown;
  again: unknown;
  resumed: unknown;
  stopped: Report['stopped'];
  leaked: number[];
  run: Trained;
}

export async function endingsOf({ plan, seed }: RandomProject): Promise<Endings> {
  const samples = planSamples(plan, preparedFor(plan, seed));
  const before = tensors();
  const run = await trainRun({ plan, samples, seed });
  const after = tensors();
  const again = await trainRun({ plan, samples, seed });
  const stoppedAfter =
    1 + new RandomStream(seed, 'random networks', 'stop').below(Math.max(1, reportOf(run).steps - 1));
  const cut = await trainSteps(stoppedAfter, { plan, samples, seed });
  const { folder } = cut;
  const resumed =
    cut.result.ok && cut.result.value.stopped === 'asked'
      ? await trainRun({ plan, samples, seed, folder, checkpoint: newest(folder) })
      : cut;
  return {
    run,
    whole: ending(run),
    again: ending(again),
    resumed: ending(resumed),
    stopped: reportOf(run).stopped,
    leaked: after.map((count, i) => count - before[i]),
  };
}

export interface Kept {
  /** Largest difference of what the run wrote down of its first loss and what its kept checkpoint predicts. */
  difference: number;
  /** Of the exported model; a sentence where TensorFlow.js has no place for the network. */
  exported: number | { code: string; message: string };
}

const preparation = (plan: Plan): PreparationState => ({
  format: 'axonry-preparation',
  version: 1,
  sources: [
    {
      block: 'data',
      source: 'made up',
      fingerprint: 'f',
      columns: facts.columns.map(({ name, role, dtype, shape, classes }) => ({
        name,
        role,
        dtype,
        shape,
        ...(classes ? { classes } : {}),
      })),
    },
  ],
  steps: [],
  arrays: plan.inputs.map(() => ({})) as never,
});

export async function keptOf({ plan, seed }: RandomProject, run: Trained): Promise<Kept> {
  const samples = planSamples(plan, preparedFor(plan, seed));
  const read = readCheckpoint(checkpointPath(run.folder, reportOf(run).keptEpoch));
  if (!read.ok) throw new Error(read.problem.message);
  const network = buildNetwork(plan, { seed: 99 });
  const weights = new Map(
    [...averagedWeights(read.value.state.tensors)].filter(([key]) => network.weights.has(key)),
  );
  network.writeWeights(weights);
  const rows = samples.parts.test;
  const expectation = tf.tidy(() => {
    const { inputs } = batchOf(samples, rows);
    const { outputs } = network.forward(inputs, { training: false, step: tf.scalar(0, 'int32') });
    const values = (from: ReadonlyMap<string, Tensor>, block: string) => {
      const tensor = from.get(block);
      if (!tensor) throw new Error(`no ${block}`);
      return { shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) };
    };
    return {
      inputs: plan.inputs.map(({ block }) => values(inputs, block)),
      outputs: plan.outputs.map((block) => values(outputs, block).values),
    };
  });
  network.dispose();
  const exported = await exportTfjs(
    { plan, weights, preparation: preparation(plan) },
    path.join(newFolder(), 'model'),
    expectation,
  );
  return {
    difference: writtenDifference(plan, run, expectation.outputs),
    exported: exported.ok ? (exported.value.maxDifference ?? NaN) : exported.problem,
  };
}

function writtenDifference(plan: Plan, { folder }: Trained, outputs: readonly Float32Array[]): number {
  const trainer = [...stagesOf(plan)].pop()?.[0];
  const loss = plan.losses.find(({ block }) => block === trainer?.losses[0]);
  const written = readNpy(path.join(folder, RUN_FILES.predictions, predictionsFile('test', 'kept')));
  if (!written.ok) throw new Error(written.problem.message);
  const predicted = outputs[plan.outputs.indexOf(loss?.prediction ?? '')];
  return Math.max(...written.value.values.map((value, i) => apart(value, predicted[i])));
}
