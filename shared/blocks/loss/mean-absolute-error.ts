/** MeanAbsoluteError: the distance to a number. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import { columnParameter, labelShape, numbersText, textLabel, wrongShape } from './loss-labels';

const TITLE = 'MeanAbsoluteError';

export const meanAbsoluteError = defineBlock({
  type: TITLE,
  version: 1,
  title: TITLE,
  category: 'Loss',
  search: ['mae', 'l1 loss', 'regression', 'absolute deviation', 'robust'],
  summary: 'The distance between prediction and target, for predicting numbers with outliers.',
  help: [
    '`|prediction − target|`, averaged over outputs and samples. A single wild target pulls less than with MeanSquaredError; the best constant answer is the median.',
    'Shapes: prediction and target alike, as `[batch, 1]` for one number per sample. The unit is that of the target.',
    'Typical mistake: expecting it to settle: its slope is the same near the target as far away, so a smaller learning rate is needed at the end.',
  ].join('\n\n'),
  source: 'Keras documentation, MeanAbsoluteError loss',
  parameters: { column: columnParameter },
  ports: () => lossPorts,
  caption: () => 'distance',
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
