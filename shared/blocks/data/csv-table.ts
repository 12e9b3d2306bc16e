/** CSVTable: a table from a text file. */
import type { DataProblem } from '../../document/facts';
import { defineBlock, type FixProposal } from '../block';
import { sourcePorts } from '../ports';

const UNUSABLE_CELLS = new Set(['data/missing', 'data/not-a-number', 'data/not-finite', 'data/ragged-row']);

const drop: FixProposal = { label: 'Leave such rows out', kind: 'set-param', name: 'missing', value: 'drop' };
const mean: FixProposal = {
  label: 'Put in the mean, or the most frequent class',
  kind: 'set-param',
  name: 'missing',
  value: 'mean',
};
/** By what is done with such cells now; what was chosen and works needs no other choice. */
function remedies(
  { code, severity }: Pick<DataProblem, 'code' | 'severity'>,
  missing: 'refuse' | 'mean' | 'drop',
) {
  if (!UNUSABLE_CELLS.has(code) || severity !== 'error') return [];
  return missing === 'refuse' ? [mean, drop] : missing === 'mean' ? [drop] : [];
}

export const csvTable = defineBlock({
  type: 'CSVTable',
  version: 1,
  title: 'CSV table',
  category: 'Data',
  search: ['table', 'spreadsheet', 'excel', 'comma separated', 'tsv', 'rows', 'columns', 'file', 'data set'],
  summary: 'A table from a CSV file: one row per sample, one column to predict.',
  help: [
    'Every row is a sample and every column a feature, except the target, which is to be predicted. Without a choice the target is the last column. Text in the target becomes classes.',
    'Rows with another number of cells, text in a number column and cells that are empty are named by row; nothing is dropped in silence.',
    'Typical mistake: columns of very different size, as rooms and taxes. Insert Standardize.',
  ].join('\n\n'),
  source: 'Shafranovich, RFC 4180, Common format for CSV files (2005)',
  parameters: {
    path: {
      kind: 'path',
      default: '',
      accepts: 'file',
      extensions: ['csv', 'tsv', 'txt', 'data'],
      help: 'The file to read.',
    },
    header: {
      kind: 'choice',
      default: 'auto',
      options: ['auto', 'yes', 'no'],
      help: 'Whether the first row holds the names of the columns; `auto` looks at it.',
    },
    target: {
      kind: 'text',
      default: '',
      placeholder: 'last column',
      help: 'Name of the column to predict, or its place counted from 0; empty means the last one.',
    },
    task: {
      kind: 'choice',
      default: 'auto',
      options: ['auto', 'classes', 'number'],
      help: 'Whether the target holds classes or a number; `auto` decides by its values.',
    },
    missing: {
      kind: 'choice',
      default: 'refuse',
      options: ['refuse', 'drop', 'mean'],
      help: 'Empty cells: `refuse` the table, `drop` the row, or put the `mean` of the column in, for words the most frequent class.',
    },
  },
  ports: () => sourcePorts,
  caption: ({ path }) => path.split(/[\\/]/).filter(Boolean).pop() ?? 'no file chosen',
  behaviour: {
    kind: 'source',
    reader: 'csv',
    remedies: (problem, { missing }) => remedies(problem, missing),
    unready: ({ path }) => (path === '' ? 'No CSV file is chosen yet. Choose one in the data block.' : null),
  },
});
