/** Owns the classifiers of pictures, from LeNet-5 on. */
import type { Endpoint, Json } from '../../document/document';
import { convBlock } from '../parts/convolution';
import { denseLayer, transition } from '../parts/dense-net';
import { leNetC3 } from '../parts/le-net-c3';
import { inceptionModule } from '../parts/inception';
import { invertedProjection, invertedResidual } from '../parts/mobile';
import {
  bottleneckIdentity,
  bottleneckProjection,
  residualIdentity,
  residualProjection,
} from '../parts/residual';
import type { Sketch, Step } from '../sketch';
import { drawInceptionV3 } from './inception-v3';
import { digits, picture, trained, type Template } from './template';

const SAME = { padding: 'same' };
const RELU = { activation: 'relu' };

/** The end of a network for the thousand classes of ImageNet. */
const classify = (sketch: Sketch, map: Endpoint): Endpoint =>
  sketch.chain(map, 'GlobalAveragePooling2D', ['Dense', { units: 1000 }], 'Softmax');

function leNet(sketch: Sketch): void {
  const { input, data } = digits(sketch, 'one-hot');
  const output = sketch.chain(
    input,
    ['Conv2D', { filters: 6, kernel_size: [5, 5], ...SAME, activation: 'tanh' }],
    'AveragePooling2D',
    ['Conv2D', { filters: 16, kernel_size: [5, 5], activation: 'tanh' }],
    'AveragePooling2D',
    'Flatten',
    ['Dense', { units: 120, activation: 'tanh' }],
    ['Dense', { units: 84, activation: 'tanh' }],
    ['Dense', { units: 10 }],
    'Softmax',
  );
  trained(sketch, output, data, { loss: 'CategoricalCrossentropy', train: { epochs: 5, batch_size: 64 } });
}

/** Every layer as in the paper: sums with a weight and a bias for pooling, and distances to ten patterns at the end. */
function originalLeNet(sketch: Sketch): void {
  const { input, data } = digits(sketch, 'one-hot');
  const output = sketch.chain(
    input,
    ['ZeroPadding2D', { padding: [2, 2, 2, 2] }],
    ['Conv2D', { filters: 6, kernel_size: [5, 5], activation: 'tanh' }],
    ['SubSampling2D', { activation: 'tanh' }],
    leNetC3,
    ['SubSampling2D', { activation: 'tanh' }],
    ['Conv2D', { filters: 120, kernel_size: [5, 5], activation: 'tanh' }],
    'Flatten',
    ['Dense', { units: 84, activation: 'tanh' }],
    ['RBFOutput', { units: 10, prototypes: 'fixed' }],
  );
  trained(sketch, output, data, { loss: 'CategoricalCrossentropy', train: { epochs: 5, batch_size: 64 } });
}

/** Two columns, one for each of the two graphics cards of 2012, that see each other's maps before the third convolution. */
function alexNet(sketch: Sketch): void {
  const conv = (filters: number, size: number): Step => [
    'Conv2D',
    { filters, kernel_size: [size, size], ...SAME, ...RELU },
  ];
  const pool: Step = ['MaxPooling2D', { pool_size: [3, 3], strides: [2, 2] }];
  const first: Step = ['Conv2D', { filters: 48, kernel_size: [11, 11], strides: [4, 4], ...RELU }];
  const input = picture(sketch, 227);
  const columns = [0, 1].map(() => sketch.chain(input, first, pool, conv(128, 5), pool));
  const both = sketch.add('Concatenate', {}, columns);
  const ends = [0, 1].map(() => sketch.chain(both, conv(192, 3), conv(192, 3), conv(128, 3), pool));
  const dense: Step = ['Dense', { units: 4096, ...RELU }];
  const dropout: Step = ['Dropout', { rate: 0.5 }];
  const flat = sketch.add('Flatten', {}, sketch.add('Concatenate', {}, ends));
  sketch.chain(flat, dense, dropout, dense, dropout, ['Dense', { units: 1000 }], 'Softmax');
}

/** Stages of as many convolutions of 3 × 3 each, and three Dense layers. */
function vgg(sketch: Sketch, stages: readonly (readonly [count: number, filters: number])[]): void {
  let map = picture(sketch, 224);
  for (const [count, filters] of stages) {
    for (let i = 0; i < count; i++) map = sketch.add('Conv2D', { filters, ...SAME, ...RELU }, map);
    map = sketch.add('MaxPooling2D', {}, map);
  }
  sketch.chain(
    map,
    'Flatten',
    ['Dense', { units: 4096, ...RELU }],
    ['Dense', { units: 4096, ...RELU }],
    ['Dense', { units: 1000 }],
    'Softmax',
  );
}

/** What ResNets begin with: a large convolution and a pooling, each halving the size. */
function residualStem(sketch: Sketch, use_bias: boolean, epsilon: number): Endpoint {
  return sketch.chain(
    picture(sketch, 224),
    ['ZeroPadding2D', { padding: [3, 3, 3, 3] }],
    ['Conv2D', { filters: 64, kernel_size: [7, 7], strides: [2, 2], use_bias }],
    ['BatchNormalization', { epsilon }],
    'ReLU',
    ['ZeroPadding2D', { padding: [1, 1, 1, 1] }],
    ['MaxPooling2D', { pool_size: [3, 3], strides: [2, 2] }],
  );
}

function resNet18(sketch: Sketch): void {
  let map = sketch.add(residualIdentity, { repeat: 2 }, residualStem(sketch, false, 1e-5));
  for (const filters of [128, 256, 512]) {
    map = sketch.add(residualProjection, { filters, strides: [2, 2] }, map);
    map = sketch.add(residualIdentity, { filters }, map);
  }
  classify(sketch, map);
}

function resNet(sketch: Sketch, blocks: readonly [number, number, number, number]): void {
  let map = residualStem(sketch, true, 1.001e-5);
  blocks.forEach((count, stage) => {
    const filters = 64 * 2 ** stage;
    const strides = stage === 0 ? [1, 1] : [2, 2];
    map = sketch.add(bottleneckProjection, { filters, strides }, map);
    map = sketch.add(bottleneckIdentity, { filters, repeat: count - 1 }, map);
  });
  classify(sketch, map);
}

/** Filters of the modules 3a to 5b: 1 × 1, before 3 × 3, 3 × 3, before 5 × 5, 5 × 5, after the pooling. */
const GOOGLENET: readonly (readonly (readonly [number, number, number, number, number, number])[])[] = [
  [[64, 96, 128, 16, 32, 32], [128, 128, 192, 32, 96, 64]],
  [[192, 96, 208, 16, 48, 64], [160, 112, 224, 24, 64, 64], [128, 128, 256, 24, 64, 64], [112, 144, 288, 32, 64, 64], [256, 160, 320, 32, 128, 128]],
  [[256, 160, 320, 32, 128, 128], [384, 192, 384, 48, 128, 128]],
]; // prettier-ignore

function googLeNet(sketch: Sketch): void {
  const pool: Step = ['MaxPooling2D', { pool_size: [3, 3], strides: [2, 2], ...SAME }];
  let map = sketch.chain(
    picture(sketch, 224),
    ['Conv2D', { filters: 64, kernel_size: [7, 7], strides: [2, 2], ...SAME, ...RELU }],
    pool,
    ['Conv2D', { filters: 64, kernel_size: [1, 1], ...RELU }],
    ['Conv2D', { filters: 192, ...SAME, ...RELU }],
  );
  for (const stage of GOOGLENET) {
    map = sketch.chain(map, pool);
    for (const [conv1, reduce3, conv3, reduce5, conv5, project] of stage)
      map = sketch.add(inceptionModule, { conv1, reduce3, conv3, reduce5, conv5, pool: project }, map);
  }
  sketch.chain(
    map,
    'GlobalAveragePooling2D',
    ['Dropout', { rate: 0.4 }],
    ['Dense', { units: 1000 }],
    'Softmax',
  );
}

/** Filters, how many blocks, and the stride of the first one. */
const MOBILE: readonly (readonly [filters: number, count: number, stride: number])[] = [
  [24, 2, 2], [32, 3, 2], [64, 4, 2], [96, 3, 1], [160, 3, 2], [320, 1, 1],
]; // prettier-ignore

function mobileNet(sketch: Sketch): void {
  const relu6 = ['Activation', { activation: 'relu6' }] as const;
  const narrow: Record<string, Json> = { kernel_size: [1, 1], use_bias: false };
  let map = sketch.chain(
    picture(sketch, 224),
    ['Conv2D', { filters: 32, strides: [2, 2], ...SAME, use_bias: false }],
    'BatchNormalization',
    relu6,
    ['DepthwiseConv2D', { ...SAME, use_bias: false }],
    'BatchNormalization',
    relu6,
    ['Conv2D', { filters: 16, ...narrow }],
    'BatchNormalization',
  );
  let channels = 16;
  for (const [filters, count, stride] of MOBILE) {
    map = sketch.add(invertedProjection, { expanded: 6 * channels, filters, strides: [stride, stride] }, map);
    if (count > 1) map = sketch.add(invertedResidual, { filters, repeat: count - 1 }, map);
    channels = filters;
  }
  classify(sketch, sketch.chain(map, ['Conv2D', { filters: 1280, ...narrow }], 'BatchNormalization', relu6));
}

function denseNet121(sketch: Sketch): void {
  const epsilon = 1.001e-5;
  let map = sketch.chain(
    picture(sketch, 224),
    ['ZeroPadding2D', { padding: [3, 3, 3, 3] }],
    ['Conv2D', { filters: 64, kernel_size: [7, 7], strides: [2, 2], use_bias: false }],
    ['BatchNormalization', { epsilon }],
    'ReLU',
    ['ZeroPadding2D', { padding: [1, 1, 1, 1] }],
    ['MaxPooling2D', { pool_size: [3, 3], strides: [2, 2] }],
  );
  let channels = 64;
  for (const layers of [6, 12, 24]) {
    map = sketch.add(denseLayer, { growth: 32, repeat: layers }, map);
    channels = (channels + 32 * layers) / 2;
    map = sketch.add(transition, { filters: channels }, map);
  }
  map = sketch.add(denseLayer, { growth: 32, repeat: 16 }, map);
  classify(sketch, sketch.chain(map, ['BatchNormalization', { epsilon }], 'ReLU'));
}

/** A small network for the digits, of blocks that can be opened: a start for drawing one’s own. */
function smallConvNet(sketch: Sketch): void {
  const { input, data } = digits(sketch, 'one-hot');
  const output = sketch.chain(
    input,
    [convBlock, { filters: 16 }],
    'MaxPooling2D',
    [convBlock, { filters: 32, repeat: 2 }],
    'GlobalAveragePooling2D',
    ['Dense', { units: 10 }],
    'Softmax',
  );
  trained(sketch, output, data, { loss: 'CategoricalCrossentropy', train: { epochs: 5, batch_size: 64 } });
}

const KERAS = 'Keras Applications, table of models and';

export const pictures: readonly Template[] = [
  {
    name: 'lenet-5',
    title: 'LeNet-5',
    family: 'Pictures',
    summary: 'The first convolutional network at work: it read the amounts on cheques. As it is drawn today, with plain pooling and softmax.',
    parameters: 61_706,
    source: 'LeCun et al., Gradient-Based Learning Applied to Document Recognition (1998); 61,706 as commonly counted, with every map of C3 joined to every map of S2',
    draw: leNet,
  },
  {
    name: 'lenet-5-original',
    title: 'LeNet-5 as published',
    family: 'Pictures',
    summary: 'As in the paper of 1998: maps of C3 read only some of the maps before, sub-sampling learns a weight and a bias, and the answer is the nearest of ten fixed patterns.',
    parameters: 60_840,
    source: 'LeCun et al., Gradient-Based Learning Applied to Document Recognition (1998): 60,000 trained, of them 1,516 in C3 and 12 + 32 in the sub-sampling layers; and 840 numbers of fixed patterns',
    draw: originalLeNet,
  },
  {
    name: 'conv-blocks',
    title: 'Convolution blocks',
    family: 'Pictures',
    summary: 'A small network for handwritten digits made of composite blocks: open one to see what is inside.',
    parameters: 144 + 64 + (16 * 32 * 9 + 128) + (32 * 32 * 9 + 128) + 330,
    source: 'Axonry; 208 + 4,736 + 9,344 + 330',
    draw: smallConvNet,
  },
  {
    name: 'alexnet',
    title: 'AlexNet',
    family: 'Pictures',
    summary: 'The network that won in 2012, in its two columns. Its local response normalization, which has no weights, is left out.',
    parameters: 60_965_224,
    source: 'Krizhevsky, Sutskever, Hinton, ImageNet Classification (2012), figure 2: 60 million; 60,965,224 with biases, as the model of the Caffe zoo, for pictures of 227 × 227',
    draw: alexNet,
  },
  {
    name: 'vgg16',
    title: 'VGG16',
    family: 'Pictures',
    summary: 'Thirteen convolutions of 3 × 3, one after the other, and three Dense layers that hold nine tenths of the weights.',
    parameters: 138_357_544,
    source: `Simonyan, Zisserman, Very Deep Convolutional Networks (2015), configuration D; ${KERAS} VGG16`,
    draw: (sketch) => vgg(sketch, [[2, 64], [2, 128], [3, 256], [3, 512], [3, 512]]),
  },
  {
    name: 'vgg19',
    title: 'VGG19',
    family: 'Pictures',
    summary: 'VGG16 with one more convolution in each of the last three stages.',
    parameters: 143_667_240,
    source: `Simonyan, Zisserman (2015), configuration E; ${KERAS} VGG19`,
    draw: (sketch) => vgg(sketch, [[2, 64], [2, 128], [4, 256], [4, 512], [4, 512]]),
  },
  {
    name: 'googlenet',
    title: 'GoogLeNet',
    family: 'Pictures',
    summary: 'Nine Inception modules: convolutions of several sizes side by side, made cheap by 1 × 1 convolutions. Without the two side outputs that only trained it.',
    parameters: 6_998_552,
    source: 'Szegedy et al., Going Deeper with Convolutions (2015), table 1; 6,998,552 with biases, as the model of the Caffe zoo without side outputs',
    draw: googLeNet,
  },
  {
    name: 'inception-v3',
    title: 'Inception-v3',
    family: 'Pictures',
    summary: 'Large convolutions taken apart into thin ones, in five kinds of modules; every convolution is normalised.',
    parameters: 23_851_784,
    source: `Szegedy et al., Rethinking the Inception Architecture (2016); ${KERAS} InceptionV3`,
    draw: drawInceptionV3,
  },
  {
    name: 'resnet-18',
    title: 'ResNet-18',
    family: 'Pictures',
    summary: 'Eight residual blocks of two convolutions: what is learned is added to what came in, so that depth does no harm.',
    parameters: 11_699_112,
    source: 'He et al., Deep Residual Learning (2016), table 1; torchvision resnet18: 11,689,512 trained, and 9,600 moving means and variances',
    draw: resNet18,
  },
  {
    name: 'resnet-50',
    title: 'ResNet-50',
    family: 'Pictures',
    summary: 'Sixteen bottleneck blocks in four stages.',
    parameters: 25_636_712,
    source: `He et al. (2016), table 1; ${KERAS} ResNet50`,
    draw: (sketch) => resNet(sketch, [3, 4, 6, 3]),
  },
  {
    name: 'resnet-101',
    title: 'ResNet-101',
    family: 'Pictures',
    summary: 'ResNet-50 with 23 blocks in the third stage.',
    parameters: 44_707_176,
    source: `He et al. (2016), table 1; ${KERAS} ResNet101`,
    draw: (sketch) => resNet(sketch, [3, 4, 23, 3]),
  },
  {
    name: 'resnet-152',
    title: 'ResNet-152',
    family: 'Pictures',
    summary: 'Fifty bottleneck blocks; the deepest network of the competition of 2015.',
    parameters: 60_419_944,
    source: `He et al. (2016), table 1; ${KERAS} ResNet152`,
    draw: (sketch) => resNet(sketch, [3, 8, 36, 3]),
  },
  {
    name: 'densenet-121',
    title: 'DenseNet-121',
    family: 'Pictures',
    summary: 'Every layer sees the maps of all layers before it, and adds only 32 of its own.',
    parameters: 8_062_504,
    source: `Huang et al., Densely Connected Convolutional Networks (2017); ${KERAS} DenseNet121`,
    draw: denseNet121,
  },
  {
    name: 'mobilenet-v2',
    title: 'MobileNet-v2',
    family: 'Pictures',
    summary: 'Made for telephones: depthwise convolutions between narrow ends.',
    parameters: 3_538_984,
    source: `Sandler et al., MobileNetV2 (2018), table 2; ${KERAS} MobileNetV2`,
    draw: mobileNet,
  },
]; // prettier-ignore
