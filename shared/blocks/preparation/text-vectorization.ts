/** TextVectorization: texts become rows of whole numbers, one for each word or character. */
import type { ColumnFacts } from '../../document/facts';
import { defineBlock } from '../block';
import { preparationPorts } from '../ports';
import { changeColumns } from './columns';

/** The vocabulary is known after fitting; until then it is taken to be as large as it may be. */
const tokens =
  (most: number, length: number) =>
  (column: ColumnFacts): ColumnFacts => ({
    name: column.name,
    role: 'input',
    dtype: 'int32',
    shape: [length],
    min: 0,
    max: most - 1,
    mean: (most - 1) / 2,
    std: most / Math.sqrt(12),
    missing: 0,
  });

const isText = ({ dtype, classes }: ColumnFacts): boolean => dtype === 'string' || classes !== undefined;

export const textVectorization = defineBlock({
  type: 'TextVectorization',
  version: 1,
  title: 'TextVectorization',
  category: 'Preparation',
  search: ['tokenizer', 'tokens', 'words', 'vocabulary', 'text', 'nlp', 'dictionary', 'pad', 'pad_sequences', 'integer encoding'],
  summary: 'Cuts texts into words or characters and gives each its number in a vocabulary.',
  help: [
    'The vocabulary is made of the training part: its most frequent words, at most `max_tokens` with the two numbers that are taken. 0 is padding and 1 is every word that is not in it; 2 is the most frequent one. Texts are cut or filled up with 0 to `output_sequence_length`.',
    'A text column becomes `[output_sequence_length]` whole numbers, as Embedding reads them; `mask_zero` there passes over the padding. Without a choice all text columns that are not the target are turned.',
    'Typical mistake: feeding the numbers to Dense or LSTM without Embedding. Word 20 is not twice word 10.',
  ].join('\n\n'),
  source: 'Keras documentation, TextVectorization layer',
  parameters: {
    columns: { kind: 'columns', role: 'input', default: [], help: 'The columns to turn; none chosen means all columns of text.' },
    max_tokens: { kind: 'integer', default: 1000, min: 3, max: 1_000_000, help: 'Size of the vocabulary at most, with padding and unknown words.' },
    output_sequence_length: { kind: 'integer', default: 40, min: 1, max: 10_000, help: 'How many words of each text are kept.', unit: 'tokens' },
    standardize: { kind: 'choice', default: 'lower_and_strip_punctuation', options: ['lower_and_strip_punctuation', 'lower', 'strip_punctuation', 'none'], help: 'What is done to a text first: small letters, and no marks of punctuation.' },
    split: { kind: 'choice', default: 'whitespace', options: ['whitespace', 'character'], help: 'Whether words or single characters are counted.' },
  },
  ports: () => preparationPorts,
  caption: ({ max_tokens, output_sequence_length, split }) =>
    `${output_sequence_length} ${split === 'character' ? 'characters' : 'words'} of ${max_tokens.toLocaleString('en')}`,
  behaviour: {
    kind: 'preparation',
    facts: (before, { columns, max_tokens, output_sequence_length }) =>
      changeColumns('TextVectorization', before, columns, 'text', {
        unfit: (column) =>
          column.role === 'target' ? 'is the target' : isText(column) ? null : 'is not text',
        isMeant: (column) => column.dtype === 'string' && column.role !== 'target',
        change: tokens(max_tokens, output_sequence_length),
      }),
  },
}); // prettier-ignore
