/** ConstantColumn: a column with the same number in every row, for a loss to compare with. */
import type { ColumnFacts } from '../../document/facts';
import { defineBlock, type Finding } from '../block';
import { preparationPorts } from '../ports';

const constant = (name: string, value: number): ColumnFacts => ({
  name,
  role: 'target',
  dtype: 'float32',
  shape: [],
  min: value,
  max: value,
  mean: value,
  std: 0,
  missing: 0,
});

const unfitName = (message: string, why: string): Finding => ({
  code: 'data/column',
  severity: 'error',
  message,
  why,
  fixes: [],
});

function findings(name: string, taken: boolean, source: string): Finding[] {
  if (name === '')
    return [unfitName('ConstantColumn has no name.', 'Losses choose their column by its name: type one in.')];
  if (!taken) return [];
  return [
    unfitName(
      `ConstantColumn would add the column "${name}", which ${source} has already.`,
      'Two columns of one name could not be told apart: choose another name.',
    ),
  ];
}

export const constantColumn = defineBlock({
  type: 'ConstantColumn',
  version: 1,
  title: 'Constant column',
  category: 'Preparation',
  search: ['constant label', 'real', 'fake', 'gan', 'ones', 'zeros', 'same target', 'fill'],
  summary: 'Adds a target column that holds the same number in every row.',
  help: [
    'Nothing of the data changes; each row gets one more target with the number `value`. A loss reads it when its `column` is set to the `name` of this block.',
    'In a generative adversarial network the discriminator learns that pictures of the data are 1 and pictures of the generator are 0, and the generator learns to be taken for 1: two constant columns, `real` and `fake`, are all the labels that it needs.',
    'Typical mistake: leaving `column` of the loss empty. Then it compares with the target of the data.',
  ].join('\n\n'),
  source: 'Goodfellow et al., Generative adversarial nets (2014)',
  parameters: {
    name: { kind: 'text', default: 'real', placeholder: 'real', help: 'What the column is called.' },
    value: { kind: 'number', default: 1, help: 'The number in every row.' },
  },
  ports: () => preparationPorts,
  caption: ({ name, value }) => `${name} = ${value}`,
  behaviour: {
    kind: 'preparation',
    facts: (before, { name, value }) => {
      const taken = before.columns.some((column) => column.name === name);
      const columns = taken ? before.columns : [...before.columns, constant(name, value)];
      return { facts: { ...before, columns }, findings: findings(name, taken, before.source) };
    },
  },
});
