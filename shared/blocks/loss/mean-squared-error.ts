/** MeanSquaredError: the squared distance to a number. */
import { distanceLoss } from './distance-loss';

export const meanSquaredError = distanceLoss({
  type: 'MeanSquaredError',
  search: ['mse', 'l2 loss', 'least squares', 'regression', 'quadratic cost', 'rmse'],
  summary: 'The squared distance between prediction and target, for predicting numbers.',
  help: [
    '`(prediction − target)²`, averaged over outputs and samples. Large errors count much more than small ones; always predicting the mean gives the variance of the target.',
    'Shapes: prediction and target alike, as `[batch, 1]` for one number per sample. The unit is that of the target, squared.',
    'Typical mistakes: using it for classes, where a cross-entropy learns faster; a Sigmoid or Tanh at the end of the network, which cannot reach targets outside its range.',
  ],
  source: 'Keras documentation, MeanSquaredError loss; Michelucci, Applied Deep Learning (2018), chapter 2',
  caption: () => 'squared distance',
});
