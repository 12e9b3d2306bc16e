/** Owns the cases of the comparison with Keras for orthogonal penalties and constraints on weights. */
import type { Json } from '../../../shared/document/document';
import { dense } from '../../engine/plans';
import { caseOf, optimizer } from '../parity';

const constraints: [string, Record<string, Json>][] = [
  ['MaxNorm', { max_value: 0.8, axis: [0] }],
  ['NonNeg', {}],
  ['UnitNorm', { axis: [0] }],
  ['UnitNorm', { axis: [1] }],
  ['MinMaxNorm', { min_value: 0.4, max_value: 0.9, rate: 0.5, axis: [0] }],
];
const rate = { learning_rate: 0.1, momentum: 0.9 };
const ofKernel = (class_name: string, config: Record<string, Json>) => ({
  kernel_constraint: { class_name, config },
});

export const constraintCases = [
  ...['rows', 'columns'].map((mode) =>
    caseOf(`penalty OrthogonalRegularizer, ${mode}`, {
      input: [null, 5],
      layers: [
        dense('a', 6, 'tanh', {
          kernel_regularizer: { class_name: 'OrthogonalRegularizer', config: { factor: 0.5, mode } },
        }),
        dense('b', 3, 'softmax'),
      ],
      ...optimizer('SGD', rate),
    }),
  ),
  ...constraints.map(([name, config]) =>
    caseOf(`constraint ${name} ${JSON.stringify(config)}`, {
      input: [null, 5],
      layers: [dense('a', 6, 'tanh', ofKernel(name, config)), dense('b', 3, 'softmax')],
      ...optimizer('SGD', rate),
    }),
  ),
  caseOf('constraints of a convolution, of biases, with an average', {
    input: [null, 6, 6, 2],
    layers: [
      {
        block: 'conv',
        class_name: 'Conv2D',
        config: {
          filters: 3,
          kernel_size: [3, 3],
          activation: 'relu',
          ...ofKernel('MaxNorm', { max_value: 0.5, axis: [0, 1, 2] }),
          bias_constraint: { class_name: 'NonNeg', config: {} },
        },
        output_shape: [null, 4, 4, 3],
      },
      { block: 'flat', class_name: 'Flatten', config: {}, output_shape: [null, 48] },
      dense('b', 3, 'softmax'),
    ],
    ...optimizer('SGD', { ...rate, use_ema: true, ema_momentum: 0.5, ema_overwrite_frequency: 2 }),
  }),
];
