/** Owns the drawing of Inception-v3: a stem and eleven modules. */
import { convUnit } from '../parts/convolution';
import { inceptionA, inceptionB, inceptionC, reductionA, reductionB } from '../parts/inception';
import type { Sketch, Step } from '../sketch';
import { picture } from './template';

const HALF = { strides: [2, 2], padding: 'valid' };
const pool: Step = ['MaxPooling2D', { pool_size: [3, 3], strides: [2, 2] }];

export function drawInceptionV3(sketch: Sketch): void {
  const stem = sketch.chain(
    picture(sketch, 299),
    [convUnit, { filters: 32, kernel_size: [3, 3], ...HALF }],
    [convUnit, { filters: 32, kernel_size: [3, 3], padding: 'valid' }],
    [convUnit, { filters: 64, kernel_size: [3, 3] }],
    pool,
    [convUnit, { filters: 80, kernel_size: [1, 1], padding: 'valid' }],
    [convUnit, { filters: 192, kernel_size: [3, 3], padding: 'valid' }],
    pool,
  );
  const map = sketch.chain(
    stem,
    [inceptionA, { pool: 32 }],
    [inceptionA, { pool: 64, repeat: 2 }],
    reductionA,
    [inceptionB, { filters: 128 }],
    [inceptionB, { filters: 160, repeat: 2 }],
    [inceptionB, { filters: 192 }],
    reductionB,
    [inceptionC, { repeat: 2 }],
  );
  sketch.chain(map, 'GlobalAveragePooling2D', ['Dense', { units: 1000 }], 'Softmax');
}
