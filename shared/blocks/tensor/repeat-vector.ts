/** RepeatVector: one row of features becomes a sequence of equal rows. */
import { defineBlock } from '../block';
import { weightless, wrongRank } from '../inference';
import { layerPorts } from '../ports';

export const repeatVector = defineBlock({
  type: 'RepeatVector',
  version: 1,
  title: 'RepeatVector',
  category: 'Tensor',
  search: ['tile', 'copy', 'sequence', 'decoder'],
  summary: 'Repeats a row of features, so that it becomes a sequence.',
  help: [
    'Shapes: `[batch, 32]` with `n` 5 → `[batch, 5, 32]`. Every step of the sequence is the same row. There are no weights.',
    'It stands between an encoder that sums a sequence up in one row and a decoder that writes a sequence again.',
    'Typical mistake: giving it a map. It takes rows only; a map can be flattened first.',
  ].join('\n\n'),
  formula: 'y[t] = x for t = 1 … n',
  source: 'Keras documentation, RepeatVector layer',
  parameters: {
    n: { kind: 'integer', default: 2, min: 1, max: 100_000, help: 'Number of steps of the sequence.' },
  },
  ports: () => layerPorts,
  caption: ({ n }) => `${n} times`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input], { n }) =>
      input.shape.length === 2
        ? weightless([input.shape[0], n, input.shape[1]])
        : wrongRank(
            'RepeatVector',
            '[batch, features]',
            input,
            'It makes a sequence of a single row.',
            input.shape.length > 2
              ? [{ label: 'Insert Flatten', kind: 'insert-before', type: 'Flatten' }]
              : [],
          ),
    keras: ({ n }) => ({ class_name: 'RepeatVector', config: { n } }),
    activation: () => null,
  },
});
