/** MeanSquaredError: the squared distance to a number. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import { columnParameter, labelShape, numbersText, textLabel, wrongShape } from './loss-labels';

const TITLE = 'MeanSquaredError';

export const meanSquaredError = defineBlock({
  type: TITLE,
  version: 1,
  title: TITLE,
  category: 'Loss',
  search: ['mse', 'l2 loss', 'least squares', 'regression', 'quadratic cost', 'rmse'],
  summary: 'The squared distance between prediction and target, for predicting numbers.',
  help: [
    '`(prediction − target)²`, averaged over outputs and samples. Large errors count much more than small ones; always predicting the mean gives the variance of the target.',
    'Shapes: prediction and target alike, as `[batch, 1]` for one number per sample. The unit is that of the target, squared.',
    'Typical mistakes: using it for classes, where a cross-entropy learns faster; a Sigmoid or Tanh at the end of the network, which cannot reach targets outside its range.',
  ].join('\n\n'),
  source: 'Keras documentation, MeanSquaredError loss; Michelucci, Applied Deep Learning (2018), chapter 2',
  parameters: { column: columnParameter },
  ports: () => lossPorts,
  caption: () => 'squared distance',
  behaviour: {
    kind: 'loss',
    labels: 'values',
    task: 'regression',
    predictionMeans: () => 'values',
    check: (prediction, label) =>
      label.dtype === 'string'
        ? [textLabel(label)]
        : wrongShape(
            TITLE,
            prediction,
            labelShape(label),
            `"${label.name}" has ${numbersText(labelShape(label))} to predict.`,
          ),
    keras: () => ({ class_name: TITLE, config: {} }),
  },
});
