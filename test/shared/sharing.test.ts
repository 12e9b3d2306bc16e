/** Weights that stay, weights that two blocks use, and inputs that must not be mixed up. */
import { describe, expect, it } from 'vitest';
import { loadDocument, saveText } from '../../shared/document/load';
import { digitsData } from './data';
import { draw, network, type Drawing } from './draw';

const errors = (drawing: Drawing) =>
  drawing
    .compile()
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ block, message }) => `${block}: ${message}`);

const autoencoder = () =>
  network(digitsData(), ['OneHot'], ['Flatten', ['Dense', { units: 64 }], ['TiedDense', { layer: ['dense'] }], ['Dense', { units: 10 }], 'Softmax']); // prettier-ignore

describe('a layer that is switched off for training', () => {
  it('counts as fixed and is written down as in Keras', () => {
    const drawing = network(digitsData(), ['OneHot'], ['Flatten', ['Dense', { units: 8, trainable: false }], ['Dense', { units: 10 }], 'Softmax']); // prettier-ignore
    const { plan, totals } = drawing.compile();
    const frozen = plan?.layers.find(({ block }) => block === 'dense');
    expect(frozen?.config.trainable).toBe(false);
    expect(frozen?.weights.map(({ trainable }) => trainable)).toEqual([false, false]);
    expect(plan?.layers.find(({ block }) => block === 'dense_2')?.config).not.toHaveProperty('trainable');
    expect(totals.parameters - totals.trainableParameters).toBe(784 * 8 + 8);
  });
});

describe('blocks that use the weights of another', () => {
  it('TiedDense goes back the way that a Dense came, with a bias only', () => {
    const { plan } = autoencoder().compile();
    const tied = plan?.layers.find(({ block }) => block === 'tied_dense');
    expect(tied).toMatchObject({ output_shape: [null, 784], parameters: 784, shares: 'dense' });
  });

  it('SharedLayer has the settings of the layer and no weights', () => {
    const drawing = network(digitsData(), ['OneHot'], ['Flatten', ['Dense', { units: 20 }], ['Dense', { units: 20, activation: 'tanh' }], ['SharedLayer', { layer: ['dense_2'] }], ['Dense', { units: 10 }], 'Softmax']); // prettier-ignore
    const shared = drawing.compile().plan?.layers.find(({ block }) => block === 'shared_layer');
    expect(shared).toMatchObject({ class_name: 'Dense', parameters: 0, shares: 'dense_2' });
    expect(shared?.config).toMatchObject({ units: 20, activation: 'tanh' });
  });

  it('say so while no layer is chosen, or one that does not fit', () => {
    expect(errors(autoencoder().set('tied_dense', 'layer', null))[0]).toContain('TiedDense needs a layer');
    expect(errors(autoencoder().set('tied_dense', 'layer', ['nowhere']))[0]).toContain('TiedDense needs');
    expect(errors(autoencoder().set('tied_dense', 'layer', ['flatten']))[0]).toContain('TiedDense needs');
    const late = errors(autoencoder().set('tied_dense', 'layer', ['dense_2']));
    expect(late.length).toBeGreaterThan(0);
  });
});

describe('blocks with a first and a second input', () => {
  const difference = () =>
    draw()
      .place('Digits', {}, { id: 'data', facts: digitsData() })
      .chain('data', 'Input', 'Flatten', ['Dense', { units: 4 }])
      .place('Dense', { units: 4 }, { id: 'other' })
      .wire('flatten', 'other')
      .place('Subtract');

  it('are read by port, not in the order in which wires were drawn', () => {
    const drawing = difference().wire('dense', 'subtract.second').wire('other', 'subtract.first');
    expect(drawing.compile().blocks.subtract).toMatchObject({
      inputs: { first: [[null, 4]], second: [[null, 4]] },
      output: [null, 4],
    });
    expect(errors(drawing).filter((message) => message.startsWith('subtract'))).toEqual([]);
  });

  it('open from older files, where the first wire was the first input', () => {
    const drawing = difference().wire('other', 'subtract.first').wire('dense', 'subtract.second');
    const file = JSON.parse(saveText(drawing.document)) as {
      blocks: Record<string, { version: number }>;
      wires: Record<string, { to: { block: string; port: string } }>;
    };
    file.blocks.subtract.version = 1;
    for (const { to } of Object.values(file.wires)) if (to.block === 'subtract') to.port = 'inputs';
    expect(loadDocument(JSON.stringify(file))).toEqual({ ok: true, value: drawing.document });
  });
});
