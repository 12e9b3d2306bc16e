/** Owns the networks that make pictures of random numbers. */
import type { Endpoint } from '../../document/document';
import { generator } from '../parts/generative';
import type { Sketch, Step } from '../sketch';
import { digits, trained, type Template } from './template';

/** Two numbers describe a digit; each is drawn from a cloud that the encoder describes, so that all of the plane means something. */
function variational(sketch: Sketch): void {
  const half = { strides: [2, 2], padding: 'same', activation: 'relu' };
  const conv = (filters: number): Step => ['Conv2D', { filters, ...half }];
  const back = (filters: number): Step => ['Conv2DTranspose', { filters, ...half }];
  const { input, data } = digits(sketch, 'pictures');
  const seen = sketch.chain(input, conv(32), conv(64), 'Flatten', ['Dense', { units: 16, activation: 'relu' }]);
  const mean = sketch.add('Dense', { units: 2 }, seen, 'mean');
  const logVariance = sketch.add('Dense', { units: 2 }, seen, 'log_variance');
  // The loss is a mean over 784 pixels where the example has a sum.
  const code = sketch.add('Sampling', { kl_weight: 1 / 784 }, [mean, logVariance]);
  const output = sketch.chain(
    code,
    ['Dense', { units: 7 * 7 * 64, activation: 'relu' }],
    ['Reshape', { target_shape: [7, 7, 64] }],
    back(64),
    back(32),
    ['Conv2DTranspose', { filters: 1, padding: 'same', activation: 'sigmoid' }],
  );
  trained(sketch, output, data, {
    loss: 'BinaryCrossentropy',
    params: { column: ['image'] },
    train: { epochs: 10, batch_size: 128, metrics: ['mean_absolute_error'] },
  });
} // prettier-ignore

const VIEW = { kernel_size: [4, 4], strides: [2, 2], padding: 'same', activation: 'leaky_relu' };

/** Used twice, on pictures of the data and on made ones: the second time with the weights of the first. */
function discriminator(sketch: Sketch, real: Endpoint, made: Endpoint): [real: Endpoint, made: Endpoint] {
  const [first, second, judge] = ['see_1', 'see_2', 'judge'];
  const again = (layer: string): Step => ['SharedLayer', { layer: [layer] }];
  const seen = sketch.add('Conv2D', { filters: 32, ...VIEW }, real, first);
  const flat = sketch.chain(sketch.add('Conv2D', { filters: 64, ...VIEW }, seen, second), 'Flatten');
  return [
    sketch.add('Dense', { units: 1 }, flat, judge),
    sketch.chain(made, again(first), again(second), 'Flatten', again(judge)),
  ];
}

function dcgan(sketch: Sketch): void {
  const data = sketch.chain(
    sketch.add('Digits', { count: 12_000 }),
    ['Scale', { low: -1, high: 1 }],
    ['ConstantColumn', { name: 'real', value: 1 }],
    ['ConstantColumn', { name: 'fake', value: 0 }],
  );
  const pictures = sketch.add('Input', {}, data);
  const made = sketch.add(generator, {}, sketch.add('Noise', { shape: [64] }), 'generator');
  const [ofReal, ofMade] = discriminator(sketch, pictures, made);
  const judged = (prediction: Endpoint, column: string, id: string) =>
    sketch.add('BinaryCrossentropy', { from_logits: true, column: [column] }, [prediction, data], id);
  const adam = () => sketch.add('Adam', { learning_rate: 0.0005, beta_1: 0.5 });
  const train = { epochs: 20, batch_size: 64, restore_best_weights: false };
  const wrongs = [judged(ofReal, 'real', 'real_is_real'), judged(ofMade, 'fake', 'made_is_fake')];
  const told = sketch.add('Train', { ...train, trainable: ['see_1', 'see_2', 'judge'] }, [wrongs[0], adam()], 'train_discriminator'); // prettier-ignore
  sketch.wire(wrongs[1], { block: told.block, port: 'loss' });
  sketch.add('Train', { ...train, trainable: ['generator'] }, [judged(ofMade, 'real', 'made_is_real'), adam()], 'train_generator'); // prettier-ignore
}

export const generative: readonly Template[] = [
  {
    name: 'autoencoder-variational',
    title: 'Variational autoencoder',
    family: 'Generative',
    summary: 'Two numbers describe a digit, drawn from a cloud that the encoder describes: between any two digits lies a third.',
    parameters: 134_165,
    source: 'Chollet, Variational AutoEncoder (Keras example, 2020): 69,076 and 65,089 in its model summaries; Kingma, Welling (2014)',
    draw: variational,
  },
  {
    name: 'dcgan',
    title: 'Generative adversarial pair',
    family: 'Generative',
    summary: 'A generator makes digits of random numbers, a discriminator tells them from drawn ones; two Train blocks take turns, and each learns from the other.',
    parameters: 283_170,
    source: 'After Radford, Metz, Chintala, Unsupervised Representation Learning with DCGANs (2016), smaller; 246,657 in the generator, 36,513 in the discriminator',
    draw: dcgan,
  },
]; // prettier-ignore
