/** Embedding: a table with one trained row of numbers for every whole number that can come in. */
import { shapeText } from '../../compiler/shape';
import { defineBlock } from '../block';
import { initializer, regularizer, regularizerConfig } from '../core/weighted';
import { refuse } from '../inference';
import { layerPorts } from '../ports';

export const embedding = defineBlock({
  type: 'Embedding',
  version: 1,
  title: 'Embedding',
  category: 'Sequence',
  search: ['word vectors', 'word2vec', 'look-up', 'lookup table', 'vocabulary', 'tokens', 'text', 'categories', 'cbow', 'skip-gram', 'n_words', 'embeddings'],
  summary: 'Gives every word, or other whole number, a row of numbers that is trained.',
  help: [
    'The inputs are whole numbers from 0 to `input_dim` − 1; each is replaced by its row of a table. Words that play like parts end up with like rows. With `mask_zero` on, 0 stands for padding, and recurrent layers after it pass over those steps.',
    'Shapes: `[batch, 200]` with `output_dim` 64 → `[batch, 200, 64]`. It holds `input_dim` × `output_dim` weights.',
    'Typical mistake: an `input_dim` that is too small. It must be larger than the largest number in the data, which for words is the size of the vocabulary.',
  ].join('\n\n'),
  formula: 'y[t] = embeddings[x[t]]',
  source:
    'Bengio et al., A neural probabilistic language model (2003); Mikolov et al., Efficient estimation of word representations (2013); Keras documentation, Embedding layer',
  parameters: {
    input_dim: { kind: 'integer', default: 1000, min: 1, max: 10_000_000, help: 'Number of rows of the table: the largest number that comes in, plus 1.' },
    output_dim: { kind: 'integer', default: 64, min: 1, max: 100_000, help: 'Numbers in a row: size of what each word becomes.' },
    mask_zero: { kind: 'boolean', default: false, help: 'Takes 0 for padding that later layers pass over.' },
    embeddings_initializer: initializer('random_uniform', 'How the rows are drawn before training.'),
    embeddings_regularizer: regularizer('values in the rows'),
  },
  ports: () => layerPorts,
  caption: ({ input_dim, output_dim }) => `${input_dim.toLocaleString('en')} → ${output_dim}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([{ shape, from }], { input_dim, output_dim }) {
      if (shape.length < 2)
        return refuse({
          code: 'shape/mismatch',
          port: 'input',
          message: `Embedding expects [batch, steps]; it gets ${shapeText(shape)} from ${from}.`,
          why: 'There is nothing to look up but the batch.',
        });
      return {
        ok: true,
        value: {
          shape: [...shape, output_dim],
          weights: [{ name: 'embeddings', shape: [input_dim, output_dim], trainable: true }],
          multiplyAdds: 0,
        },
      };
    },
    keras: ({ input_dim, output_dim, mask_zero, ...values }) => ({
      class_name: 'Embedding',
      config: {
        input_dim,
        output_dim,
        mask_zero,
        embeddings_initializer: values.embeddings_initializer,
        embeddings_regularizer: regularizerConfig(values.embeddings_regularizer),
      },
    }),
    activation: () => null,
  },
}); // prettier-ignore
