/** Owns the initialisers that a weight may have: Keras' names, with the parameters of those that have some. */
import type { ConfiguredOption, ConfiguredParameter, NumberParameter } from '../parameter';

const number = (value: number, help: string, more: Partial<NumberParameter> = {}): NumberParameter => ({
  kind: 'number',
  default: value,
  help,
  ...more,
});
const center = number(0, 'The middle of the distribution.');
const spread = number(0.05, 'The standard deviation.', { min: 0 });
const gain = number(1, 'What all values are multiplied by.');

const option = (
  name: string,
  class_name: string,
  summary: string,
  parameters: ConfiguredOption['parameters'] = {},
): ConfiguredOption => ({ name, class_name, summary, parameters });

const INITIALIZERS: readonly ConfiguredOption[] = [
  option('glorot_uniform', 'GlorotUniform', 'Evenly drawn, by the inputs and outputs of the layer.'),
  option('glorot_normal', 'GlorotNormal', 'Normal, by the inputs and outputs of the layer.'),
  option('he_uniform', 'HeUniform', 'Evenly drawn, by the inputs: for ReLU and its relatives.'),
  option('he_normal', 'HeNormal', 'Normal, by the inputs: for ReLU and its relatives.'),
  option('lecun_uniform', 'LecunUniform', 'Evenly drawn, by the inputs: for SELU.'),
  option('lecun_normal', 'LecunNormal', 'Normal, by the inputs: for SELU.'),
  option('zeros', 'Zeros', 'All 0.'),
  option('ones', 'Ones', 'All 1.'),
  option('constant', 'Constant', 'All the same number.', { value: number(0, 'The number.') }),
  option('identity', 'Identity', 'Passes the inputs on as they are: 1 on the diagonal of a matrix, else 0.', {
    gain,
  }),
  option('random_normal', 'RandomNormal', 'Normal with a spread that does not depend on the layer.', {
    mean: center,
    stddev: spread,
  }),
  option('random_uniform', 'RandomUniform', 'Evenly drawn between two numbers.', {
    minval: number(-0.05, 'The lowest value.'),
    maxval: number(0.05, 'The highest value.'),
  }),
  option('truncated_normal', 'TruncatedNormal', 'Normal without values beyond two standard deviations.', {
    mean: center,
    stddev: spread,
  }),
  option(
    'variance_scaling',
    'VarianceScaling',
    'The general form of Glorot, He and LeCun: variance scale / fan.',
    {
      scale: number(1, '1 is that of Glorot and LeCun, 2 that of He.', { min: 0, above: true }),
      mode: {
        kind: 'choice',
        default: 'fan_in',
        options: ['fan_in', 'fan_out', 'fan_avg'],
        help: 'What is counted: inputs, outputs or the mean of both.',
      },
      distribution: {
        kind: 'choice',
        default: 'truncated_normal',
        options: ['truncated_normal', 'untruncated_normal', 'uniform'],
        help: 'How the values are drawn.',
      },
    },
  ),
  option('orthogonal', 'Orthogonal', 'Rows or columns at right angles to each other.', { gain }),
];

export const initializer = (value: string, help: string) =>
  ({
    kind: 'configured',
    default: value,
    options: INITIALIZERS,
    help,
    advanced: true,
  }) as const satisfies ConfiguredParameter;

/** A matrix is the only thing that has a diagonal. */
export const NEEDS_MATRIX = 'Identity';
