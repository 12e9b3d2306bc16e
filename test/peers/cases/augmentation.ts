/**
 * Owns the cases of layers that change pictures in training: with both bounds alike nothing about them is random. They
 * stand right after the input, because TensorFlow's gradient of a warp is the warp backwards, which is not its gradient.
 */
import type { Json } from '../../../shared/document/document';
import { chainCase } from './chain';

const PICTURE = [6, 8, 3];
const [turn, part] = [[0.07, 0.07], [0.21, 0.21]]; // prettier-ignore

export const augmentationCases = (
  [
    ['RandomRotation', { factor: turn }],
    ['RandomRotation', { factor: [-0.3, -0.3], fill_mode: 'constant', fill_value: 0.5 }],
    ['RandomRotation', { factor: turn, fill_mode: 'nearest', interpolation: 'nearest' }],
    ['RandomTranslation', { height_factor: part, width_factor: [-0.4, -0.4] }],
    ['RandomTranslation', { height_factor: [0.9, 0.9], width_factor: [-0.9, -0.9], fill_mode: 'wrap' }],
    ['RandomTranslation', { height_factor: part, width_factor: part, fill_mode: 'constant' }],
    ['RandomZoom', { height_factor: part }],
    ['RandomZoom', { height_factor: [-0.4, -0.4], width_factor: [0.8, 0.8], fill_mode: 'wrap' }],
    ['RandomBrightness', { factor: part }],
    ['RandomContrast', { factor: [0, 0], value_range: [-0.5, 0.5] }],
    ['RandomCrop', { height: 6, width: 8 }],
  ] satisfies [string, Record<string, Json>][]
).map(([type, params]) =>
  chainCase(`augmentation ${type}, ${JSON.stringify(params)}`, PICTURE, [[type, params], ['Conv2D', { filters: 2 }]]),
); // prettier-ignore
