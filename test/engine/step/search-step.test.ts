import { beforeAll, describe, expect, it } from 'vitest';
import { RandomStream } from '../../../shared/random/random';
import type { PlanTrainer } from '../../../shared/compiler/plan';
import { chooseStep } from '../../../electron/engine/step/choose';
import type { TrainingStep } from '../../../electron/engine/step/step';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { dense, planOf, samplesOf } from '../plans';
import { stepOptions } from './recorded-cases';

const N = 40;
const rows = Int32Array.from({ length: N }, (_, i) => i);
const random = new RandomStream(5, 'test', 'search');
const x = Float32Array.from({ length: N * 2 }, () => random.normal());
/** 3 x₀ − 2 x₁ + 1 and a little noise. */
const y = Float32Array.from(
  { length: N },
  (_, i) => 3 * x[2 * i] - 2 * x[2 * i + 1] + 1 + 0.1 * random.normal(),
);

/** The weights of least squares by the normal equations, as (w₀, w₁, b). */
function leastSquares(): number[] {
  const row = (i: number) => [x[2 * i], x[2 * i + 1], 1];
  const table = [0, 1, 2].map((a) => [
    ...[0, 1, 2].map((b) => [...rows].reduce((sum, i) => sum + row(i)[a] * row(i)[b], 0)),
    [...rows].reduce((sum, i) => sum + row(i)[a] * y[i], 0),
  ]);
  for (let i = 0; i < 3; i++)
    for (let j = 0; j < 3; j++) {
      if (i === j) continue;
      const factor = table[j][i] / table[i][i];
      table[j] = table[j].map((value, k) => value - factor * table[i][k]);
    }
  return table.map((line, i) => line[3] / line[i]);
}

function stepOf(class_name: string, wanted: string | undefined, hidden: boolean, config = {}): TrainingStep {
  const trainer: Partial<PlanTrainer> = {
    optimizer: { block: 'optimizer', class_name, config },
    batch_size: N,
  };
  const layers = [...(hidden ? [dense('hidden', 6, 'tanh')] : []), dense('out', 1, 'linear')];
  const loss = {
    class_name: 'MeanSquaredError',
    labels: 'values',
    task: 'regression',
    predictionMeans: 'values',
  } as const;
  const plan = planOf({ input: [null, 2], layers, loss, trainer });
  const samples = samplesOf({ values: x, shape: [2] }, { values: y, shape: [] }, { train: N });
  return chooseStep(stepOptions(plan, samples), wanted).step;
}
const run = (step: TrainingStep, count: number) => Array.from({ length: count }, () => step.step(rows).loss);
const weightsOf = (step: TrainingStep) => {
  const { tensors } = step.readState();
  return [...(tensors.get('out/kernel')?.values ?? []), ...(tensors.get('out/bias')?.values ?? [])];
};

describe.skipIf(lacks('the native engine', hasNative))('methods that search', () => {
  beforeAll(useNative);
  const METHODS: [string, number][] = [['LBFGS', 12], ['Newton', 2], ['SteepestDescent', 60]];

  it.each(METHODS)('%s comes to the weights of least squares in %i steps', (name, count) => {
    const step = stepOf(name, undefined, false);
    expect(step.kind).toBe('recorded');
    run(step, count);
    weightsOf(step).forEach((weight, i) => expect(weight).toBeCloseTo(leastSquares()[i], 3));
    expect(step.iteration).toBe(count);
    step.dispose();
  });

  it.each(METHODS)('%s never climbs, and goes the same way recorded and eagerly', (name) => {
    const [recorded, eager] = [stepOf(name, undefined, true), stepOf(name, 'eager', true)];
    const losses = run(recorded, 6);
    losses.slice(1).forEach((loss, i) => expect(loss).toBeLessThanOrEqual(losses[i]));
    run(eager, 6).forEach((loss, i) => expect(Math.abs(loss - losses[i]) / losses[i]).toBeLessThan(0.02));
    for (const step of [recorded, eager]) step.dispose();
  });

  it.each(METHODS)('%s goes on from a saved state as if nothing had been', (name) => {
    const [whole, first, second] = [1, 2, 3].map(() => stepOf(name, undefined, true));
    const expected = run(whole, 7).slice(4);
    run(first, 4);
    expect(second.writeState(first.readState()).ok).toBe(true);
    expect(run(second, 3)).toEqual(expected);
    for (const step of [whole, first, second]) step.dispose();
  });

  it('a mark takes the step back, with what the method remembered', () => {
    const step = stepOf('LBFGS', undefined, true);
    run(step, 3);
    const mark = step.mark();
    const after = run(step, 3);
    step.returnTo(mark);
    expect(run(step, 3)).toEqual(after);
    mark.release();
    step.dispose();
  });
}); // prettier-ignore
