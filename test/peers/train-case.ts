/** Trains a case of the comparisons with this engine's eager step. */
import { buildNetwork } from '../../electron/engine/network/network';
import { eagerStep } from '../../electron/engine/step/eager';
import { tf } from '../../electron/engine/tensorflow';
import { BATCH, STEPS, sizeOf, type Answer, type Case } from './parity';

/** What this engine makes of a case on the backend in use, and the weights that it began with. */
export function trainCase({ plan, samples, weighted }: Case): {
  answer: Omit<Answer, 'shapes' | 'weight_shapes'>;
  weights: Record<string, number[]>;
} {
  const network = buildNetwork(plan, { seed: 4 });
  const initial = Object.fromEntries(
    [...network.readWeights()].map(([key, { values }]) => [key, [...values]]),
  );
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
  const predictions = tf.tidy(() => {
    const input = samples.inputs.get('input');
    const shape = input?.shape ?? [];
    const x = tf.tensor(Float32Array.from(input?.values.subarray(0, BATCH * sizeOf(shape)) ?? []), [
      BATCH,
      ...shape,
    ]);
    const { outputs } = network.forward(new Map([['input', x]]), {
      training: false,
      step: tf.scalar(0, 'int32'),
    });
    return [...(outputs.get(plan.outputs[0])?.dataSync() ?? [])];
  });
  const weights = Object.fromEntries(
    [...network.readWeights()].map(([key, { values }]) => [key, [...values]]),
  );
  step.dispose();
  network.dispose();
  return { answer: { losses, parts, weights, predictions }, weights: initial };
}
