/** SimpleRNN: a layer that is given its own output again at the next step. */
import { switchedOn } from '../activation/functions';
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import {
  inferRecurrent,
  recurrentCaption,
  recurrentConfig,
  recurrentParameters,
  statefulHelp,
} from './recurrent';

export const simpleRnn = defineBlock({
  type: 'SimpleRNN',
  version: 1,
  title: 'SimpleRNN',
  category: 'Sequence',
  search: ['recurrent', 'rnn', 'elman', 'vanilla rnn', 'time series', 'sequence', 'memory', 'unfolded'],
  summary: 'Reads a sequence step by step and keeps one row of numbers as its memory.',
  help: [
    'At every step it computes `state = activation(x · kernel + state · recurrent_kernel + bias)`, with the same weights each time. The first state is zero.',
    'Shapes: `[batch, 28, 8]` with 32 units → `[batch, 32]`, the state after the last step; with `return_sequences` → `[batch, 28, 32]`. It holds (features + units + 1) × units weights.',
    statefulHelp,
    'Typical mistake: expecting it to remember far back. Its gradient shrinks or grows at every step; after some ten steps LSTM and GRU learn what it does not.',
  ].join('\n\n'),
  source:
    'Elman, Finding structure in time (1990); Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 4; Keras documentation, SimpleRNN layer',
  parameters: recurrentParameters,
  ports: () => layerPorts,
  caption: (values) => recurrentCaption(values),
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input], values) =>
      inferRecurrent('SimpleRNN', input, values, { gates: 1, biasShape: [values.units] }),
    keras: (values) => ({ class_name: 'SimpleRNN', config: recurrentConfig(values) }),
    activation: ({ activation }) => switchedOn(activation),
  },
});
