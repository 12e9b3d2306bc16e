/** KLDivergence: how far a predicted distribution is from a given one. */
import { defineBlock } from '../block';
import { lossPorts } from '../ports';
import { checkOneHot, labelShape, lossFinding, textLabel, wrongShape } from './loss-labels';
import { lossParameters } from './loss-parameters';

const TITLE = 'KLDivergence';
const checkClasses = checkOneHot(TITLE, 'SparseCategoricalCrossentropy');

export const klDivergence = defineBlock({
  type: TITLE,
  version: 1,
  title: 'KLDivergence',
  category: 'Loss',
  search: [
    'kl divergence',
    'kullback leibler',
    'relative entropy',
    'distribution',
    'soft labels',
    'distillation',
    'kld',
  ],
  summary: 'How far the predicted probabilities are from given ones.',
  help: [
    '`Σ yᵢ · log(yᵢ / pᵢ)` per sample, averaged over the samples; both are kept at least 10⁻⁷. It is the cross-entropy less what the labels themselves leave open, so that 0 is perfect even where a label is no certainty.',
    'Shapes: prediction `[batch, classes]` after a Softmax; labels of the same width that add up to 1: shares, the answers of another network, or one-hot classes.',
    'Typical mistakes: labels that do not add up to 1; for one-hot labels it is the cross-entropy by another name and numerically less safe.',
  ].join('\n\n'),
  source:
    'Keras documentation, KLDivergence loss; Kullback and Leibler, On information and sufficiency (1951)',
  parameters: lossParameters,
  ports: () => lossPorts,
  caption: () => 'distributions',
  behaviour: {
    kind: 'loss',
    labels: 'one-hot',
    task: 'classification',
    predictionMeans: () => 'probabilities',
    reads: () => 'softmax',
    check(prediction, label) {
      if (label.classes) return checkClasses(prediction, label);
      if (label.dtype === 'string') return [textLabel(label)];
      const sizes = labelShape(label);
      const shape = wrongShape(TITLE, prediction, sizes, `"${label.name}" holds ${sizes.at(-1)} shares.`);
      if (shape.length > 0) return shape;
      const outside = (label.min ?? 0) < 0 || (label.max ?? 1) > 1;
      if (sizes.at(-1) !== 1 && !outside) return [];
      return [
        lossFinding(
          'loss/pairing',
          'warning',
          'labels',
          `${TITLE} compares shares that add up to 1; "${label.name}" ${outside ? `runs from ${label.min} to ${label.max}` : 'is a single number'}.`,
          'Only for shares does the formula measure a distance between distributions; for other numbers it can sink without end.',
          [{ label: 'Replace with MeanSquaredError', kind: 'replace', type: 'MeanSquaredError' }],
        ),
      ];
    },
    keras: () => ({ class_name: TITLE, config: {} }),
  },
});
