/** Owns the first networks of the books: one neuron, one layer, a few layers. */
import type { Endpoint } from '../../document/document';
import type { Sketch } from '../sketch';
import { digits, trained, type Template } from './template';

const classes = { loss: 'CategoricalCrossentropy', train: { epochs: 5, batch_size: 64 } };

function points(sketch: Sketch, shape: string, hidden: number): void {
  const data = sketch.chain(sketch.add('ToyData', { shape, count: 500 }), 'Split');
  const input = sketch.add('Input', {}, data);
  const last = hidden > 0 ? sketch.add('Dense', { units: hidden, activation: 'tanh' }, input) : input;
  const output = sketch.chain(last, ['Dense', { units: 1 }], 'Sigmoid');
  trained(sketch, output, data, {
    loss: 'BinaryCrossentropy',
    optimizerParams: { learning_rate: 0.03 },
    train: { epochs: 40, batch_size: 32 },
  });
}

function digitClasses(sketch: Sketch, layers: (flat: Endpoint) => Endpoint): void {
  const { input, data } = digits(sketch, 'one-hot');
  const last = layers(sketch.add('Flatten', {}, input));
  trained(sketch, sketch.chain(last, ['Dense', { units: 10 }], 'Softmax'), data, classes);
}

export const beginnings: readonly Template[] = [
  {
    name: 'perceptron',
    title: 'Perceptron',
    family: 'Beginnings',
    summary: 'One neuron that draws a straight line between two kinds of points. A sigmoid takes the place of the step, so that it can learn by gradient descent.',
    parameters: 3,
    source: 'Rosenblatt, The Perceptron (1958); 2 weights and a bias',
    draw: (sketch) => points(sketch, 'linear', 0),
  },
  {
    name: 'xor',
    title: 'XOR with a hidden layer',
    family: 'Beginnings',
    summary: 'The pattern that no straight line divides, and the hidden layer that does it.',
    parameters: 33,
    source: 'Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 2; 2·8 + 8 + 8 + 1',
    draw: (sketch) => points(sketch, 'xor', 8),
  },
  {
    name: 'logistic-regression',
    title: 'Logistic regression',
    family: 'Beginnings',
    summary: 'Ten classes from one layer: a weight for every pixel and class, turned into shares by softmax.',
    parameters: 7850,
    source: 'Gulli, Kapoor, Deep Learning with TensorFlow 2 and Keras (2019), chapter 1; 784·10 + 10',
    draw: (sketch) => digitClasses(sketch, (flat) => flat),
  },
  {
    name: 'mlp-one-hidden',
    title: 'One hidden layer',
    family: 'Beginnings',
    summary: 'Fifteen neurons between the picture and the ten classes.',
    parameters: 11_935,
    source: 'Michelucci, Applied Deep Learning (2018), chapter 3, table 3-5: Q = 11,935',
    draw: (sketch) => digitClasses(sketch, (flat) => sketch.add('Dense', { units: 15, activation: 'relu' }, flat)),
  },
  {
    name: 'mlp',
    title: 'Two hidden layers with dropout',
    family: 'Beginnings',
    summary: 'Twice 128 neurons, each followed by a dropout of 30 %: the book’s network for handwritten digits.',
    parameters: 118_282,
    source: 'Gulli, Kapoor, Deep Learning with TensorFlow 2 and Keras (2019), chapter 1: 118,282 in its model summary',
    draw: (sketch) =>
      digitClasses(sketch, (flat) =>
        sketch.chain(flat, ['Dense', { units: 128, activation: 'relu' }], ['Dropout', { rate: 0.3 }], ['Dense', { units: 128, activation: 'relu' }], ['Dropout', { rate: 0.3 }]),
      ),
  },
]; // prettier-ignore
