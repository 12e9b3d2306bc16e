import { describe, expect, it } from 'vitest';
import { data, features, oneHotClasses, target } from '../data';
import { network } from '../draw';

const price = data([...features(4), target()]);
const dense = (units: number): [string, { units: number }] => ['Dense', { units }];

describe('a loss that is written as a formula', () => {
  it('reads other outputs by the order of their wires', () => {
    const formula = '(p - y)^2 + 0.1 * mean(o1^2)';
    const drawing = network(price, [], [dense(3), 'Tanh', dense(1)], { loss: 'FormulaLoss', lossParams: { formula } });
    expect(drawing.compile().diagnostics.map(({ code }) => code)).toContain('block/formula');
    const { plan, diagnostics } = drawing.wire('tanh', 'loss.others').compile();
    expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
    expect(plan?.losses[0]).toMatchObject({ prediction: 'dense_2', others: ['tanh'], task: 'regression', labels: 'values' });
    expect(plan?.outputs).toEqual(['dense_2']);
  });

  it('is judged as what it says it is', () => {
    const lossParams = { formula: '-sum(y * log(p), -1)', judged_as: 'classification' };
    const drawing = network(data([...features(4), oneHotClasses(3)]), [], [dense(3), 'Softmax'], { loss: 'FormulaLoss', lossParams });
    const { plan, diagnostics } = drawing.compile();
    expect(diagnostics.filter(({ code }) => code === 'train/settings')).toEqual([]);
    expect(plan?.losses[0]).toMatchObject({ task: 'classification', labels: 'one-hot', predictionMeans: 'probabilities', classes: ['0', '1', '2'] });
    expect(plan?.trainers[0].metrics).toEqual(['accuracy']);
  });
}); // prettier-ignore
