/** Standardize: mean 0, standard deviation 1. */
import type { ColumnFacts } from '../../document/facts';
import { defineBlock } from '../block';
import { preparationPorts } from '../ports';
import { changeColumns, columnsParameter, isNotNumeric } from './columns';

function standardized(column: ColumnFacts): ColumnFacts {
  const { min, max, mean, std } = column;
  if (mean === null || std === null) return { ...column, dtype: 'float32' };
  const scaled = (value: number | null) => (value === null ? null : std > 0 ? (value - mean) / std : 0);
  return { ...column, dtype: 'float32', min: scaled(min), max: scaled(max), mean: 0, std: std > 0 ? 1 : 0 };
}

export const standardize = defineBlock({
  type: 'Standardize',
  version: 1,
  title: 'Standardize',
  category: 'Preparation',
  search: ['normalise', 'normalize', 'z-score', 'standard scaler', 'whiten', 'mean 0', 'standard deviation'],
  summary: 'Brings each column to mean 0 and standard deviation 1.',
  help: [
    '`(x − mean) / std`, with mean and standard deviation of the training part. Validation and test rows use the same numbers.',
    'The shape does not change. Without a choice all input columns are standardised, each on its own; a picture column has one mean for all its pixels.',
    'It lets features of very different size, as rooms and taxes, count alike from the start, and gradient descent needs fewer steps.',
    'Typical mistake: standardising the test part with its own mean. This block never does.',
  ].join('\n\n'),
  source: 'scikit-learn documentation, StandardScaler; LeCun et al., Efficient BackProp (1998)',
  parameters: {
    columns: columnsParameter('input', 'The columns to standardise; none chosen means all input columns.'),
  },
  ports: () => preparationPorts,
  caption: () => 'mean 0, std 1',
  behaviour: {
    kind: 'preparation',
    facts: (before, { columns }) =>
      changeColumns('Standardize', before, columns, 'input', { unfit: isNotNumeric, change: standardized }),
  },
});
