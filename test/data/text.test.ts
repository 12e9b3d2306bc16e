/** Texts become numbers of words, with a vocabulary of the training part only. */
import { describe, expect, test } from 'vitest';
import { textColumn } from '../../electron/data/columns';
import type { DataColumn } from '../../electron/data/data-set';
import { applyPreparation } from '../../electron/data/preparation/apply';
import { prepare } from '../../electron/data/preparation/prepare';
import { encode, tokensOf, vocabularyOf } from '../../electron/data/preparation/tokens';
import { preparationState } from '../../shared/document/preparation';
import { classes, dataSetOf, source, step } from './made-data';
import { numbersIn, problemOf, valueOf } from './made-files';

const plain = { standardize: 'lower_and_strip_punctuation', split: 'whitespace' } as const;
const texts = (...values: string[]): DataColumn => textColumn({ name: 'text', role: 'ignore' }, values, 0);
const params = { ...plain, columns: [], max_tokens: 8, output_sequence_length: 4 };
const uses = [{ dataset: 'words', columns: ['text'], inputs: true }];
const steps = (given = {}) => [
  source(),
  step('TextVectorization', 'words', 'source', { ...params, ...given }),
];

// The expected values of this block are what Keras 3.15's TextVectorization answers.
describe('words are counted as Keras counts them', () => {
  const sentences = ['b a c b', 'a b d, D! e', 'zz yy xx'];
  test('the most frequent first, then from z to a', () => {
    expect(vocabularyOf(sentences, 8, plain)).toEqual(['b', 'd', 'a', 'zz', 'yy', 'xx']);
  });
  test('unknown ones are 1, the rest is filled up with 0', () => {
    const vocabulary = vocabularyOf(sentences, 8, plain);
    expect([...encode(['b A q'], { ...plain, vocabulary, output_sequence_length: 5 })]).toEqual([
      2, 4, 1, 0, 0,
    ]);
  });
  test('characters', () => {
    const rules = { ...plain, split: 'character' } as const;
    const vocabulary = vocabularyOf(['ba'], 8, rules);
    expect(vocabulary).toEqual(['b', 'a']);
    expect([...encode(['b A q'], { ...rules, vocabulary, output_sequence_length: 5 })]).toEqual([
      2, 1, 3, 1, 1,
    ]);
  });
  test.each([
    ['lower_and_strip_punctuation', ['dont', 'stop']],
    ['lower', ["don't", 'stop!']],
    ['strip_punctuation', ['Dont', 'STOP']],
    ['none', ["Don't", 'STOP!']],
  ] as const)('%s', (standardize, expected) => {
    expect(tokensOf("Don't  STOP!", { ...plain, standardize })).toEqual(expected);
  });
});

describe('the TextVectorization block', () => {
  const data = dataSetOf([texts('good good soup', 'bad soup', 'awful'), classes('kind', [1, 0, 0], ['no', 'yes'])], 3, [0, 0, 2]); // prettier-ignore

  test('learns its vocabulary from the training part', () => {
    const prepared = valueOf(prepare(new Map([['source', data]]), steps(), uses));
    expect(prepared.arrays[0]).toMatchObject({ shape: [4], scale: 1, offset: 0 });
    expect(numbersIn(prepared.arrays[0])).toEqual([3, 3, 2, 0, 4, 2, 0, 0, 1, 0, 0, 0]);
    expect(prepared.state.steps[0]).toMatchObject({
      columns: [{ name: 'text', vocabulary: ['soup', 'good', 'bad'] }],
    });
  });

  test('prepares other rows with the same vocabulary, also from its file', () => {
    const { state } = valueOf(prepare(new Map([['source', data]]), steps(), uses));
    const read = preparationState.parse(JSON.parse(JSON.stringify(state)));
    const other = dataSetOf([texts('Bad, bad day')], 1);
    expect(numbersIn(valueOf(applyPreparation(read, other, { inputsOnly: true })).arrays[0])).toEqual([
      4, 4, 1, 0,
    ]);
    const asClasses = dataSetOf([classes('text', [0, 0], ['good soup'], 'input')], 2);
    const again = valueOf(applyPreparation(read, asClasses, { inputsOnly: true }));
    expect(numbersIn(again.arrays[0])).toEqual([3, 2, 0, 0, 3, 2, 0, 0]);
  });

  test('cuts long texts and leaves numbers alone', () => {
    const short = steps({ output_sequence_length: 1 });
    const cut = valueOf(prepare(new Map([['source', data]]), short, uses));
    expect(numbersIn(cut.arrays[0])).toEqual([3, 4, 1]);
    const wrong = dataSetOf([{ ...classes('text', [0, 1], ['a', 'b']), facts: { ...classes('text', [0, 1], ['a', 'b']).facts, classes: undefined } }], 2); // prettier-ignore
    expect(
      problemOf(prepare(new Map([['source', wrong]]), steps({ columns: ['text'] }), uses)).message,
    ).toContain('holds numbers');
  });
});
