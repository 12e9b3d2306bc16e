/** Owns the layers of the books that neither Keras nor TensorFlow.js has, and EinsumDense, which only Keras has. */
import type { Tensor, Tensor4D } from '@tensorflow/tfjs';
import { z } from 'zod';
import { askedLengths, parsedEquation, type Einsum } from '../../../../shared/blocks/core/einsum-dense';
import { tf } from '../../tensorflow';
import { activations, softmax } from '../activations';
import { lengthOf, Operation } from '../own-layers/operation';
import { pool } from '../own-layers/pool';
import {
  cannot,
  perAxis,
  weighted,
  withoutActivation,
  type AdaptedLayer,
  type Adapter,
} from './adapted-layer';

const { use_bias: _, ...einsumWeights } = weighted;
/** TensorFlow.js has no gradient for it; each is a sum of the same kind over the two others. */
function einsumOf({ input, kernel, output }: Einsum, x: Tensor, weights: Tensor): Tensor {
  return tf.customGrad<Tensor>((...args) => {
    const [a, b, save] = args as unknown as [Tensor, Tensor, (tensors: Tensor[]) => void];
    save([a, b]);
    const gradFunc = (dy: Tensor, saved: Tensor[]): Tensor[] => [
      tf.einsum(`${output},${kernel}->${input}`, dy, saved[1]),
      tf.einsum(`${input},${output}->${kernel}`, saved[0], dy),
    ];
    return { value: tf.einsum(`${input},${kernel}->${output}`, a, b), gradFunc };
  })(x, weights);
}

const einsumDense = z.object({
  equation: z.string(),
  output_shape: z.array(z.number().int().nullable()),
  bias_axes: z.string().nullable(),
  ...einsumWeights,
});
const adaptEinsumDense: Adapter = (raw, { inputs }) => {
  const config = einsumDense.parse(raw);
  const einsum = parsedEquation(config.equation, inputs[0].length);
  if (einsum === null) throw new Error(`${config.equation} is no equation for this input`);
  const lengths = new Map<string, number | null>([...einsum.input].map((axis, i) => [axis, inputs[0][i]]));
  const asked = askedLengths(
    einsum,
    inputs[0],
    config.output_shape.map((size) => size ?? -1),
  );
  [...einsum.output].slice(1).forEach((axis, i) => {
    if (!lengths.has(axis)) lengths.set(axis, asked[i]);
  });
  const length = (axis: string) => lengthOf([lengths.get(axis) ?? null], 0);
  const biased = config.bias_axes ?? '';
  const first = Math.min(...[...biased].map((axis) => einsum.output.indexOf(axis)));
  const bias = [...einsum.output].slice(first).map((axis) => (biased.includes(axis) ? length(axis) : 1));
  const create = () =>
    new Operation(
      ([x], weights) => {
        const y = einsumOf(einsum, x, weights.kernel);
        return biased === '' ? y : tf.add(y, weights.bias);
      },
      { kernel: [...einsum.kernel].map(length), ...(biased === '' ? {} : { bias }) },
    );
  return {
    create,
    activation: activations[config.activation],
    penalties: { kernel: config.kernel_regularizer, bias: config.bias_regularizer },
    tfjs: cannot('TensorFlow.js has no EinsumDense.'),
  };
};

const tiedDense = z.object({ activation: weighted.activation, use_bias: weighted.use_bias });
const adaptTiedDense: Adapter = (raw) => {
  const { activation, use_bias } = tiedDense.parse(raw);
  const create: AdaptedLayer['create'] = (_seed, borrow) => {
    if (borrow === undefined) throw new Error('a tied layer needs the layer that it is tied to');
    const kernel = borrow('kernel');
    const [features, units] = kernel.shape;
    return new Operation(
      ([x], { bias }) => {
        const rows = tf.matMul(tf.reshape(x, [-1, units]), kernel, false, true);
        const y = tf.reshape(rows, [...x.shape.slice(0, -1), features]);
        return use_bias ? tf.add(y, bias) : y;
      },
      use_bias ? { bias: [features] } : {},
    );
  };
  return {
    create,
    activation: activations[activation],
    penalties: {},
    tfjs: cannot('TensorFlow.js has no layer that uses the weights of another one turned around.'),
  };
};

const subSampling = z.object({ pool_size: perAxis(2), activation: weighted.activation });
const adaptSubSampling2D: Adapter = (raw, { inputs }) => {
  const { pool_size, activation } = subSampling.parse(raw);
  const channels = lengthOf(inputs[0], -1);
  const windows = { pool_size, strides: pool_size, padding: 'valid' } as const;
  const size = pool_size[0] * pool_size[1];
  return {
    create: () =>
      new Operation(
        ([x], { kernel, bias }) => tf.add(tf.mul(tf.mul(pool('Average', x, windows), size), kernel), bias),
        { kernel: [channels], bias: [channels] },
      ),
    activation: activations[activation],
    penalties: {},
    // Spread over the windows the sum begins as their mean.
    initializers: { kernel: 'ones' },
    tfjs: cannot('TensorFlow.js has no layer for trainable sub-sampling.'),
  };
};

const rbf = z.object({
  units: z.number().int(),
  prototypes: z.enum(['fixed', 'learned']),
  output: z.enum(['probabilities', 'distances']),
});
/** Σ (x − w)² = Σ x² − 2 x·w + Σ w², so that no tensor of all differences is made. */
const distances = (x: Tensor, patterns: Tensor): Tensor =>
  tf.add(
    tf.sub(tf.sum(tf.square(x), 1, true), tf.mul(tf.matMul(x, patterns), 2)),
    tf.sum(tf.square(patterns), 0, true),
  );
const adaptRBFOutput: Adapter = (raw, { inputs }) => {
  const { units, prototypes, output } = rbf.parse(raw);
  const probable = output === 'probabilities';
  return {
    create: () =>
      new Operation(
        ([x], { prototypes: patterns }) => {
          const apart = distances(x, patterns);
          return probable ? tf.neg(apart) : apart;
        },
        { prototypes: [lengthOf(inputs[0], -1), units] },
        prototypes === 'fixed' ? ['prototypes'] : [],
      ),
    activation: probable ? softmax() : null,
    penalties: {},
    tfjs: cannot('TensorFlow.js has no layer that compares with patterns.'),
  };
};

const groupSoftmax = z.object({ size: z.number().int() });
const adaptGroupSoftmax: Adapter = (raw) => {
  const { size } = groupSoftmax.parse(raw);
  return withoutActivation(
    () => new Operation(([x]) => tf.reshape(tf.softmax(tf.reshape(x, [-1, size])), x.shape)),
    cannot('TensorFlow.js has Softmax only along a whole axis.'),
  );
};

const fixedFilter = z.object({ kernels: z.array(z.array(z.array(z.number()))).min(1) });
const adaptFixedFilter2D: Adapter = (raw, { inputs }) => {
  const { kernels } = fixedFilter.parse(raw);
  const channels = lengthOf(inputs[0], -1);
  const filtered = (x: Tensor, kernel: number[][]): Tensor => {
    const taps = kernel.flat().flatMap((tap) => Array<number>(channels).fill(tap));
    const filter = tf.tensor4d(taps, [kernel.length, kernel[0].length, channels, 1]);
    return tf.depthwiseConv2d(x as Tensor4D, filter, 1, 'same');
  };
  const create = () =>
    new Operation(([x]) => {
      const answers = kernels.map((kernel) => filtered(x, kernel));
      if (answers.length === 1) return answers[0];
      // The root has no slope at 0.
      return tf.sqrt(tf.add(tf.addN(answers.map((answer) => tf.square(answer))), EDGE));
    });
  return withoutActivation(create, cannot('TensorFlow.js has no layer with a given filter.'));
};
const EDGE = 1e-12;

export const specialAdapters: Record<string, Adapter> = {
  EinsumDense: adaptEinsumDense,
  TiedDense: adaptTiedDense,
  SubSampling2D: adaptSubSampling2D,
  RBFOutput: adaptRBFOutput,
  GroupSoftmax: adaptGroupSoftmax,
  FixedFilter2D: adaptFixedFilter2D,
};
