/** Scale: brings values into a range. */
import type { ColumnFacts } from '../../document/facts';
import { defineBlock } from '../block';
import { preparationPorts } from '../ports';
import { changeColumns, columnsParameter, isNotNumeric } from './columns';

/** Bytes are scaled from 0…255, whatever the pictures hold, so that a dark set and a bright one are treated alike. */
const ends = ({ dtype, min, max }: ColumnFacts) => (dtype === 'uint8' ? { min: 0, max: 255 } : { min, max });

function scaled(column: ColumnFacts, low: number, high: number): ColumnFacts {
  const { min, max } = ends(column);
  if (min === null || max === null) return { ...column, dtype: 'float32' };
  const factor = max > min ? (high - low) / (max - min) : 0;
  const move = (value: number | null) => (value === null ? null : low + (value - min) * factor);
  return {
    ...column,
    dtype: 'float32',
    min: move(column.min),
    max: move(column.max),
    mean: move(column.mean),
    std: column.std === null ? null : column.std * factor,
  };
}

export const scale = defineBlock({
  type: 'Scale',
  version: 1,
  title: 'Scale',
  category: 'Preparation',
  search: ['normalise', 'normalize', 'min max', 'minmax', 'rescale', 'rescaling', 'divide by 255', 'range'],
  summary: 'Brings the values of each column into a range, 0 to 1 by default.',
  help: [
    '`low + (x − min) · (high − low) / (max − min)`, with the smallest and largest value of the training part. Pictures of bytes are scaled from 0…255, all pixels alike; a vector has a smallest and largest value for each of its places. Validation and test rows are scaled with the same numbers and may lie a little outside.',
    'The shape does not change. Without a choice all input columns are scaled.',
    'Typical mistake: measuring the range on all data. That lets the test part look into the training; this block measures on the training part only.',
  ].join('\n\n'),
  source: 'scikit-learn documentation, MinMaxScaler; Michelucci, Applied Deep Learning (2018), chapter 3',
  parameters: {
    columns: columnsParameter('input', 'The columns to scale; none chosen means all input columns.'),
    low: { kind: 'number', default: 0, help: 'What the smallest value becomes.' },
    high: { kind: 'number', default: 1, help: 'What the largest value becomes.' },
  },
  ports: () => preparationPorts,
  caption: ({ low, high }) => `to ${low}…${high}`,
  behaviour: {
    kind: 'preparation',
    facts(before, { columns, low, high }) {
      const result = changeColumns('Scale', before, columns, 'input', {
        unfit: isNotNumeric,
        change: (column) => scaled(column, low, high),
      });
      if (low < high) return result;
      return {
        facts: result.facts,
        findings: [
          {
            code: 'block/parameter',
            severity: 'error',
            message: `Scale: low is ${low} and high is ${high}; low must be the smaller one.`,
            why: 'The smallest value becomes low and the largest high.',
          },
          ...result.findings,
        ],
      };
    },
  },
});
