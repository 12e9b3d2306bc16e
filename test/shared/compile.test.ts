/** A whole network compiles to a plan that says everything that an engine needs. */
import { describe, expect, it } from 'vitest';
import { plan as planSchema } from '../../shared/compiler/plan';
import { digitsData } from './data';
import { network } from './draw';

const digitsNetwork = () =>
  network(
    digitsData(),
    ['Split', 'Scale', 'OneHot'],
    [
      ['Conv2D', { filters: 16, padding: 'same' }], 'ReLU', 'MaxPooling2D',
      ['Conv2D', { filters: 32, padding: 'same' }], 'ReLU', 'MaxPooling2D',
      'Flatten', ['Dense', { units: 64, activation: 'relu' }], ['Dropout', { rate: 0.3 }], ['Dense', { units: 10 }], 'Softmax',
    ],
    { train: { epochs: 8, batch_size: 64 } },
  ); // prettier-ignore

describe('a network for digits', () => {
  const { plan, diagnostics, blocks, totals } = digitsNetwork().compile();

  it('compiles without a remark', () => {
    expect(diagnostics).toEqual([]);
    expect(planSchema.parse(plan)).toEqual(plan);
  });

  it('knows the shape of every block', () => {
    expect(blocks.input.output).toEqual([null, 28, 28, 1]);
    expect(blocks.conv2d_2.output).toEqual([null, 14, 14, 32]);
    expect(blocks.flatten.output).toEqual([null, 1568]);
    expect(blocks.softmax.output).toEqual([null, 10]);
    expect(blocks.split.facts?.parts).toEqual({ train: 8000, validation: 1000, test: 1000 });
  });

  it('counts weights, multiplications and memory', () => {
    const dense = (1568 + 1) * 64 + 65 * 10;
    expect(totals.parameters).toBe(160 + (9 * 16 + 1) * 32 + dense);
    expect(totals.trainableParameters).toBe(totals.parameters);
    expect(totals.multiplyAdds).toBe(28 * 28 * 16 * 9 + 14 * 14 * 32 * 9 * 16 + 1568 * 64 + 640);
    expect(blocks.conv2d.outputBytes).toBe(28 * 28 * 16 * 4);
  });

  it('plans data, layers, loss and trainer in order', () => {
    expect(plan?.datasets.map(({ type, from }) => [type, from])).toEqual([
      ['Digits', null],
      ['Split', 'data'],
      ['Scale', 'split'],
      ['OneHot', 'scale'],
    ]);
    expect(plan?.inputs).toEqual([
      { block: 'input', dataset: 'one_hot', columns: ['image'], shape: [null, 28, 28, 1] },
    ]);
    expect(plan?.layers.map(({ class_name }) => class_name).slice(0, 3)).toEqual([
      'Conv2D',
      'ReLU',
      'MaxPooling2D',
    ]);
    expect(plan?.losses[0]).toMatchObject({
      prediction: 'softmax', dataset: 'one_hot', columns: ['digit'], predictionMeans: 'probabilities',
      labels: 'one-hot', task: 'classification', classes: [...'0123456789'],
    }); // prettier-ignore
    expect(plan?.trainers[0]).toMatchObject({
      losses: ['loss'], epochs: 8, batch_size: 64, metrics: ['accuracy'], monitor: 'val_loss',
      optimizer: { block: 'optimizer', class_name: 'Adam', config: { learning_rate: 0.001, epsilon: 1e-7 } },
    }); // prettier-ignore
  });
});
