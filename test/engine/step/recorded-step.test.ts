import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../../shared/compiler/plan';
import { buildNetwork } from '../../../electron/engine/network/network';
import { sampleWeights } from '../../../electron/engine/step/class-weights';
import { eagerStep } from '../../../electron/engine/step/eager';
import { recordedStep } from '../../../electron/engine/step/recorded/record-step';
import type { Samples } from '../../../electron/engine/step/samples';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { blobs, dense, planOf } from '../plans';

const adam = (learning_rate: number) => ({
  block: 'optimizer',
  class_name: 'Adam',
  config: { learning_rate },
});

function both(plan: Plan, samples: Samples) {
  const [trainer] = plan.trainers;
  const given = () => ({
    plan,
    trainer,
    network: buildNetwork(plan, { seed: 3 }),
    samples,
    sampleWeights: sampleWeights(trainer, plan.losses, samples),
  });
  const recorded = recordedStep(given());
  if (!recorded.ok) throw new Error(recorded.problem.message);
  return { eager: eagerStep(given()), recorded: recorded.value };
}

describe.skipIf(lacks('the native engine', hasNative))('a recorded step', () => {
  beforeAll(useNative);

  it('agrees with the eager one', () => {
    const plan = planOf({
      input: [null, 2],
      layers: [
        dense('hidden', 16, 'relu'),
        { block: 'drop', class_name: 'Dropout', config: { rate: 0.2 }, output_shape: [null, 16] },
        { block: 'norm', class_name: 'BatchNormalization', output_shape: [null, 16] },
        dense('out', 3, 'softmax'),
      ],
      trainer: { optimizer: adam(0.01) },
    });
    const samples = blobs({ train: 100 });
    const { eager, recorded } = both(plan, samples);
    for (let i = 0; i < 20; i++) {
      const rows = Int32Array.from({ length: 16 }, (_, j) => (i * 16 + j) % 100);
      console.log(eager.step(rows), recorded.step(rows));
    }
  });
});
