/** Owns the networks that read words and characters, drawn without data: numbers of words come in. */
import type { Endpoint } from '../../document/document';
import { transformerEncoder } from '../parts/transformer';
import type { Sketch } from '../sketch';
import type { Template } from './template';

const steps = (sketch: Sketch, ...shape: number[]): Endpoint => sketch.add('Input', { shape });

/** 40 characters of 56 kinds, each one-hot; the answer is the next one. */
function charLstm(sketch: Sketch): void {
  sketch.chain(steps(sketch, 40, 56), ['LSTM', { units: 128 }], ['Dense', { units: 56 }], 'Softmax');
}

function cbow(sketch: Sketch): void {
  const words = 131;
  sketch.chain(
    steps(sketch, 4),
    ['Embedding', { input_dim: words, output_dim: 128 }],
    'GlobalAveragePooling1D',
    ['Dense', { units: words }],
    'Softmax',
  );
}

function skipGram(sketch: Sketch): void {
  const words = 128;
  sketch.chain(
    steps(sketch, 1),
    ['Embedding', { input_dim: words, output_dim: 128 }],
    'Flatten',
    ['Dense', { units: words }],
    'Softmax',
  );
}

/** While it is trained the second input is the answer itself, one word behind. */
function translation(sketch: Sketch): void {
  const words = 5000;
  const read = (): Endpoint =>
    sketch.chain(
      steps(sketch, 20),
      ['Embedding', { input_dim: words, output_dim: 128 }],
      ['LSTM', { units: 256, return_sequences: true }],
    );
  const [source, answer] = [read(), read()];
  const context = sketch.add('Attention', {}, [answer, source]);
  sketch.chain(
    sketch.add('Concatenate', {}, [context, answer]),
    ['Dense', { units: 256, activation: 'tanh', use_bias: false }],
    ['Dense', { units: words }],
    'Softmax',
  );
}

function transformer(sketch: Sketch): void {
  sketch.chain(
    steps(sketch, 200),
    ['Embedding', { input_dim: 20_000, output_dim: 32 }],
    'PositionEmbedding',
    transformerEncoder,
    'GlobalAveragePooling1D',
    ['Dropout', { rate: 0.1 }],
    ['Dense', { units: 20, activation: 'relu' }],
    ['Dropout', { rate: 0.1 }],
    ['Dense', { units: 2 }],
    'Softmax',
  );
}

const PATTANAYAK = 'Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 4';

export const sequences: readonly Template[] = [
  {
    name: 'cbow',
    title: 'Word vectors by context (CBOW)',
    family: 'Sequences',
    summary: 'Four words around a gap, averaged, say which word is missing; the table of word vectors is what is wanted of it.',
    parameters: 33_667,
    source: `${PATTANAYAK}, listing 4-1a: 131 words, 128 numbers each; 131·128 + 128·131 + 131`,
    draw: cbow,
  },
  {
    name: 'skip-gram',
    title: 'Word vectors by neighbours (skip-gram)',
    family: 'Sequences',
    summary: 'One word says which words stand near it; better for rare words.',
    parameters: 32_896,
    source: `${PATTANAYAK}, listing 4-1b: 128 words, 128 numbers each; 128·128 + 128·128 + 128`,
    draw: skipGram,
  },
  {
    name: 'char-lstm',
    title: 'Character by character (LSTM)',
    family: 'Sequences',
    summary: 'Reads 40 characters and says which comes next: it writes texts when its answer is put behind them again and again.',
    parameters: 101_944,
    source: 'Chollet, Character-level text generation with LSTM (Keras example, 2015); 4·128·(56 + 128 + 1) + 128·56 + 56',
    draw: charLstm,
  },
  {
    name: 'seq2seq-attention',
    title: 'Translation with attention',
    family: 'Sequences',
    summary: 'One LSTM reads a sentence, another writes its translation and looks back at every word of the first. It learns of the sentence by attention alone: no state is handed over.',
    parameters: 3_484_552,
    source: 'After Luong, Pham, Manning, Effective Approaches to Attention-based Neural Machine Translation (2015), smaller; twice 5000·128 + 4·256·(128 + 256 + 1), 512·256, 256·5000 + 5000',
    draw: translation,
  },
  {
    name: 'transformer',
    title: 'Small transformer',
    family: 'Sequences',
    summary: 'Says whether a review of 200 words is friendly: one encoder block in which every word looks at every other.',
    parameters: 657_758,
    source: 'Nandan, Text classification with Transformer (Keras example, 2020): 646,400 + 10,656 + 660 + 42 in its model summary',
    draw: transformer,
  },
]; // prettier-ignore
