/** ConvLSTM1D, ConvLSTM2D and ConvLSTM3D: an LSTM whose products are convolutions, for sequences of pictures. */
import { switchedOn } from '../activation/functions';
import { defineBlock, type Inference, type InputShape } from '../block';
import { dilationParameter, filtersCaption, filtersParameter } from '../convolution/convolution';
import {
  lengthsText,
  perAxis,
  places,
  SPACES,
  unknownChannels,
  withInner,
  type Rank,
} from '../convolution/space';
import { stridesWithGaps } from '../convolution/strides';
import { paddingParameter, slide } from '../convolution/window';
import { refuse, wrongRank } from '../inference';
import { shapeText } from '../../compiler/shape';
import { layerPorts } from '../ports';
import { written } from '../words';
import {
  keptByGates,
  recurrentActivation,
  recurrentConfig,
  recurrentParameters,
  statefulHelp,
  unitForgetBias,
} from './recurrent';

const GATES = 4;
const { units: _, ...parameters } = recurrentParameters;

const unknownPlaces = (type: string, input: InputShape) =>
  refuse({
    code: 'shape/mismatch',
    port: 'input',
    message: `${type} needs to know how large each step is; it gets ${shapeText(input.shape)} from ${input.from}.`,
    why: 'Its state is as large as a step, and begins before the first one arrives.',
  });

function convLstm(rank: Rank) {
  const space = SPACES[rank];
  const type = `ConvLSTM${rank}D`;
  const sequence = space.shape.replace(rank === 1 ? '[batch, steps' : '[batch', rank === 1 ? '[batch, steps, places' : '[batch, steps'); // prettier-ignore
  const thing = rank === 1 ? 'row' : space.thing;
  const example = {
    1: '`[batch, 10, 64, 3]` with 16 filters of 3 → `[batch, 62, 16]`',
    2: '`[batch, 10, 64, 64, 1]` with 16 filters of 3 × 3 → `[batch, 62, 62, 16]`',
    3: '`[batch, 10, 16, 16, 16, 1]` with 8 filters of 3 × 3 × 3 → `[batch, 14, 14, 14, 8]`',
  }[rank];
  return defineBlock({
    ...written(type, {
      search: [
        'convolutional lstm',
        'convlstm',
        'video',
        'film',
        'frames',
        'recurrent',
        'weather',
        'spatiotemporal',
        'sequence',
      ],
      summary: `Reads a sequence of ${thing}s step by step, with a memory for every place.`,
      help: [
        `The gates of an LSTM, with convolutions in the place of the products: \`memory = forget · memory + input · tanh(W ∗ x + U ∗ output)\`. \`strides\`, \`padding\` and \`dilation_rate\` are those of the convolution of the input; the one of the state keeps its size.`,
        `Shapes: ${example}; with \`return_sequences\` the steps stay: \`[batch, 10, …]\`. It holds 4 × filters × window × (channels + filters) weights and 4 × filters biases.`,
        statefulHelp,
        `Typical mistake: leaving out the axis of the steps. It reads \`${sequence}\`; a single ${thing} is for Conv${rank}D.`,
      ],
      source:
        'Shi et al., Convolutional LSTM network: a machine learning approach for precipitation nowcasting (2015); Keras documentation, ' +
        type +
        ' layer',
    }),
    category: 'Sequence',
    parameters: {
      filters: filtersParameter('Channels of the state, which is what the layer puts out.'),
      kernel_size: perAxis(space, 3, `${lengthsText(space)} of a filter.`),
      strides: perAxis(space, 1, 'How far the filter moves over the input.', { advanced: true }),
      padding: paddingParameter(space),
      dilation_rate: dilationParameter(space),
      ...parameters,
      recurrent_activation: recurrentActivation,
      unit_forget_bias: unitForgetBias,
    },
    ports: () => layerPorts,
    caption: ({ filters, kernel_size, return_sequences }) =>
      `${filtersCaption(filters, kernel_size)}${return_sequences ? ', every step' : ''}`,
    behaviour: {
      kind: 'layer',
      affine: false,
      infer([input], values) {
        const { filters, kernel_size, use_bias, return_sequences } = values;
        if (input.shape.length !== rank + 3)
          return wrongRank(type, sequence, input, `It reads a sequence of ${thing}s, step by step.`, [
            {
              label: 'Switch return_sequences on',
              kind: 'set-before',
              port: 'input',
              name: 'return_sequences',
              value: true,
            },
          ]);
        const [batch, steps, ...rest] = input.shape;
        const channels = rest[rest.length - 1];
        if (channels === null) return unknownChannels(type, input);
        if (rest.includes(null)) return unknownPlaces(type, input);
        const gaps = stridesWithGaps(type, values);
        if (gaps) return gaps;
        const step = { ...input, shape: [batch, ...rest] };
        const slid = slide(space, type, 'kernel_size', step, {
          size: kernel_size,
          strides: values.strides,
          dilation: values.dilation_rate,
          padding: values.padding,
        });
        if (!slid.ok) return slid;
        const state = withInner(step.shape, slid.lengths, filters);
        const columns = GATES * filters;
        const window = kernel_size.reduce((product, size) => product * size, 1);
        const weight = (name: string, shape: readonly number[]) => ({ name, shape, trainable: true });
        const value: Inference = {
          shape: return_sequences ? [batch, steps, ...state.slice(1)] : state,
          weights: [
            weight('kernel', [...kernel_size, channels, columns]),
            weight('recurrent_kernel', [...kernel_size, filters, columns]),
            ...(use_bias ? [weight('bias', [columns])] : []),
          ],
          multiplyAdds: (steps ?? 1) * places(state) * columns * window * (channels + filters),
          keptValues: (steps ?? 1) * places(state) * filters * keptByGates(GATES),
          findings: slid.findings,
        };
        return { ok: true, value };
      },
      keras: ({ filters, ...values }) => {
        const { units: _units, ...recurrent } = recurrentConfig({ ...values, units: filters });
        return {
          class_name: type,
          config: {
            filters,
            kernel_size: [...values.kernel_size],
            strides: [...values.strides],
            padding: values.padding,
            data_format: 'channels_last',
            dilation_rate: [...values.dilation_rate],
            ...recurrent,
            recurrent_activation: values.recurrent_activation,
            unit_forget_bias: values.unit_forget_bias,
          },
        };
      },
      activation: ({ activation }) => switchedOn(activation),
    },
  });
}

export const convLstmBlocks = ([2, 1, 3] as const).map(convLstm);
