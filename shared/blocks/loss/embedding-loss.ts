/** Owns what the losses of embeddings share, which compare the samples of a batch by their classes. */
import { shapeText } from '../../compiler/shape';
import type { ColumnFacts } from '../../document/facts';
import { defineBlock, type AnyBlockDefinition, type Finding, type InputShape, type Values } from '../block';
import type { Parameters, ValuesOf } from '../parameter';
import { lossPorts } from '../ports';
import { written, type Words } from '../words';
import { labelShape, lossFinding, textLabel } from './loss-labels';
import { lossParameters } from './loss-parameters';

interface EmbeddingLoss<P extends Parameters> extends Words {
  type: string;
  title: string;
  /** Keras has none of this name. */
  own?: boolean;
  parameters: P;
  caption: (values: ValuesOf<P>) => string;
}

const COMMON_WORDS = ['embedding', 'metric learning', 'similarity', 'siamese', 'faces'];
const SHAPES =
  'Shapes: prediction `[batch, width]`, the embeddings; labels one class number per sample. Samples are compared within their batch, so the figure depends on the size of the batch, and a batch needs several samples of a class.';

/** One class number for each embedding [batch, width]. */
function check(title: string, { shape, from }: InputShape, label: ColumnFacts): readonly Finding[] {
  if (label.dtype === 'string') return [textLabel(label)];
  if (shape.length !== 2)
    return [
      lossFinding(
        'shape/mismatch',
        'error',
        'prediction',
        `${title} expects [batch, width]; it gets ${shapeText(shape)} from ${from}.`,
        'It measures how far samples are apart, so each of them is one row of numbers. A map must be flattened or averaged first.',
      ),
    ];
  if (label.encoding === 'one-hot' || labelShape(label).some((size) => size !== 1))
    return [
      lossFinding(
        'loss/pairing',
        'error',
        'labels',
        `${title} reads one class number per sample; "${label.name}" has ${labelShape(label).join(' × ')} values.`,
        'Two samples belong together where their numbers are the same. Choose a column with class numbers.',
      ),
    ];
  return [];
}

export function embeddingLoss<const P extends Parameters>(described: EmbeddingLoss<P>): AnyBlockDefinition {
  const { type, title, own: isOwn = false, parameters, caption, ...words } = described;
  const own = (values: unknown) => values as ValuesOf<P>;
  const names = Object.keys(parameters);
  return defineBlock({
    ...written(type, {
      ...words,
      title,
      search: [...COMMON_WORDS, ...words.search],
      help: [...words.help, SHAPES],
    }),
    category: 'Loss',
    parameters: { ...parameters, ...lossParameters },
    ports: () => lossPorts,
    caption: (values) => caption(own(values)),
    behaviour: {
      kind: 'loss',
      ofWholeSamples: true,
      labels: 'index',
      task: 'other',
      predictionMeans: () => 'values',
      reads: () => 'anything',
      check: (prediction, label) => check(title, prediction, label),
      keras: (values) => ({
        class_name: type,
        ...(isOwn ? { registered_name: `Axonry>${type}` } : {}),
        config: Object.fromEntries(names.map((name) => [name, (values as unknown as Values)[name]])),
      }),
    },
  });
}
