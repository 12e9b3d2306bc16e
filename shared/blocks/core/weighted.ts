/** Owns the parameters that every layer with a kernel has: bias, activation, initialisers, weight penalties. */
import type { Json } from '../../document/document';
import {
  isOrthogonal,
  type Parameters,
  type Regularizer,
  type RegularizerParameter,
  type ValuesOf,
} from '../parameter';
import { activationParameter } from '../activation/functions';
import { constraint, constraintConfigs } from './constraints';
import { initializer } from './initializers';

export { initializer };

export const regularizer = (what: string) =>
  ({
    kind: 'regularizer',
    default: null,
    help: `A penalty on large ${what}: l1 · Σ|w| + l2 · Σw² is added to the loss; or, for a matrix, one on rows or columns that are not at right angles.`,
    advanced: true,
  }) as const satisfies RegularizerParameter;

/** Keras' own key. The compiler writes it into the config and counts the weights as fixed. */
export const trainableParameter = {
  trainable: {
    kind: 'boolean',
    default: true,
    help: 'Switched off, the weights of this block stay as they are while the others learn.',
    advanced: true,
  },
} as const satisfies Parameters;

export const weightParameters = {
  activation: activationParameter,
  use_bias: { kind: 'boolean', default: true, help: 'Adds one trainable number to each output.' },
  kernel_initializer: initializer(
    'glorot_uniform',
    'How the weights are drawn before training: Glorot for sigmoid, tanh and softmax, He for ReLU and its relatives.',
  ),
  bias_initializer: initializer('zeros', 'How the biases are set before training.'),
  kernel_regularizer: regularizer('weights'),
  bias_regularizer: regularizer('biases'),
  kernel_constraint: constraint('weights'),
  bias_constraint: constraint('biases'),
  ...trainableParameter,
} as const satisfies Parameters;

export function regularizerConfig(value: Regularizer | null): Json {
  if (value === null) return null;
  if (isOrthogonal(value))
    return value.orthogonal > 0
      ? { class_name: 'OrthogonalRegularizer', config: { factor: value.orthogonal, mode: value.mode } }
      : null;
  return value.l1 > 0 || value.l2 > 0 ? { class_name: 'L1L2', config: { l1: value.l1, l2: value.l2 } } : null;
}

/** The part of the Keras config that these parameters make. */
export const weightConfig = (
  values: Omit<ValuesOf<typeof weightParameters>, 'trainable'>,
): Record<string, Json> => ({
  activation: values.activation,
  use_bias: values.use_bias,
  kernel_initializer: values.kernel_initializer,
  bias_initializer: values.bias_initializer,
  kernel_regularizer: regularizerConfig(values.kernel_regularizer),
  bias_regularizer: regularizerConfig(values.bias_regularizer),
  ...constraintConfigs({
    kernel_constraint: values.kernel_constraint,
    bias_constraint: values.bias_constraint,
  }),
});

/** `kernel` and, where it is used, `bias`, as Keras names and orders them. */
export const kernelAndBias = (kernel: readonly number[], bias: number, useBias: boolean) => [
  { name: 'kernel', shape: kernel, trainable: true },
  ...(useBias ? [{ name: 'bias', shape: [bias], trainable: true }] : []),
];
