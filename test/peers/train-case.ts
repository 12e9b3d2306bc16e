/** Trains a case of the comparisons with this engine's eager step. */
import type { Tensor } from '@tensorflow/tfjs';
import { buildNetwork, type Network } from '../../electron/engine/network/network';
import { eagerStep } from '../../electron/engine/step/eager';
import { learnerOf, pass } from '../../electron/engine/step/learning';
import { batchOf } from '../../electron/engine/step/objective';
import { measureNormalization } from '../../electron/engine/training/measure-normalization';
import { tf } from '../../electron/engine/tensorflow';
import { BATCH, STEPS, type Answer, type Case } from './parity';

const FIRST = Int32Array.from({ length: BATCH }, (_, row) => row);

/** What the network says of the first batch. */
const predicted = (network: Network, { plan, samples }: Pick<Case, 'plan' | 'samples'>): number[] =>
  tf.tidy(() => {
    const { outputs } = network.forward(batchOf(samples, FIRST).inputs, {
      training: false,
      step: tf.scalar(0, 'int32'),
    });
    return [...(outputs.get(plan.outputs[0])?.dataSync() ?? [])];
  });

/** Of the first batch: the prediction, and the gradient by each weight. */
function firstPass(network: Network, given: Pick<Case, 'plan' | 'samples' | 'weighted'>) {
  const { plan, samples, weighted } = given;
  const learner = learnerOf(plan, plan.trainers[0], network);
  const gradients: Record<string, number[]> = {};
  tf.tidy(() => {
    const sampleWeights = new Map(weighted ? [['loss', tf.tensor1d(weighted.slice(0, BATCH))]] : []);
    const passed = pass(learner, {
      batch: batchOf(samples, FIRST),
      sampleWeights,
      step: tf.scalar(0, 'int32'),
    });
    for (const [key, { name, size }] of learner.trainable) {
      const gradient = passed.gradients[name] as Tensor | null | undefined;
      // A weight that no loss depends on has none.
      gradients[key] = gradient ? [...gradient.dataSync()] : Array<number>(size).fill(0);
    }
    passed.release();
  });
  return { forward: predicted(network, given), gradients };
}

/** What this engine makes of a case on the backend in use, and the weights that it began with. */
export function trainCase({ plan, samples, weighted }: Case): {
  answer: Omit<Answer, 'shapes' | 'weight_shapes'>;
  weights: Record<string, number[]>;
} {
  const network = buildNetwork(plan, { seed: 4 });
  measureNormalization({ plan, network, samples });
  const initial = Object.fromEntries(
    [...network.readWeights()].map(([key, { values }]) => [key, [...values]]),
  );
  const first = firstPass(network, { plan, samples, weighted });
  const step = eagerStep({
    plan,
    trainer: plan.trainers[0],
    network,
    samples,
    sampleWeights: new Map(weighted ? [['loss', weighted]] : []),
  });
  const scalars = Array.from({ length: STEPS }, (_, i) =>
    step.step(Int32Array.from({ length: BATCH }, (_unused, row) => i * BATCH + row)),
  );
  const losses = scalars.map(({ loss }) => loss);
  const parts = scalars.map(({ metrics }) =>
    plan.losses.length === 1 ? [] : plan.losses.map(({ block }) => metrics[`${block}_loss`] / BATCH),
  );
  const predictions = predicted(network, { plan, samples });
  const weights = Object.fromEntries(
    [...network.readWeights()].map(([key, { values }]) => [key, [...values]]),
  );
  step.dispose();
  network.dispose();
  return { answer: { ...first, losses, parts, weights, predictions }, weights: initial };
}
