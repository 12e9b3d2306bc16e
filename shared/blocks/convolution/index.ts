/** Owns the family's list, in the order of the palette: convolutions and what goes with them. */
import { conv1d } from './conv1d';
import { conv1dTranspose } from './conv1d-transpose';
import { conv2d } from './conv2d';
import { conv2dTranspose } from './conv2d-transpose';
import { conv3d } from './conv3d';
import { conv3dTranspose } from './conv3d-transpose';
import { cropping1d } from './cropping1d';
import { cropping2d } from './cropping2d';
import { cropping3d } from './cropping3d';
import { depthwiseConv1d } from './depthwise-conv1d';
import { depthwiseConv2d } from './depthwise-conv2d';
import { fixedFilter2d } from './fixed-filter2d';
import { separableConv1d } from './separable-conv1d';
import { separableConv2d } from './separable-conv2d';
import { upSampling1d } from './up-sampling1d';
import { upSampling2d } from './up-sampling2d';
import { upSampling3d } from './up-sampling3d';
import { zeroPadding1d } from './zero-padding1d';
import { zeroPadding2d } from './zero-padding2d';
import { zeroPadding3d } from './zero-padding3d';

export const convolutionBlocks = [
  conv2d,
  conv2dTranspose,
  separableConv2d,
  depthwiseConv2d,
  conv1d,
  conv1dTranspose,
  separableConv1d,
  depthwiseConv1d,
  conv3d,
  conv3dTranspose,
  fixedFilter2d,
  upSampling2d,
  upSampling1d,
  upSampling3d,
  zeroPadding2d,
  zeroPadding1d,
  zeroPadding3d,
  cropping2d,
  cropping1d,
  cropping3d,
];
