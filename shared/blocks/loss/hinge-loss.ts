/** Owns what the hinge losses of yes or no share. */
import { defineBlock, type AnyBlockDefinition } from '../block';
import { lossPorts } from '../ports';
import { checkYesOrNo } from './loss-labels';
import { lossParameters } from './loss-parameters';

interface HingeLoss {
  type: string;
  title: string;
  search: readonly string[];
  summary: string;
  help: readonly string[];
  source: string;
  caption: string;
}

export const hingeLoss = ({ type, help, caption, ...rest }: HingeLoss): AnyBlockDefinition =>
  defineBlock({
    type,
    version: 1,
    category: 'Loss',
    ...rest,
    help: [
      ...help,
      'Shapes: prediction `[batch, 1]` and one label per sample, or several questions. Labels are −1 (no) and 1 (yes); labels of 0 and 1 are read as these. The prediction is a score: above 0 means yes. Shown probabilities are a sigmoid of it and say only which sample is further from the border.',
      'Typical mistakes: a Sigmoid at the end, whose values from 0 to 1 are all on one side of the border; one of several classes, where CategoricalHinge is meant.',
    ].join('\n\n'),
    parameters: lossParameters,
    ports: () => lossPorts,
    caption: () => caption,
    behaviour: {
      kind: 'loss',
      labels: 'binary',
      task: 'binary',
      predictionMeans: () => 'scores',
      reads: () => 'scores',
      check: checkYesOrNo(type, -1),
      keras: () => ({ class_name: type, config: {} }),
    },
  });
