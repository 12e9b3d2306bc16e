/** Split: rows for training, for validation and for the test. */
import type { DataFacts } from '../../document/facts';
import { splitSizes } from '../../document/preparation';
import { defineBlock, type Finding } from '../block';
import { preparationPorts } from '../ports';

const tooLarge = (message: string, why: string): Finding => ({
  code: 'block/parameter',
  severity: 'error',
  message,
  why,
});

function check(after: DataFacts['parts'], before: DataFacts, validation: number, test: number): Finding[] {
  if (validation + test >= 1)
    return [
      tooLarge(
        `Split takes ${validation} for validation and ${test} for the test; together they must stay below 1.`,
        'Something must be left to learn from.',
      ),
    ];
  if (before.n > 0 && after.train === 0)
    return [
      tooLarge(
        `Split leaves no training rows of the ${before.n} in ${before.source}.`,
        'Something must be left to learn from.',
      ),
    ];
  return [];
}

export const split = defineBlock({
  type: 'Split',
  version: 1,
  title: 'Split',
  category: 'Preparation',
  search: ['train test split', 'validation', 'hold out', 'held out', 'test set', 'stratified', 'partition'],
  summary: 'Sets rows aside for validation and for the test.',
  help: [
    'The training part is learned from, the validation part is watched while training, the test part is for one last, honest figure. A share is rounded up to whole rows. Rows are drawn at random by `seed`; `stratified` gives every part the same share of each class.',
    'Parts that the source already has are kept: MNIST brings a test part, so only validation rows are taken out of its training rows.',
    'Place it right after the source: what is measured later, as by Standardize, is then measured on the training part only.',
    'Typical mistake: choosing settings by the test part. Use the validation part for that.',
  ].join('\n\n'),
  source: 'scikit-learn documentation, train_test_split; Michelucci, Applied Deep Learning (2018), chapter 6',
  parameters: {
    validation: {
      kind: 'number',
      default: 0.1,
      min: 0,
      max: 1,
      below: true,
      help: 'Share of the rows for validation.',
    },
    test: {
      kind: 'number',
      default: 0.1,
      min: 0,
      max: 1,
      below: true,
      help: 'Share of the rows for the test.',
    },
    stratified: { kind: 'boolean', default: true, help: 'Gives every part the same share of each class.' },
    seed: { kind: 'integer', default: 0, min: 0, help: 'Another seed draws other rows.', advanced: true },
  },
  ports: () => preparationPorts,
  caption: ({ validation, test }) => {
    const percent = (share: number) => Math.round(share * 100);
    return `${percent(1 - validation - test)} / ${percent(validation)} / ${percent(test)} %`;
  },
  behaviour: {
    kind: 'preparation',
    assignsParts: true,
    facts(before, { validation, test }) {
      const parts = splitSizes(before.parts, validation, test);
      return { facts: { ...before, parts }, findings: check(parts, before, validation, test) };
    },
  },
});
