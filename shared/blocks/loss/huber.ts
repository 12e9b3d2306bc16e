/** Huber: squared near the target, straight far from it. */
import { distanceLoss } from './distance-loss';

export const huber = distanceLoss({
  type: 'Huber',
  search: ['huber loss', 'smooth l1', 'robust regression', 'outliers', 'dqn'],
  summary: 'Squared distance for small errors, plain distance for large ones.',
  help: [
    '`e² / 2` where the error e is at most `delta`, `delta · |e| − delta² / 2` beyond; averaged over outputs and samples. It settles like MeanSquaredError and is as calm about outliers as MeanAbsoluteError.',
    'Shapes: prediction and target alike, as `[batch, 1]` for one number per sample.',
    'Typical mistake: a `delta` that does not fit the unit of the target. With prices in thousands every error is beyond 1, and the loss is MeanAbsoluteError under another name; standardize the target, or set `delta` to the size of a usual error.',
  ],
  source: 'Keras documentation, Huber loss; Huber, Robust estimation of a location parameter (1964)',
  parameters: {
    delta: {
      kind: 'number',
      default: 1,
      min: 0,
      above: true,
      help: 'The error from which on the loss grows straight; in the unit of the target.',
    },
  },
  caption: ({ delta }) => `squared up to ${delta}`,
  config: ({ delta }) => ({ delta }),
});
