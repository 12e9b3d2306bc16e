/** Owns how texts become numbers of words: Keras' TextVectorization in `int` mode, rule by rule. */
import type { TextVectorizationState } from '../../../shared/document/preparation';

type Rules = Pick<TextVectorizationState, 'standardize' | 'split'>;

/** Keras' DEFAULT_STRIP_REGEX. */
const PUNCTUATION = /[!"#$%&()*+,\-./:;<=>?@[\\\]^_`{|}~']/g;

function standardized(text: string, standardize: Rules['standardize']): string {
  switch (standardize) {
    case 'none':
      return text;
    case 'lower':
      return text.toLowerCase();
    case 'strip_punctuation':
      return text.replace(PUNCTUATION, '');
    case 'lower_and_strip_punctuation':
      return text.toLowerCase().replace(PUNCTUATION, '');
  }
}

export function tokensOf(text: string, { standardize, split }: Rules): string[] {
  const clean = standardized(text, standardize);
  return split === 'character' ? Array.from(clean) : clean.split(/\s+/).filter((word) => word !== '');
}

/** Numbers that stand for no word: padding and unknown. */
export const RESERVED = 2;

/** The most frequent words first; equally frequent ones from z to a, as Keras sorts them. */
export function vocabularyOf(texts: Iterable<string>, maxTokens: number, rules: Rules): string[] {
  const counts = new Map<string, number>();
  for (const text of texts)
    for (const token of tokensOf(text, rules)) counts.set(token, (counts.get(token) ?? 0) + 1);
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? 1 : -1))
    .slice(0, maxTokens - RESERVED)
    .map(([token]) => token);
}

/** [texts, length], filled up with 0; 1 stands for what is not in the vocabulary. */
export function encode(
  texts: readonly string[],
  {
    vocabulary,
    output_sequence_length: length,
    ...rules
  }: Rules & Pick<TextVectorizationState, 'output_sequence_length'> & { vocabulary: readonly string[] },
): Int32Array {
  const numbers = new Map(vocabulary.map((token, i) => [token, i + RESERVED]));
  const values = new Int32Array(texts.length * length);
  texts.forEach((text, row) => {
    tokensOf(text, rules)
      .slice(0, length)
      .forEach((token, i) => (values[row * length + i] = numbers.get(token) ?? 1));
  });
  return values;
}
