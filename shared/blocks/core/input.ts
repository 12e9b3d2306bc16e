/** Input: where columns of the data enter the network. */
import type { ColumnFacts, DataFacts } from '../../document/facts';
import { columnsOfRole } from '../../document/facts';
import { sameShape, shapeText, type Shape } from '../../compiler/shape';
import { defineBlock, type Finding, type FixProposal } from '../block';

type Reading = { ok: true; columns: readonly ColumnFacts[]; shape: Shape } | { ok: false; finding: Finding };

const refuse = (code: string, message: string, why: string): Reading => ({
  ok: false,
  finding: { code, severity: 'error', port: 'data', message, why },
});

const sizesText = (column: ColumnFacts) => `${column.name} [${column.shape.join(', ')}]`;

/** Columns are joined along their last axis; a column of single numbers counts as a vector of length 1. */
function jointShape(columns: readonly ColumnFacts[]): Shape | null {
  const vectors = columns.map((column) => (column.shape.length === 0 ? [1] : column.shape));
  const outer = vectors[0].slice(0, -1);
  const fits = vectors.every(
    (sizes) => sizes.length === outer.length + 1 && outer.every((size, axis) => sizes[axis] === size),
  );
  if (!fits) return null;
  return [null, ...outer, vectors.reduce((sum, sizes) => sum + sizes[sizes.length - 1], 0)];
}

function chosen(facts: DataFacts, names: readonly string[]): ColumnFacts[] | string {
  if (names.length === 0) return columnsOfRole(facts, 'input');
  const columns: ColumnFacts[] = [];
  for (const name of names) {
    const column = facts.columns.find((candidate) => candidate.name === name);
    if (!column) return name;
    columns.push(column);
  }
  return columns;
}

function read(facts: DataFacts, names: readonly string[]): Reading {
  const columns = chosen(facts, names);
  if (typeof columns === 'string')
    return refuse(
      'data/column',
      `Input reads the column "${columns}", which ${facts.source} does not have.`,
      `It has ${
        facts.columns
          .map((column) => column.name)
          .slice(0, 12)
          .join(', ') || 'no columns'
      }.`,
    );
  if (columns.length === 0)
    return refuse(
      'data/column',
      `${facts.source} has no input columns.`,
      'Every column is a target, an id or ignored; choose the columns to read in the Input block.',
    );
  const text = columns.find((column) => column.dtype === 'string');
  if (text)
    return refuse(
      'data/text',
      `The column "${text.name}" of ${facts.source} is text.`,
      'A network computes with numbers only. Choose the other columns in the Input block, or insert TextVectorization, which makes numbers of words.',
    );
  const shape = jointShape(columns);
  if (!shape)
    return refuse(
      'shape/mismatch',
      `Input cannot join columns of different sizes: ${columns.slice(0, 4).map(sizesText).join(', ')}.`,
      'Columns are joined along their last axis; all other axes must agree.',
    );
  return { ok: true, columns, shape };
}

/** A batch of samples of a shape that was typed in; -1 is an axis of any length, the steps of a sequence for one. */
const batchOf = (shape: readonly number[]): Shape => [
  null,
  ...shape.map((size) => (size === -1 ? null : size)),
];

/** Data of another shape than the one that was typed in are refused: the network was made for that one. */
function readAs(shape: readonly number[], reading: Reading): Reading {
  if (shape.length === 0 || !reading.ok || sameShape(reading.shape, batchOf(shape))) return reading;
  const refused = refuse(
    'shape/mismatch',
    `Input has the shape ${shapeText(batchOf(shape))} of its own, but the data have ${shapeText(reading.shape)}.`,
    'The network was drawn for samples of that shape; it may fit these data as well.',
  );
  const fixes: FixProposal[] = [
    { kind: 'set-param', name: 'shape', value: [], label: 'Take the shape of the data' },
  ];
  return refused.ok ? refused : { ok: false, finding: { ...refused.finding, fixes } };
}

export const input = defineBlock({
  type: 'Input',
  version: 1,
  title: 'Input',
  category: 'Core',
  search: ['input layer', 'features', 'x', 'placeholder', 'start'],
  summary: 'Brings columns of the data into the network.',
  help: [
    'Turns a data set into a tensor: the values of its input columns, one sample per row of the batch. Several columns of numbers are joined into one vector, so a table with four features gives `[batch, 4]`; grey pictures of 28 by 28 give `[batch, 28, 28, 1]`.',
    'The shape comes from the data. Without a data wire a `shape` of its own can be given: then the network is checked and counted, and can be trained once data of that shape are wired to it. The target column is not read here: it goes to the loss.',
    'Typical mistake: feeding a column that holds the answer (or an id that gives it away) as an input.',
  ].join('\n\n'),
  source: 'Keras documentation, Input object',
  parameters: {
    columns: {
      kind: 'columns',
      role: 'input',
      default: [],
      help: 'The columns to read, in this order; none chosen means all input columns.',
    },
    shape: {
      kind: 'integers',
      default: [],
      min: 1,
      allowNegativeOne: true,
      emptyMeans: 'that of the data',
      advanced: true,
      help: 'The shape of one sample while no data are wired here, as 224 × 224 × 3. A -1 leaves the length of an axis open: -1 × 64 for sequences of any number of steps.',
    },
  },
  // Ports are asked for before a file's values are checked, so that the shape may be anything.
  ports: ({ shape }) => ({
    inputs: [
      {
        name: 'data',
        kind: 'dataset',
        ...(Array.isArray(shape) && shape.length > 0 ? { optional: true } : {}),
      },
    ],
    outputs: [{ name: 'output', kind: 'tensor' }],
  }),
  caption: ({ columns }) => (columns.length === 0 ? '' : columns.join(', ')),
  behaviour: {
    kind: 'input',
    read: (facts, values) => readAs(values.shape, read(facts, values.columns)),
    withoutData: ({ shape }) => (shape.length > 0 ? batchOf(shape) : null),
  },
});
