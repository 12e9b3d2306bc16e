/** Owns the family's list, in the order of the palette: pooling layers. */
import { adaptivePoolingBlocks } from './adaptive';
import { averagePooling1d } from './average-pooling1d';
import { averagePooling2d } from './average-pooling2d';
import { averagePooling3d } from './average-pooling3d';
import { globalAveragePooling1d } from './global-average-pooling1d';
import { globalAveragePooling2d } from './global-average-pooling2d';
import { globalAveragePooling3d } from './global-average-pooling3d';
import { globalMaxPooling1d } from './global-max-pooling1d';
import { globalMaxPooling2d } from './global-max-pooling2d';
import { globalMaxPooling3d } from './global-max-pooling3d';
import { maxPooling1d } from './max-pooling1d';
import { maxPooling2d } from './max-pooling2d';
import { maxPooling3d } from './max-pooling3d';
import { maxUnpooling2d } from './max-unpooling2d';
import { subSampling2d } from './sub-sampling2d';

export const poolingBlocks = [
  maxPooling2d,
  averagePooling2d,
  globalAveragePooling2d,
  globalMaxPooling2d,
  maxPooling1d,
  averagePooling1d,
  globalAveragePooling1d,
  globalMaxPooling1d,
  maxPooling3d,
  averagePooling3d,
  globalAveragePooling3d,
  globalMaxPooling3d,
  ...adaptivePoolingBlocks,
  maxUnpooling2d,
  subSampling2d,
];
