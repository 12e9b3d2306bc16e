import { beforeAll, it } from 'vitest';
import { buildNetwork } from '/work/main/electron/engine/network/network';
import { eagerStep } from '/work/main/electron/engine/step/eager';
import { tf } from '/work/main/electron/engine/tensorflow';
import { useNative } from '/work/main/test/engine/native';
import { blobs, dense, planOf } from '/work/main/test/engine/plans';
beforeAll(useNative);
it('p', () => {
  const layers = [ dense('hidden', 16, 'relu'), { block: 'drop', class_name: 'Dropout', config: { rate: 0.2 }, output_shape: [null, 16] }, { block: 'norm', class_name: 'BatchNormalization', output_shape: [null, 16] }, dense('out', 3, 'softmax')];
  const plan = planOf({ input: [null, 2], layers, trainer: { optimizer: { block: 'o', class_name: 'Adam', config: { learning_rate: 0.01 } } } });
  const network = buildNetwork(plan, { seed: 1 });
  const step = eagerStep({ plan, trainer: plan.trainers[0], network, samples: blobs({ train: 1500 }), sampleWeights: new Map() });
  const rows = new Int32Array(1);
  let t = performance.now();
  for (let i = 0; i < 1000; i++) { rows[0] = i; step.step(rows); if (i % 100 === 99) { console.log(i, (performance.now() - t) / 100, tf.memory().numTensors, step.mark === undefined); t = performance.now(); } }
  t = performance.now();
  for (let i = 0; i < 100; i++) step.mark().release();
  console.log('mark', (performance.now() - t) / 100);
});
