/** LSTM: a recurrent layer with gates that decide what to keep, to take in and to show. */
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
  unitForgetBias,
  type RecurrentValues,
} from './recurrent';

/**
 * Of the usual LSTM a step is one operation and its gradients another: gates, candidate, carry with its tanh and the output
 * wait for the way back, which adds the gradients of four sums.
 */
const KEPT_BY_KERNEL = 7 + 4;

type LstmValues = RecurrentValues & { recurrent_activation: string };
const isUsual = ({ activation, recurrent_activation, recurrent_dropout, stateful }: LstmValues): boolean =>
  activation === 'tanh' && recurrent_activation === 'sigmoid' && recurrent_dropout === 0 && !stateful;

export const lstm = defineBlock({
  type: 'LSTM',
  version: 1,
  title: 'LSTM',
  category: 'Sequence',
  search: [
    'long short-term memory',
    'recurrent',
    'rnn',
    'memory cell',
    'gates',
    'time series',
    'sequence',
    'text',
  ],
  summary: 'Reads a sequence step by step, with a memory that gates protect over many steps.',
  help: [
    'Beside its output it keeps a memory. Three gates, each between 0 and 1, are computed from the input and the last output: the forget gate says how much of the memory stays, the input gate how much of the new goes in, the output gate how much of it is shown: `memory = forget · memory + input · tanh(…)`, `output = gate · tanh(memory)`.',
    'Shapes: `[batch, 28, 28]` with 128 units → `[batch, 128]`; with `return_sequences` → `[batch, 28, 128]`. It holds 4 × (features + units + 1) × units weights, 80,384 here.',
    statefulHelp,
    'Typical mistake: two of them in a row without `return_sequences` in the first. The second then gets one row and no sequence.',
  ].join('\n\n'),
  formula:
    '[i, f, o] = sigmoid(x · kernel + h · recurrent_kernel + bias); c ← f · c + i · tanh(x · kernel + h · recurrent_kernel + bias); h = o · tanh(c)',
  source:
    'Hochreiter and Schmidhuber, Long short-term memory (1997); Gers, Schmidhuber and Cummins, Learning to forget (2000); Keras documentation, LSTM layer',
  parameters: {
    ...recurrentParameters,
    recurrent_activation: recurrentActivation,
    unit_forget_bias: unitForgetBias,
  },
  ports: () => layerPorts,
  caption: (values) => recurrentCaption(values),
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input], values) =>
      inferRecurrent('LSTM', input, values, {
        gates: 4,
        biasShape: [4 * values.units],
        ...(isUsual(values) ? { kept: KEPT_BY_KERNEL } : {}),
      }),
    keras: (values) => ({
      class_name: 'LSTM',
      config: {
        ...recurrentConfig(values),
        recurrent_activation: values.recurrent_activation,
        unit_forget_bias: values.unit_forget_bias,
      },
    }),
    activation: ({ activation }) => switchedOn(activation),
  },
});
