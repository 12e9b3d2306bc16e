/** Owns the text that lies beside an exported model: how a page or a program uses it. */
import type { InputColumn, ModelInput, ModelOutput } from './preparation';

const shapeText = (shape: readonly (number | null)[]): string =>
  `[${['n', ...shape.map((size) => size ?? 'any')].join(', ')}]`;

const SHOWN = 12;
const listed = (names: readonly string[]): string =>
  names.length > SHOWN
    ? `${names.slice(0, SHOWN).join(', ')}, … (${names.length} in all, see preparation.json)`
    : names.join(', ');

function columnText({ name, fill, scale, offset, oneHot, words, classes }: InputColumn): string {
  const empty = fill === undefined ? '' : `; an empty value counts as ${fill}`;
  if (words !== undefined)
    return `${name}: ${words.output_sequence_length} numbers of ${words.split === 'character' ? 'characters' : 'words'}; 0 is padding, 1 unknown, 2 ${words.vocabulary[0] ?? ''} and so on (the vocabulary and the rules stand in preparation.json)`;
  if (oneHot !== undefined)
    return `${name}: ${oneHot} numbers, 1 at the class and 0 elsewhere (${listed(classes ?? [])})${empty}`;
  if (scale?.length === 1 && offset?.length === 1) {
    return scale[0] === 1 && offset[0] === 0
      ? `${name}: as it is${empty}`
      : `${name}: value × ${scale[0]} + ${offset[0]}${empty}`;
  }
  return `${name}: value × scale + offset, with one pair for each value (see preparation.json)${empty}`;
}

function inputText({ name, shape, columns }: ModelInput): string {
  if (columns.length === 0)
    return `  ${name}: float32 ${shapeText(shape)}, random numbers, as tf.randomNormal or tf.randomUniform makes them`;
  const shown = columns.slice(0, SHOWN).map((column) => `    ${columnText(column)}`);
  if (columns.length > SHOWN) shown.push(`    … ${columns.length} columns in all, see preparation.json`);
  return [`  ${name}: float32 ${shapeText(shape)}, from`, ...shown].join('\n');
}

function meaning({ shape, means, task, classes, columns }: ModelOutput): string {
  if (task === 'regression') return `the value of ${listed(columns)}`;
  if (task === 'transcription')
    return `logits of every symbol at each step, 0 for none: what reads ${listed(columns)}`;
  if (task === 'other' && columns.length === 0) return 'what the network makes of them';
  if (task === 'other') return `what the network was taught by ${listed(columns)}`;
  if (means === 'scores')
    return shape.length === 1 && shape[0] === 1
      ? `a score: above 0 means “${classes?.[1] ?? '1'}”`
      : `scores of ${listed(classes ?? columns)}, in this order; the largest is the answer`;
  const kind = means === 'logits' ? 'logits' : 'probabilities';
  if (shape.length === 1 && shape[0] === 1) {
    const positive = classes?.[1] ?? '1';
    return means === 'logits'
      ? `the logit of “${positive}”; tf.sigmoid makes it a probability`
      : `the probability of “${positive}”`;
  }
  const then =
    means === 'logits' ? `; ${task === 'binary' ? 'tf.sigmoid' : 'tf.softmax'} makes them probabilities` : '';
  return `${kind} of ${listed(classes ?? columns)}, in this order${then}`;
}

/** The lines are plain text; a page of examples would be out of date sooner than these. */
export function guideText(inputs: readonly ModelInput[], outputs: readonly ModelOutput[]): string {
  const joins = inputs.some(({ columns }) => columns.length > 1);
  return `A TensorFlow.js LayersModel, exported from Axonry.

  model.json and the .bin files   the network and its weights
  preparation.json                what was done to the data before the network saw them: do the same to new data

In a web page that loads TensorFlow.js 4 (npm package @tensorflow/tfjs), with this folder on its server:

  const model = await tf.loadLayersModel('model.json');
  const output = model.predict(${inputs.length === 1 ? 'input' : `[${inputs.map((_, i) => `input${i + 1}`).join(', ')}]`});

What goes in, for n samples at once:
${inputs.map(inputText).join('\n')}
${joins ? '  The columns stand side by side along the last axis, in this order.\n' : ''}
What comes out:
${outputs.map((output) => `  ${output.name}: ${shapeText(output.shape)}, ${meaning(output)}`).join('\n')}
`;
}
