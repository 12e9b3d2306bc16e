/** LogCosh: a smooth mean between squared and plain distance. */
import { distanceLoss } from './distance-loss';

export const logCosh = distanceLoss({
  type: 'LogCosh',
  search: ['log cosh', 'logcosh', 'robust regression', 'smooth l1', 'outliers'],
  summary: 'Like the squared distance near the target and like the plain distance far from it.',
  help: [
    '`log(cosh(prediction − target))`, averaged over outputs and samples: about e² / 2 for small errors e and |e| − log 2 for large ones, without a kink between.',
    'Shapes: prediction and target alike, as `[batch, 1]` for one number per sample.',
    'Typical mistake: targets with large numbers. The border between the two halves lies at an error of about 1, so standardize the target first.',
  ],
  source: 'Keras documentation, LogCosh loss',
  caption: () => 'smooth distance',
});
