import { beforeAll, describe, expect, it } from 'vitest';
import { buildNetwork } from '../../electron/engine/network/network';
import { eagerStep } from '../../electron/engine/step/eager';
import { tf } from '../../electron/engine/tensorflow';
import { useNative } from './native';
import { blobs, dense, planOf } from './plans';

beforeAll(useNative);
describe('smoke', () => {
  it('learns', () => {
    const plan = planOf({ input: [null, 2], layers: [dense('a', 16, 'relu'), { block: 'd', class_name: 'Dropout', config: { rate: 0.2 }, output_shape: [null, 16] }, { block: 'bn', class_name: 'BatchNormalization', output_shape: [null, 16] }, dense('b', 3, 'softmax')], trainer: { optimizer: { block: 'o', class_name: 'Adam', config: { learning_rate: 0.01 } } } });
    const network = buildNetwork(plan, { seed: 1 });
    console.log([...network.weights.keys()]);
    const step = eagerStep({ plan, trainer: plan.trainers[0], network, samples: blobs({ train: 96 }), sampleWeights: new Map() });
    const rows = Int32Array.from({ length: 96 }, (_, i) => i);
    const first = step.step(rows);
    const before = tf.memory().numTensors;
    let last = first;
    for (let i = 0; i < 100; i++) last = step.step(rows);
    console.log(first, last, before, tf.memory().numTensors, step.examine(rows));
    expect(last.loss).toBeLessThan(first.loss / 3);
  });
});
