import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { Competitor, idle } from '../bench/train/competitor';
import { lineOf } from '../bench/train/line';
import { planOf, WORKLOADS } from '../bench/train/workloads';
import type { Plan } from '../../shared/compiler/plan';
import { full, lacks, peerPython } from '../environment';

const script = path.resolve(import.meta.dirname, '../bench/train/keras_worker.py');

const ran = (name: string, speed: number) => ({ ...idle(name), rounds: [speed], cpuRounds: [speed] });

describe('the comparison of training speed', () => {
  const plan = planOf(WORKLOADS[0]) as Plan;
  const cost = { plan, predictedBytes: 1, machine: { gflops: 100, gigabytes: 10 } };
  const best = { name: 'some', asked: { best: 1.2 } };

  it('is reached where all took part and ours is as much faster as asked', () => {
    expect(lineOf(best, [ran('ours', 130), ran('keras', 100), ran('kerasJax', 90)], cost).shortOf).toEqual(
      [],
    );
    expect(lineOf(best, [ran('ours', 130), ran('keras', 100), ran('kerasJax', 120)], cost).shortOf).toEqual([
      '1.08 × the best of Keras, asked 1.2',
    ]);
  });

  it('is not reached where a rival could not run, and says why', () => {
    const absent = { ...idle('kerasXla'), note: 'no module named keras' };
    expect(lineOf(best, [ran('ours', 130), ran('keras', 100), absent], cost).shortOf).toEqual([
      'kerasXla did not run: no module named keras',
    ]);
  });

  it('says what of the time products and updates need at least', () => {
    // 784-512-512-10: the first layer needs no gradient of its input.
    const operations = 2 * (2 * 784 * 512 + 3 * 512 * 512 + 3 * 512 * 10);
    const bytes = (28 * (785 * 512 + 513 * 512 + 513 * 10)) / 128;
    const { bounds } = lineOf(best, [ran('ours', 1000)], cost);
    expect(bounds?.products).toBeCloseTo((1000 * operations) / 100e9, 10);
    expect(bounds?.updates).toBeCloseTo((1000 * bytes) / 10e9, 10);
  });

  it('tells the last words of a rival that breaks', async () => {
    const broken = new Competitor({
      name: 'broken',
      command: process.execPath,
      args: ['--eval', 'console.error("out of luck"); process.exit(1)'],
    });
    expect(await broken.machine()).toBeNull();
    expect(broken.figures.note).toBe('out of luck');
    await broken.end();
  });

  const nets = WORKLOADS.filter(({ name }) => name === 'small-mlp' || (full && name === 'dcgan'));

  it.skipIf(lacks('Keras', peerPython !== null)).each(nets)('trains in Keras: $title', async (workload) => {
    const keras = new Competitor({ name: 'keras', command: peerPython ?? '', args: [script] });
    const { input, classes, batch } = workload;
    const plan = planOf(workload);
    if (typeof plan === 'string') throw new Error(plan);
    await keras.prepare({ plan, input, classes, n: 2 * batch, jit: false, stepsPerExecution: 1 });
    await keras.round(0);
    await keras.end();
    expect(keras.figures.note).toBe('tensorflow');
    expect(keras.figures.rounds[0]).toBeGreaterThan(0);
    expect(keras.figures.peakBytes).toBeGreaterThan(1e8);
  });
});
