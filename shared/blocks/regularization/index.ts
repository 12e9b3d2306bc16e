/** Owns the family's list, in the order of the palette: layers against overfitting. */
import { activityRegularization } from './activity-regularization';
import { alphaDropout } from './alpha-dropout';
import { dropout } from './dropout';
import { gaussianDropout } from './gaussian-dropout';
import { gaussianNoise } from './gaussian-noise';
import { klSparsity } from './kl-sparsity';
import { saltAndPepperNoise } from './salt-and-pepper-noise';
import { spatialDropoutBlocks } from './spatial-dropout';

export const regularizationBlocks = [
  dropout,
  ...spatialDropoutBlocks,
  gaussianNoise,
  gaussianDropout,
  alphaDropout,
  saltAndPepperNoise,
  activityRegularization,
  klSparsity,
];
