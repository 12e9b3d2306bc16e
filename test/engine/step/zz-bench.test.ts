import { beforeAll, it } from 'vitest';
import { performance } from 'node:perf_hooks';
import type { Plan } from '../../../shared/compiler/plan';
import { RandomStream } from '../../../shared/random/random';
import { buildNetwork } from '../../../electron/engine/network/network';
import { eagerStep } from '../../../electron/engine/step/eager';
import { recordedStep } from '../../../electron/engine/step/recorded/record-step';
import type { Samples } from '../../../electron/engine/step/samples';
import type { TrainingStep } from '../../../electron/engine/step/step';
import { useNative } from '../native';
import { dense, planOf, samplesOf } from '../plans';

const N = 6000;
const r = new RandomStream(1, 't', 'x');
const x = Uint8Array.from({ length: N * 784 }, () => Math.floor(r.uniform() * 256));
const y = Int32Array.from({ length: N }, (_, i) => i % 10);
const adam = { block: 'optimizer', class_name: 'Adam', config: { learning_rate: 0.001 } };
const sgd = { block: 'optimizer', class_name: 'SGD', config: { learning_rate: 0.001 } };
const mlp = (o: typeof adam) => planOf({ input: [null, 784], layers: [dense('a', 128, 'relu'), dense('b', 128, 'relu'), dense('c', 10, 'softmax')], trainer: { batch_size: 128, optimizer: o } });
const cnn = (o: typeof adam) => planOf({ input: [null, 28, 28, 1], layers: [
  { block: 'c1', class_name: 'Conv2D', config: { filters: 32, kernel_size: 3, activation: 'relu' }, output_shape: [null, 26, 26, 32] },
  { block: 'p1', class_name: 'MaxPooling2D', config: {}, output_shape: [null, 13, 13, 32] },
  { block: 'c2', class_name: 'Conv2D', config: { filters: 64, kernel_size: 3, activation: 'relu' }, output_shape: [null, 11, 11, 64] },
  { block: 'p2', class_name: 'MaxPooling2D', config: {}, output_shape: [null, 5, 5, 64] },
  { block: 'f', class_name: 'Flatten', config: {}, output_shape: [null, 1600] },
  { block: 'd', class_name: 'Dropout', config: { rate: 0.5 }, output_shape: [null, 1600] },
  dense('c', 10, 'softmax')], trainer: { batch_size: 64, optimizer: o } });

function time(step: TrainingStep, size: number, steps: number) {
  const best: number[] = [];
  for (let i = 0; i < steps; i++) {
    const rows = Int32Array.from({ length: size }, (_, j) => (i * size + j) % N);
    const t = performance.now();
    step.step(rows);
    best.push(performance.now() - t);
  }
  best.sort((a, b) => a - b);
  return best[best.length >> 1];
}
function bench(name: string, plan: Plan, shape: number[], size: number, steps: number) {
  const samples: Samples = samplesOf({ values: x, shape, scale: 1 / 255 }, { values: y, shape: [] }, { train: N });
  const [trainer] = plan.trainers;
  const given = () => ({ plan, trainer, network: buildNetwork(plan, { seed: 3 }), samples, sampleWeights: new Map() });
  const t0 = performance.now();
  const rec = recordedStep(given());
  if (!rec.ok) throw new Error(rec.problem.message);
  const t1 = performance.now();
  rec.value.step(Int32Array.from({ length: size }, (_, j) => j));
  const t2 = performance.now();
  const plain = recordedStep({ ...given(), rules: [] });
  if (!plain.ok) throw new Error(plain.problem.message);
  const eager = eagerStep(given());
  const lines: string[] = [];
  const all: [string, TrainingStep][] = [['eager', eager], ['recorded without rules', plain.value], ['recorded', rec.value]];
  const times: Record<string, number[]> = { eager: [], 'recorded without rules': [], recorded: [] };
  for (let round = 0; round < 5; round++) for (const [n, s] of all) times[n].push(time(s, size, steps));
  for (const [n] of all) { const m = times[n].sort((a, b) => a - b)[2]; lines.push(`${n} ${Math.round(size / m * 1000)}/s (${m.toFixed(2)} ms)`); }
  console.log(name, lines.join(' · '), `record ${Math.round(t1 - t0)} ms, first step ${Math.round(t2 - t1)} ms`);
  for (const [, s] of all) s.dispose();
}
beforeAll(useNative);
it('speed', () => {
  bench('small', planOf({ input: [null, 784], layers: [dense('a', 32, 'relu'), dense('c', 10, 'softmax')], trainer: { batch_size: 32, optimizer: sgd } }), [784], 32, 300);
  bench('small adam', planOf({ input: [null, 784], layers: [dense('a', 32, 'relu'), dense('c', 10, 'softmax')], trainer: { batch_size: 32, optimizer: adam } }), [784], 32, 300);
  bench('mlp adam', mlp(adam), [784], 128, 60);
  if (process.env.X) bench('mlp sgd', mlp(sgd), [784], 128, 60);
  bench('cnn adam', cnn(adam), [28, 28, 1], 64, 15);
}, 300000);
