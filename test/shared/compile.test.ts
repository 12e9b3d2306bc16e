/** A whole network compiles to a plan that says everything that an engine needs. */
import { describe, expect, it } from 'vitest';
import { plan as planSchema } from '../../shared/compiler/plan';
import { classes, column, data, digitsData } from './data';
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

  it('says what the optimizer keeps: two values for each trained weight with Adam, none with plain SGD', () => {
    expect(totals.optimizerBytes).toBe(2 * 4 * totals.trainableParameters);
    expect(blocks.conv2d.optimizerBytes).toBe(2 * 4 * 160);
    const frozen = digitsNetwork().set('conv2d', 'trainable', false).compile();
    expect(frozen.blocks.conv2d).toMatchObject({
      parameters: 160,
      trainableParameters: 0,
      optimizerBytes: 0,
    });
    expect(digitsNetwork().changeType('optimizer', 'SGD').compile().totals.optimizerBytes).toBe(0);
  });

  it('says what kind of number runs along each wire', () => {
    const drawing = network(
      data([column({ name: 'word', dtype: 'int32', shape: [6], min: 0, max: 9 }), classes(3)]),
      ['OneHot'],
      [['Embedding', { input_dim: 10, output_dim: 4, mask_zero: true }], ['LSTM', { units: 5 }], ['Dense', { units: 3 }], 'Softmax'],
    ); // prettier-ignore
    const { blocks: results, wires } = drawing.compile();
    const of = (id: string) => [results[id].dtype, results[id].masked];
    expect([of('input'), of('embedding'), of('lstm')]).toEqual([
      ['int32', false],
      ['float32', true],
      ['float32', false],
    ]);
    const fromEmbedding = Object.entries(drawing.document.wires).find(
      ([, { from }]) => from.block === 'embedding',
    );
    expect(wires[fromEmbedding?.[0] ?? '']).toMatchObject({ dtype: 'float32', masked: true });
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
