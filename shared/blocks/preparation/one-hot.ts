/** OneHot: class numbers become vectors with a single 1. */
import type { ColumnFacts } from '../../document/facts';
import { defineBlock } from '../block';
import { preparationPorts } from '../ports';
import { changeColumns, columnsParameter } from './columns';

function oneHot(column: ColumnFacts): ColumnFacts {
  const width = column.classes?.length ?? 1;
  const mean = 1 / width;
  return {
    ...column,
    dtype: 'float32',
    shape: [width],
    encoding: 'one-hot',
    min: width > 1 ? 0 : 1,
    max: 1,
    mean,
    std: Math.sqrt(mean * (1 - mean)),
  };
}

function unfit(column: ColumnFacts): string | null {
  if (column.encoding === 'index' && column.classes) return null;
  return column.encoding === 'one-hot' ? 'is one-hot already' : 'has no classes';
}

export const oneHotBlock = defineBlock({
  type: 'OneHot',
  version: 1,
  title: 'OneHot',
  category: 'Preparation',
  search: ['one hot', 'to_categorical', 'dummy variables', 'encode', 'classes', 'labels', 'indicator'],
  summary: 'Turns class numbers into vectors with a 1 at the class and 0 elsewhere.',
  help: [
    'Class 2 of 4 becomes `[0, 0, 1, 0]`. CategoricalCrossentropy reads labels of this form; SparseCategoricalCrossentropy reads the numbers themselves and needs no OneHot.',
    'Shapes: a column of single class numbers → vectors as long as there are classes. Without a choice all target columns with classes are turned.',
    'Typical mistake: giving class numbers to a network as an input. It would take class 4 for twice class 2.',
  ].join('\n\n'),
  source: 'Keras documentation, to_categorical; scikit-learn documentation, OneHotEncoder',
  parameters: {
    columns: columnsParameter(
      'target',
      'The columns to turn; none chosen means all target columns with classes.',
    ),
  },
  ports: () => preparationPorts,
  caption: ({ columns }) => (columns.length === 0 ? 'target classes' : columns.join(', ')),
  behaviour: {
    kind: 'preparation',
    facts: (before, { columns }) =>
      changeColumns('OneHot', before, columns, 'target', { unfit, change: oneHot }),
  },
});
