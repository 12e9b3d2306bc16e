/** Owns the networks that give a class to every pixel. */
import type { Endpoint, Json } from '../../document/document';
import { unetDown, unetUp } from '../parts/u-net';
import type { Sketch } from '../sketch';
import { picture, type Template } from './template';

const RELU = { padding: 'same', activation: 'relu' };
/** Objects and background of the PASCAL VOC pictures. */
const CLASSES = 21;

function uNet(sketch: Sketch): void {
  const sizes = [64, 128, 256, 512];
  const skips: Endpoint[] = [];
  let map = picture(sketch, 572, 572, 1);
  for (const filters of sizes) {
    map = sketch.add(unetDown, { filters }, map);
    skips.push(sketch.output(map, 'skip'));
  }
  map = sketch.chain(
    map,
    ['Conv2D', { filters: 1024, activation: 'relu' }],
    ['Conv2D', { filters: 1024, activation: 'relu' }],
  );
  // What the convolutions without padding cut off on the way down is cropped from what goes around.
  const crops = [88, 40, 16, 4];
  for (const i of [3, 2, 1, 0]) {
    const cropping = Array<number>(4).fill(crops[i]);
    map = sketch.add(unetUp, { filters: sizes[i], cropping }, [map, skips[i]]);
  }
  sketch.chain(map, ['Conv2D', { filters: 2, kernel_size: [1, 1] }], 'Softmax');
}

const score = (sketch: Sketch, map: Endpoint): Endpoint =>
  sketch.add('Conv2D', { filters: CLASSES, kernel_size: [1, 1] }, map);

function enlarged(sketch: Sketch, map: Endpoint, factor: number): Endpoint {
  const params: Record<string, Json> = {
    filters: CLASSES,
    kernel_size: [2 * factor, 2 * factor],
    strides: [factor, factor],
  };
  return sketch.add('Conv2DTranspose', { ...params, padding: 'same', use_bias: false }, map);
}

/** VGG16 whose Dense layers slide over the map; its answers are enlarged, with finer ones of earlier maps added. */
function fcn(sketch: Sketch, finest: 8 | 16 | 32): void {
  const pools: Endpoint[] = [];
  let map = picture(sketch, 224);
  for (const [count, filters] of [[2, 64], [2, 128], [3, 256], [3, 512], [3, 512]]) {
    for (let i = 0; i < count; i++) map = sketch.add('Conv2D', { filters, ...RELU }, map);
    map = sketch.add('MaxPooling2D', {}, map);
    pools.push(map);
  } // prettier-ignore
  map = sketch.chain(
    map,
    ['Conv2D', { filters: 4096, kernel_size: [7, 7], ...RELU }],
    ['Dropout', { rate: 0.5 }],
    ['Conv2D', { filters: 4096, kernel_size: [1, 1], ...RELU }],
    ['Dropout', { rate: 0.5 }],
  );
  let scores = score(sketch, map);
  for (let factor = 32, stage = 3; factor > finest; factor /= 2, stage--)
    scores = sketch.add('Add', {}, [enlarged(sketch, scores, 2), score(sketch, pools[stage])]);
  sketch.chain(enlarged(sketch, scores, finest), 'Softmax');
}

const LONG =
  'Long, Shelhamer, Darrell, Fully Convolutional Networks (2015), figure 3; 134 M in table 1 without the enlarging';

export const segmentation: readonly Template[] = [
  {
    name: 'u-net',
    title: 'U-Net',
    family: 'Segmentation',
    summary: 'Down to small maps that know what is there, up again with the maps that know where it is. For pictures of cells.',
    parameters: 31_030_658,
    source: 'Ronneberger, Fischer, Brox, U-Net (2015), figure 1: 572 × 572 in, 388 × 388 out; counted layer by layer from the figure',
    perRow: 6,
    draw: uNet,
  },
  {
    name: 'fcn-32',
    title: 'FCN-32',
    family: 'Segmentation',
    summary: 'VGG16 without Dense layers: one map of answers for each class, enlarged 32 times.',
    parameters: 136_152_917,
    source: LONG,
    draw: (sketch) => fcn(sketch, 32),
  },
  {
    name: 'fcn-16',
    title: 'FCN-16',
    family: 'Segmentation',
    summary: 'FCN-32 with the answers of the fourth pooling added, so that borders are finer.',
    parameters: 134_815_994,
    source: LONG,
    draw: (sketch) => fcn(sketch, 16),
  },
  {
    name: 'fcn-8',
    title: 'FCN-8',
    family: 'Segmentation',
    summary: 'FCN-16 with the answers of the third pooling added as well.',
    parameters: 134_489_759,
    source: LONG,
    draw: (sketch) => fcn(sketch, 8),
  },
]; // prettier-ignore
