/** The catalogue: every block says all that palette, inspector and compiler ask of it. */
import { describe, expect, it } from 'vitest';
import { CATEGORIES, PORT_KINDS } from '../../shared/blocks/block';
import { catalogue, defaultsOf, definitionOf, findBlocks, valuesOf } from '../../shared/blocks/catalogue';
import { checkValue } from '../../shared/blocks/parameter';
import { nextId, nextWireId, snakeCase } from '../../shared/document/ids';
import { draw } from './draw';

const first = (query: string) => findBlocks(query)[0]?.type;

describe.each(Object.entries(catalogue))('%s', (type, definition) => {
  const values = defaultsOf(type);
  const ports = definition.ports(values);

  it('has a title, a summary, help and a source', () => {
    expect(definition.type).toBe(type);
    expect(definition.title.length).toBeLessThanOrEqual(36);
    expect(definition.summary).toMatch(/^[A-Z].*\.$/);
    expect(definition.help.split('\n\n').length).toBeGreaterThanOrEqual(2);
    expect(definition.help).toMatch(/Typical mistake|Split/);
    expect(definition.source.length).toBeGreaterThan(10);
    expect(CATEGORIES).toContain(definition.category);
    expect(new Set(definition.search).size).toBe(definition.search.length);
  });

  it('has defaults that pass its own checks', () => {
    for (const [name, parameter] of Object.entries(definition.parameters)) {
      expect(checkValue(name, values[name], parameter)).toBeNull();
      expect(parameter.help).toMatch(/[.;]/);
      expect(name).toMatch(/^[a-z][a-z0-9_]*$/);
    }
    expect(definition.caption(values)).not.toMatch(/undefined|NaN/);
    expect(valuesOf({ type, params: {} })).toEqual(values);
  });

  it('has ports that can be told apart', () => {
    for (const side of [ports.inputs, ports.outputs]) {
      expect(new Set(side.map(({ name }) => name)).size).toBe(side.length);
      for (const { kind } of side) expect(PORT_KINDS).toContain(kind);
    }
    expect(ports.inputs.length + ports.outputs.length).toBeGreaterThan(0);
  });

  it('writes a Keras config that is plain JSON', () => {
    const { behaviour } = definition;
    if (!('keras' in behaviour)) return;
    const config = behaviour.keras(values);
    expect(JSON.parse(JSON.stringify(config))).toEqual(config);
    expect(config.class_name).toMatch(/^[A-Z]/);
  });
});

describe('the catalogue', () => {
  it('lists categories together, in the order of the palette', () => {
    const order = Object.values(catalogue).map(({ category }) => CATEGORIES.indexOf(category));
    expect(order).toEqual([...order].sort((a, b) => a - b));
  });

  it('has the defaults of Keras 3', () => {
    expect(defaultsOf('Conv2D')).toMatchObject({
      strides: [1, 1],
      padding: 'valid',
      kernel_initializer: 'glorot_uniform',
      use_bias: true,
    });
    expect(defaultsOf('BatchNormalization')).toMatchObject({ axis: -1, momentum: 0.99, epsilon: 0.001 });
    expect(defaultsOf('LeakyReLU')).toEqual({ negative_slope: 0.3 });
    expect(defaultsOf('SGD')).toMatchObject({
      learning_rate: 0.01,
      momentum: 0,
      nesterov: false,
      schedule: null,
    });
    expect(defaultsOf('RMSprop')).toMatchObject({ rho: 0.9, epsilon: 1e-7, centered: false });
    expect(defaultsOf('AdamW')).toMatchObject({ weight_decay: 0.004, beta_2: 0.999, learning_rate: 0.001 });
    expect(defaultsOf('Adagrad')).toMatchObject({
      learning_rate: 0.001,
      initial_accumulator_value: 0.1,
      epsilon: 1e-7,
    });
    expect(defaultsOf('Adadelta')).toMatchObject({ learning_rate: 0.001, rho: 0.95, epsilon: 1e-7 });
    expect(defaultsOf('Lion')).toMatchObject({ learning_rate: 0.001, beta_1: 0.9, beta_2: 0.99 });
    expect(defaultsOf('Conv2DTranspose')).toMatchObject({ strides: [1, 1], padding: 'valid' });
    expect(defaultsOf('LayerNormalization')).toMatchObject({ axis: -1, epsilon: 0.001 });
    expect(defaultsOf('Adam')).toMatchObject({ beta_1: 0.9, beta_2: 0.999, epsilon: 1e-7 });
  });

  it('writes shorthand out', () => {
    expect(
      valuesOf({ type: 'Conv2D', params: { kernel_size: 5, kernel_regularizer: { l2: 0.1 } } }),
    ).toMatchObject({
      kernel_size: [5, 5],
      kernel_regularizer: { l1: 0, l2: 0.1 },
    });
  });

  it('shows the parameter that matters on the canvas', () => {
    const caption = (type: string, params = {}) =>
      definitionOf(type)?.caption(valuesOf({ type, params })).replaceAll('\u2009', ' ');
    expect(caption('Conv2D', { filters: 64 })).toBe('64 filters, 3 × 3');
    expect(caption('MaxPooling2D')).toBe('pool 2 × 2');
    expect(caption('Dense', { units: 1 })).toBe('1 unit');
    expect(caption('Split')).toBe('80 / 10 / 10 %');
    expect(caption('CSVTable', { path: 'data\\wine/iris.csv' })).toBe('iris.csv');
    expect(caption('ReLU')).toBe('');
  });

  it.each([
    ['dense', 'Dense'], ['fully connected', 'Dense'], ['Fully-Connected', 'Dense'], ['swish', 'SiLU'], ['conv', 'Conv2D'],
    ['max pool', 'MaxPooling2D'], ['gap', 'GlobalAveragePooling2D'], ['mnist', 'Digits'], ['mse', 'MeanSquaredError'],
    ['batch norm', 'BatchNormalization'], ['z-score', 'Standardize'], ['residual', 'Add'], ['logistic', 'Sigmoid'], ['fit', 'Train'],
  ])('finds "%s"', (query, type) => expect(first(query)).toBe(type)); // prettier-ignore

  it('finds nothing for nonsense and everything for nothing', () => {
    expect(findBlocks('qqqq')).toEqual([]);
    expect(findBlocks(' ').length).toBe(Object.keys(catalogue).length);
    expect(definitionOf('constructor')).toBeUndefined();
  });
});

describe('ids', () => {
  it('are Keras layer names, counted on', () => {
    expect(['Conv2D', 'MaxPooling2D', 'ReLU', 'GlobalAveragePooling2D', 'OneHot'].map(snakeCase)).toEqual([
      'conv2d', 'max_pooling2d', 're_lu', 'global_average_pooling2d', 'one_hot',
    ]); // prettier-ignore
    const drawing = draw().place('Conv2D').place('Conv2D').place('Conv2D');
    expect(Object.keys(drawing.document.blocks)).toEqual(['conv2d', 'conv2d_2', 'conv2d_3']);
    expect(nextId(draw().document, 'constructor')).toBe('constructor');
    expect(
      nextWireId({ wires: { w9: { from: { block: 'a', port: 'b' }, to: { block: 'c', port: 'd' } } } }),
    ).toBe('w10');
  });
});
