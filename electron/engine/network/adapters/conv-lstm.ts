/** Owns the LSTMs that read sequences of rows, pictures and volumes. */
import type { Tensor } from '@tensorflow/tfjs';
import { z } from 'zod';
import type { Shape } from '../../../../shared/compiler/shape';
import { positions, type Window } from '../../../../shared/blocks/convolution/window';
import { streamNumber } from '../../random/stateless-uniform';
import { activations } from '../activations';
import { keeping } from '../own-layers/keeping';
import { lengthOf, Operation } from '../own-layers/operation';
import { convolutionalLstm } from '../own-layers/recurrent/convolutional';
import type { LayerCall } from '../layer-call';
import { cannot, padding, perAxis, type Adapter } from './adapted-layer';
import { keptStates, ofWeights, recurrent } from './recurrent';

const GATES = ['input', 'forget', 'cell', 'output'];

/** The places of a step once the filter slid over it; the step is [batch, steps, ...places, channels]. */
const placesAfter = (
  input: Shape,
  {
    kernel_size,
    strides,
    dilation_rate,
    padding,
  }: Pick<Window, 'strides' | 'padding'> & {
    kernel_size: readonly number[];
    dilation_rate: readonly number[];
  },
): number[] =>
  kernel_size.map((size, axis) =>
    positions(lengthOf(input, axis + 2), size, strides[axis], dilation_rate[axis], padding),
  );

function adaptConvLstm(rank: 1 | 2 | 3): Adapter {
  const one = Array<number>(rank).fill(1);
  const { units: _, ...shared } = recurrent.shape;
  const schema = z.object({
    ...shared,
    filters: z.number().int(),
    kernel_size: perAxis(rank),
    strides: perAxis(rank).default(one),
    dilation_rate: perAxis(rank).default(one),
    padding,
  });
  return (raw, { block, inputs, batch }) => {
    const config = schema.parse(raw);
    const { filters, kernel_size, use_bias } = config;
    const dropped = (what: string, rate: number, seed: number, shape: readonly number[], call: LayerCall) => {
      const masks = GATES.map((gate) =>
        keeping(shape, rate, streamNumber(seed, block, `${what} of the ${gate} gate`), call),
      );
      const made = masks.filter((mask): mask is Tensor => mask !== null);
      return made.length === masks.length ? made : null;
    };
    const create = (seed: number) =>
      new Operation(
        ([x], weights, call) => {
          const [rows, , ...step] = x.shape;
          return convolutionalLstm(x, weights, {
            sliding: config,
            activation: activations[config.activation],
            recurrentActivation: activations[config.recurrent_activation],
            goBackwards: config.go_backwards,
            returnSequences: config.return_sequences,
            droppedInputs: dropped('dropout', config.dropout, seed, [rows, ...step], call),
            droppedStates: (shape) =>
              dropped('recurrent dropout', config.recurrent_dropout, seed, shape, call),
            mask: call.masks[0],
            stateful: config.stateful,
            call,
          });
        },
        {
          kernel: [...kernel_size, lengthOf(inputs[0], -1), 4 * filters],
          recurrent_kernel: [...kernel_size, filters, 4 * filters],
          ...(use_bias ? { bias: [4 * filters] } : {}),
        },
      );
    return {
      create,
      activation: null,
      ...ofWeights('LSTM', { ...config, units: filters }),
      ...keptStates(config, 2, [...placesAfter(inputs[0], config), filters], batch),
      tfjs: cannot('TensorFlow.js has ConvLSTM2D only with gates that Keras computes in another way.'),
    };
  };
}

export const convLstmAdapters: Record<string, Adapter> = {
  ConvLSTM1D: adaptConvLstm(1),
  ConvLSTM2D: adaptConvLstm(2),
  ConvLSTM3D: adaptConvLstm(3),
};
