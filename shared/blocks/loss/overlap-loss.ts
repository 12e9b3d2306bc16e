/** Owns what the losses share that measure how far prediction and label overlap. */
import type { ColumnFacts } from '../../document/facts';
import { defineBlock, type AnyBlockDefinition, type InputShape } from '../block';
import type { Parameters, ValuesOf } from '../parameter';
import { lossPorts } from '../ports';
import { checkOneHot, checkYesOrNo } from './loss-labels';
import { lossParameters } from './loss-parameters';

const axis = {
  kind: 'integers',
  default: [],
  min: -4,
  max: 4,
  emptyMeans: 'all axes, the whole batch at once',
  help: 'The axes that are added up before the share is taken: empty for the whole batch at once, 1, 2, 3 for each picture alone.',
} as const;

interface OverlapLoss<P extends Parameters> {
  type: string;
  title: string;
  search: readonly string[];
  summary: string;
  help: readonly string[];
  source: string;
  parameters: P;
  config: (values: ValuesOf<P>) => Record<string, number>;
  caption: (values: ValuesOf<P>) => string;
}

/** Several classes are one-hot, a single output is yes or no. */
const isOneHot = (label: ColumnFacts) => label.encoding === 'one-hot';

export function overlapLoss<const P extends Parameters>(described: OverlapLoss<P>): AnyBlockDefinition {
  const { type, title, search, summary, help, source, parameters, config, caption } = described;
  const [oneHot, yesOrNo] = [checkOneHot(type, 'SparseCategoricalCrossentropy'), checkYesOrNo(type)];
  const check = (prediction: InputShape, label: ColumnFacts) =>
    label.classes && label.classes.length > 2 ? oneHot(prediction, label) : yesOrNo(prediction, label);
  const own = (values: unknown) => values as ValuesOf<P> & { axis: readonly number[] };
  return defineBlock({
    type,
    version: 1,
    title,
    category: 'Loss',
    search,
    summary,
    help: [
      ...help,
      'Shapes: prediction and labels alike, most often maps: `[batch, height, width, 1]` of probabilities with a mask of 0 and 1, or `[batch, height, width, classes]` after a Softmax with one-hot labels. With `axis` empty it is one figure for the whole batch, so it depends on the size of the batch.',
      'Typical mistakes: values that are no probabilities (no Sigmoid or Softmax before it); very small batches of empty masks, for which the figure says nothing.',
    ].join('\n\n'),
    source,
    parameters: { ...parameters, axis, ...lossParameters },
    ports: () => lossPorts,
    caption: (values) => caption(own(values)),
    behaviour: {
      kind: 'loss',
      ofWholeSamples: true,
      labels: 'binary',
      task: 'binary',
      ofLabel: (label) => (isOneHot(label) ? { labels: 'one-hot', task: 'classification' } : {}),
      predictionMeans: () => 'probabilities',
      reads: () => 'softmax or sigmoid',
      check,
      keras(values) {
        const axes = own(values).axis;
        return {
          class_name: type,
          config: { ...config(own(values)), axis: axes.length === 0 ? null : [...axes] },
        };
      },
    },
  });
}
