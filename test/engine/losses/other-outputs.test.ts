/** A formula of other outputs is a loss of its own: here one that keeps a hidden layer small. */
import { beforeAll, expect, it, describe } from 'vitest';
import { RandomStream } from '../../../shared/random/random';
import { eagerStep } from '../../../electron/engine/step/eager';
import { recordedStep } from '../../../electron/engine/step/recorded/record-step';
import type { TrainingStep } from '../../../electron/engine/step/step';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { dense, planOf, samplesOf, type PlanSketch } from '../plans';
import { batches, stepOptions } from '../step/recorded-cases';

const N = 40;
const random = new RandomStream(6, 'test', 'other outputs');
const draw = (count: number) => Float32Array.from({ length: count }, () => random.normal());
const samples = samplesOf({ values: draw(N * 3), shape: [3] }, { values: draw(N), shape: [1] }, { train: N });
const regression = { labels: 'values', task: 'regression', predictionMeans: 'values' } as const;
const given = (layers: PlanSketch['layers'], loss: PlanSketch['loss']) =>
  stepOptions(planOf({ input: [null, 3], layers, loss: { ...regression, ...loss } }), samples);

function losses(step: TrainingStep): number[] {
  const found = batches(6, 16).map((rows) => step.step(rows).loss);
  step.dispose();
  return found;
}

describe.skipIf(lacks('the native engine', hasNative))('a loss of other outputs', () => {
  beforeAll(useNative);

  it('is the penalty on a layer that it was written as, eagerly and recorded', () => {
    const [hidden, out] = [dense('hidden', 5, 'tanh'), dense('out', 1, 'linear')];
    const written = () =>
      given([hidden, out], {
        class_name: 'FormulaLoss',
        config: { formula: '(p - y)^2 + 0.1 * sum(o1^2)' },
        others: ['hidden'],
      });
    const penalty = { block: 'small', class_name: 'ActivityRegularization', config: { l1: 0, l2: 0.1 }, output_shape: [null, 5] };
    const expected = losses(eagerStep(given([hidden, penalty, out], { class_name: 'MeanSquaredError' })));
    const recorded = recordedStep({ ...written(), sizes: [16] });
    if (!recorded.ok) throw new Error(recorded.problem.message);
    for (const step of [eagerStep(written()), recorded.value])
      losses(step).forEach((loss, i) => expect(loss).toBeCloseTo(expected[i], 5));
  });
}); // prettier-ignore
