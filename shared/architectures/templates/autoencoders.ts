/** Owns the networks that learn to give back what they were given. */
import type { Endpoint } from '../../document/document';
import { decoder, encoder } from '../parts/autoencoder';
import type { Sketch, Step } from '../sketch';
import { digits, trained, type Template } from './template';

const VECTOR = 784;

/** The picture is its own label. Squared errors would stop at black pictures: most pixels are black, and there a sigmoid has no slope. */
function giveBack(sketch: Sketch, draw: (input: Endpoint) => Endpoint): void {
  const { input, data } = digits(sketch, 'pictures');
  trained(sketch, draw(input), data, {
    loss: 'BinaryCrossentropy',
    params: { column: ['image'] },
    train: { epochs: 10, batch_size: 64, metrics: ['mean_absolute_error'] },
  });
}

const asPicture: Step = ['Reshape', { target_shape: [28, 28, 1] }];

function plain(sketch: Sketch): void {
  giveBack(sketch, (input) =>
    sketch.chain(
      input,
      'Flatten',
      ['Dense', { units: 32, activation: 'relu' }],
      ['Dense', { units: VECTOR, activation: 'sigmoid' }],
      asPicture,
    ),
  );
}

function deep(sketch: Sketch): void {
  giveBack(sketch, (input) => sketch.chain(input, 'Flatten', encoder, decoder, asPicture));
}

/** 28 × 28 to 4 × 4 × 8 and back, as in the Keras blog. */
function convolutional(sketch: Sketch, noise: number): void {
  const conv = (filters: number, padding = 'same') =>
    ['Conv2D', { filters, padding, activation: 'relu' }] as const;
  const half = ['MaxPooling2D', { padding: 'same' }] as const;
  giveBack(sketch, (input) => {
    const seen = noise > 0 ? sketch.add('GaussianNoise', { stddev: noise }, input) : input;
    return sketch.chain(
      seen,
      conv(16), half, conv(8), half, conv(8), half,
      conv(8), 'UpSampling2D', conv(8), 'UpSampling2D', conv(16, 'valid'), 'UpSampling2D',
      ['Conv2D', { filters: 1, padding: 'same', activation: 'sigmoid' }],
    ); // prettier-ignore
  });
}

/** More units than pixels, most of which keep still; the way back uses the same weights. */
function sparse(sketch: Sketch): void {
  giveBack(sketch, (input) => {
    const flat = sketch.add('Flatten', {}, input);
    const code = sketch.add('Dense', { units: 1024, activation: 'sigmoid' }, flat, 'code');
    return sketch.chain(
      code,
      ['KLSparsity', { rho: 0.05 }],
      ['TiedDense', { layer: ['code'], activation: 'sigmoid' }],
      asPicture,
    );
  });
}

const BLOG = 'Chollet, Building Autoencoders in Keras (2016)';

export const autoencoders: readonly Template[] = [
  {
    name: 'autoencoder',
    title: 'Autoencoder',
    family: 'Autoencoders',
    summary: 'A picture through 32 numbers and back: what is lost shows what the numbers hold.',
    parameters: 50_992,
    source: `${BLOG}; 784·32 + 32 + 32·784 + 784`,
    draw: plain,
  },
  {
    name: 'autoencoder-deep',
    title: 'Deep autoencoder',
    family: 'Autoencoders',
    summary: 'Encoder and decoder of two layers each, as blocks that can be opened.',
    parameters: 209_968,
    source: 'After Hinton, Salakhutdinov, Reducing the Dimensionality of Data (2006), smaller; 784·128 + 128 + 128·32 + 32, and back',
    draw: deep,
  },
  {
    name: 'autoencoder-convolutional',
    title: 'Convolutional autoencoder',
    family: 'Autoencoders',
    summary: 'Convolutions and pooling to 4 × 4 × 8, convolutions and enlarging back to the picture.',
    parameters: 4_385,
    source: `${BLOG}: 4,385 in its model summary`,
    draw: (sketch) => convolutional(sketch, 0),
  },
  {
    name: 'autoencoder-denoising',
    title: 'Denoising autoencoder',
    family: 'Autoencoders',
    summary: 'It is given pictures with noise and learns to give them back without.',
    parameters: 4_385,
    source: `${BLOG}, with noise added in front`,
    draw: (sketch) => convolutional(sketch, 0.3),
  },
  {
    name: 'autoencoder-sparse',
    title: 'Sparse autoencoder',
    family: 'Autoencoders',
    summary: 'More units than pixels, of which few may answer to each picture. The way back uses the weights of the way there.',
    parameters: 804_624,
    source: 'Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 5, listing 5-4: 1024 units; 784·1024 + 1024 + 784',
    draw: sparse,
  },
]; // prettier-ignore
