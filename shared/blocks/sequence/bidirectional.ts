/** Bidirectional: a recurrent layer from the beginning and one from the end of the sequence. */
import { defineBlock, type AnyBlockDefinition, type WeightSpec } from '../block';
import { layerPorts } from '../ports';
import { gru } from './gru';
import { lstm } from './lstm';
import { nestedConfig, nestedLayer } from './nested';
import { recurrentActivation, recurrentParameters, resetAfter, unitForgetBias } from './recurrent';
import { simpleRnn } from './simple-rnn';

const inner: Readonly<Record<'LSTM' | 'GRU' | 'SimpleRNN', AnyBlockDefinition>> = {
  LSTM: lstm,
  GRU: gru,
  SimpleRNN: simpleRnn,
};

/** The second layer reads backwards already: Keras takes no other order, and nothing lies before its first step. */
const { go_backwards: _order, stateful: _state, ...parameters } = recurrentParameters;

const twice = (weights: readonly WeightSpec[]): WeightSpec[] =>
  ['forward', 'backward'].flatMap((direction) =>
    weights.map((weight) => ({ ...weight, name: `${direction}_${weight.name}` })),
  );

export const bidirectional = defineBlock({
  type: 'Bidirectional',
  version: 1,
  title: 'Bidirectional',
  category: 'Sequence',
  search: ['both directions', 'bilstm', 'bi-lstm', 'bidirectional rnn', 'backwards', 'recurrent', 'rnn'],
  summary: 'Reads a sequence from both ends with two recurrent layers and joins what they say.',
  help: [
    'Two layers of the chosen kind, with weights of their own: one reads from the first step to the last, one from the last to the first. `merge_mode` says how their outputs are joined: side by side, added, averaged or multiplied.',
    'Shapes: `[batch, 28, 8]` with 32 units → `[batch, 64]` for `concat`, `[batch, 32]` for the others; with `return_sequences` → `[batch, 28, 64]`. It holds twice the weights of the layer.',
    'Typical mistake: using it to predict what comes next. It has already read the end.',
  ].join('\n\n'),
  formula: 'y = merge(forward(x₁ … xₙ), backward(xₙ … x₁))',
  source:
    'Schuster and Paliwal, Bidirectional recurrent neural networks (1997); Keras documentation, Bidirectional layer',
  parameters: {
    layer: { kind: 'choice', default: 'LSTM', options: ['LSTM', 'GRU', 'SimpleRNN'], help: 'The layer that reads in both directions.' },
    merge_mode: { kind: 'choice', default: 'concat', options: ['concat', 'sum', 'ave', 'mul'], help: 'How the two outputs become one: `concat` side by side, `sum`, `ave` (the mean) or `mul`.' },
    ...parameters,
    recurrent_activation: { ...recurrentActivation, when: { parameter: 'layer', is: ['LSTM', 'GRU'] } },
    unit_forget_bias: { ...unitForgetBias, when: { parameter: 'layer', is: ['LSTM'] } },
    reset_after: { ...resetAfter, when: { parameter: 'layer', is: ['GRU'] } },
  }, // prettier-ignore
  ports: () => layerPorts,
  caption: ({ layer, units }) => `${layer}, 2 × ${units}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([input], values) {
      const nested = nestedLayer(inner[values.layer], values);
      const one = nested.behaviour.infer([input], nested.values);
      if (!one.ok) {
        const message = one.finding.message.replace(values.layer, 'Bidirectional');
        return { ok: false, finding: { ...one.finding, message } };
      }
      const { shape, weights, multiplyAdds, keptValues = 0 } = one.value;
      const width = values.merge_mode === 'concat' ? 2 * values.units : values.units;
      return {
        ok: true,
        value: {
          shape: [...shape.slice(0, -1), width],
          weights: twice(weights),
          multiplyAdds: 2 * multiplyAdds,
          keptValues: 2 * keptValues,
        },
      };
    },
    keras(values) {
      const nested = nestedLayer(inner[values.layer], values);
      return {
        class_name: 'Bidirectional',
        config: {
          layer: nestedConfig(nested.behaviour.keras(nested.values)),
          merge_mode: values.merge_mode,
        },
      };
    },
    activation: () => null,
  },
});
