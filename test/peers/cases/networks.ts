/** Owns the cases of the comparison with Keras for layers in small networks that are written out. */
import type { Json } from '../../../shared/document/document';
import { dense, type PlanSketch } from '../../engine/plans';
import { caseOf, optimizer } from '../parity';

const picture: (number | null)[] = [null, 8, 8, 3];
const conv = (block: string, config: Record<string, Json>, output_shape: (number | null)[]) => ({
  block,
  class_name: 'Conv2D',
  config: { filters: 4, kernel_size: [3, 3], activation: 'relu', ...config },
  output_shape,
});
const top = (size: number) => [
  { block: 'flat', class_name: 'Flatten', config: {}, output_shape: [null, size] },
  dense('out', 3, 'softmax'),
];
export const networkCases = (
  [
    ['Conv2D valid', picture, [conv('c', {}, [null, 6, 6, 4]), ...top(144)]],
    [
      'Conv2D same, strides 2',
      picture,
      [conv('c', { padding: 'same', strides: [2, 2] }, [null, 4, 4, 4]), ...top(64)],
    ],
    [
      'Conv2D dilated',
      picture,
      [conv('c', { dilation_rate: [2, 2], kernel_size: [3, 2] }, [null, 4, 6, 4]), ...top(96)],
    ],
    [
      'Conv2D dilated same',
      picture,
      [conv('c', { dilation_rate: [2, 3], padding: 'same', use_bias: false }, [null, 8, 8, 4]), ...top(256)],
    ],
    [
      'MaxPooling2D',
      picture,
      [
        conv('c', {}, [null, 6, 6, 4]),
        {
          block: 'p',
          class_name: 'MaxPooling2D',
          config: { pool_size: [2, 2] },
          output_shape: [null, 3, 3, 4],
        },
        ...top(36),
      ],
    ],
    [
      'MaxPooling2D same, strides 1',
      picture,
      [
        conv('c', {}, [null, 6, 6, 4]),
        {
          block: 'p',
          class_name: 'MaxPooling2D',
          config: { pool_size: [3, 3], strides: [1, 1], padding: 'same' },
          output_shape: [null, 6, 6, 4],
        },
        ...top(144),
      ],
    ],
    [
      'AveragePooling2D same',
      picture,
      [
        conv('c', {}, [null, 6, 6, 4]),
        {
          block: 'p',
          class_name: 'AveragePooling2D',
          config: { pool_size: [4, 4], strides: [2, 2], padding: 'same' },
          output_shape: [null, 3, 3, 4],
        },
        ...top(36),
      ],
    ],
    [
      'GlobalAveragePooling2D',
      picture,
      [
        conv('c', {}, [null, 6, 6, 4]),
        { block: 'p', class_name: 'GlobalAveragePooling2D', config: {}, output_shape: [null, 4] },
        dense('out', 3, 'softmax'),
      ],
    ],
    [
      'BatchNormalization of rows',
      [null, 5],
      [
        dense('a', 6, 'linear', { use_bias: false }),
        {
          block: 'n',
          class_name: 'BatchNormalization',
          config: { momentum: 0.7, epsilon: 0.01 },
          output_shape: [null, 6],
        },
        dense('b', 3, 'softmax'),
      ],
    ],
    [
      'BatchNormalization of maps',
      picture,
      [
        conv('c', { use_bias: false }, [null, 6, 6, 4]),
        {
          block: 'n',
          class_name: 'BatchNormalization',
          config: { scale: false },
          output_shape: [null, 6, 6, 4],
        },
        ...top(144),
      ],
    ],
    [
      'BatchNormalization along axis 1',
      picture,
      [
        conv('c', { use_bias: false }, [null, 6, 6, 4]),
        {
          block: 'n',
          class_name: 'BatchNormalization',
          config: { axis: 1, center: false },
          output_shape: [null, 6, 6, 4],
        },
        ...top(144),
      ],
    ],
    [
      'Reshape and Dense on maps',
      [null, 12],
      [
        {
          block: 'r',
          class_name: 'Reshape',
          config: { target_shape: [2, 2, 3] },
          output_shape: [null, 2, 2, 3],
        },
        { ...dense('d', 4, 'relu'), output_shape: [null, 2, 2, 4] },
        ...top(16),
      ],
    ],
    [
      'ReLU layer',
      [null, 5],
      [
        dense('a', 6, 'linear'),
        {
          block: 'x',
          class_name: 'ReLU',
          config: { max_value: 0.8, negative_slope: 0.1, threshold: 0.2 },
          output_shape: [null, 6],
        },
        dense('b', 3, 'softmax'),
      ],
    ],
    [
      'LeakyReLU layer',
      [null, 5],
      [
        dense('a', 6, 'linear'),
        { block: 'x', class_name: 'LeakyReLU', config: { negative_slope: 0.3 }, output_shape: [null, 6] },
        dense('b', 3, 'softmax'),
      ],
    ],
    [
      'ELU layer',
      [null, 5],
      [
        dense('a', 6, 'linear'),
        { block: 'x', class_name: 'ELU', config: { alpha: 0.5 }, output_shape: [null, 6] },
        dense('b', 3, 'softmax'),
      ],
    ],
    [
      'Softmax layer',
      [null, 5],
      [
        dense('a', 3, 'linear'),
        { block: 'x', class_name: 'Softmax', config: { axis: -1 }, output_shape: [null, 3] },
      ],
    ],
    [
      'Softmax along axis 1',
      picture,
      [
        conv('c', {}, [null, 6, 6, 4]),
        { block: 'x', class_name: 'Softmax', config: { axis: 1 }, output_shape: [null, 6, 6, 4] },
        ...top(144),
      ],
    ],
    [
      'Activation silu',
      [null, 5],
      [
        dense('a', 6, 'linear'),
        { block: 'x', class_name: 'Activation', config: { activation: 'silu' }, output_shape: [null, 6] },
        dense('b', 3, 'softmax'),
      ],
    ],
    [
      'Add and Concatenate',
      [null, 5],
      [
        dense('a', 5, 'relu'),
        { block: 's', class_name: 'Add', config: {}, inbound: ['input', 'a'], output_shape: [null, 5] },
        {
          block: 'c',
          class_name: 'Concatenate',
          config: { axis: -1 },
          inbound: ['s', 'a', 'input'],
          output_shape: [null, 15],
        },
        dense('b', 3, 'softmax'),
      ],
    ],
    [
      'Concatenate along axis -2',
      picture,
      [
        conv('c', { padding: 'same', filters: 3 }, [null, 8, 8, 3]),
        {
          block: 'j',
          class_name: 'Concatenate',
          config: { axis: -2 },
          inbound: ['input', 'c'],
          output_shape: [null, 8, 16, 3],
        },
        ...top(384),
      ],
    ],
    [
      'SharedLayer: Dense twice',
      [null, 5],
      [
        dense('a', 5, 'tanh'),
        dense('b', 5, 'sigmoid', { kernel_regularizer: { class_name: 'L2', config: { l2: 0.01 } } }),
        { ...dense('c', 5, 'sigmoid'), shares: 'b' },
        dense('d', 3, 'softmax'),
      ],
    ],
    [
      'TiedDense',
      [null, 5],
      [
        dense('a', 7, 'tanh'),
        {
          block: 'b',
          class_name: 'TiedDense',
          config: { activation: 'sigmoid', use_bias: true },
          output_shape: [null, 5],
          weights: [{ name: 'bias', shape: [5], trainable: true }],
          shares: 'a',
        },
        dense('c', 3, 'softmax'),
      ],
    ],
    [
      'L1 and L2',
      [null, 5],
      [
        dense('a', 6, 'relu', {
          kernel_regularizer: { class_name: 'L2', config: { l2: 0.01 } },
          bias_regularizer: { class_name: 'L1', config: { l1: 0.02 } },
        }),
        dense('b', 3, 'softmax', {
          kernel_regularizer: { class_name: 'L1L2', config: { l1: 0.01, l2: 0.03 } },
        }),
      ],
    ],
  ] as [string, (number | null)[], PlanSketch['layers']][]
).map(([name, input, layers]) =>
  caseOf(name, { input, layers, ...optimizer('SGD', { learning_rate: 0.05 }) }),
);
