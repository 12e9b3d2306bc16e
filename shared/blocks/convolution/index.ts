/** Owns the family's list, in the order of the palette: convolutions and what goes with them. */
import { conv1d } from './conv1d';
import { conv2d } from './conv2d';
import { conv2dTranspose } from './conv2d-transpose';
import { cropping2d } from './cropping2d';
import { depthwiseConv2d } from './depthwise-conv2d';
import { separableConv2d } from './separable-conv2d';
import { upSampling2d } from './up-sampling2d';
import { zeroPadding2d } from './zero-padding2d';

export const convolutionBlocks = [
  conv2d,
  conv2dTranspose,
  separableConv2d,
  depthwiseConv2d,
  conv1d,
  upSampling2d,
  zeroPadding2d,
  cropping2d,
];
