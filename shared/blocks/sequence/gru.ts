/** GRU: a recurrent layer with two gates and no memory beside its output. */
import { switchedOn } from '../activation/functions';
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import {
  inferRecurrent,
  recurrentActivation,
  recurrentCaption,
  recurrentConfig,
  recurrentParameters,
  statefulHelp,
  resetAfter,
} from './recurrent';

export const gru = defineBlock({
  type: 'GRU',
  version: 1,
  title: 'GRU',
  category: 'Sequence',
  search: ['gated recurrent unit', 'recurrent', 'rnn', 'gates', 'time series', 'sequence', 'text'],
  summary: 'Reads a sequence step by step; two gates mix the old state with the new one.',
  help: [
    'The update gate z says how much of the old state stays: `state = z · state + (1 − z) · candidate`; the reset gate says how much of it the candidate may see. It learns about as much as an LSTM with three quarters of the weights.',
    'Shapes: `[batch, 28, 28]` with 128 units → `[batch, 128]`; with `return_sequences` → `[batch, 28, 128]`. It holds 3 × (features + units + 2) × units weights; with `reset_after` off, one bias less for each sum.',
    statefulHelp,
    'Typical mistake: comparing its weights with those of another tool. With `reset_after` on and off it is two different layers, and other tools may have only one of them.',
  ].join('\n\n'),
  source:
    'Cho et al., Learning phrase representations using RNN encoder-decoder (2014); Keras documentation, GRU layer',
  parameters: { ...recurrentParameters, recurrent_activation: recurrentActivation, reset_after: resetAfter },
  ports: () => layerPorts,
  caption: (values) => recurrentCaption(values),
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input], values) =>
      inferRecurrent('GRU', input, values, {
        gates: 3,
        biasShape: values.reset_after ? [2, 3 * values.units] : [3 * values.units],
      }),
    keras: (values) => ({
      class_name: 'GRU',
      config: {
        ...recurrentConfig(values),
        recurrent_activation: values.recurrent_activation,
        reset_after: values.reset_after,
      },
    }),
    activation: ({ activation }) => switchedOn(activation),
  },
});
