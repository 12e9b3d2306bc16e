/** Owns the parameters that every layer with a kernel has: bias, activation, initialisers, weight penalties. */
import type { Json } from '../../document/document';
import type { ChoiceParameter, Parameters, Regularizer, RegularizerParameter, ValuesOf } from '../parameter';
import { activationParameter } from '../activation/functions';

export const INITIALIZERS = [
  'glorot_uniform', 'glorot_normal', 'he_uniform', 'he_normal', 'lecun_uniform', 'lecun_normal',
  'zeros', 'ones', 'random_normal', 'random_uniform', 'truncated_normal', 'orthogonal',
] as const; // prettier-ignore
export type InitializerName = (typeof INITIALIZERS)[number];

export const initializer = <D extends InitializerName>(value: D, help: string) =>
  ({
    kind: 'choice',
    default: value,
    options: INITIALIZERS,
    help,
    advanced: true,
  }) as const satisfies ChoiceParameter;

export const regularizer = (what: string) =>
  ({
    kind: 'regularizer',
    default: null,
    help: `A penalty on large ${what}: l1 · Σ|w| + l2 · Σw² is added to the loss.`,
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
  ...trainableParameter,
} as const satisfies Parameters;

export const regularizerConfig = (value: Regularizer | null): Json =>
  value && (value.l1 > 0 || value.l2 > 0)
    ? { class_name: 'L1L2', config: { l1: value.l1, l2: value.l2 } }
    : null;

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
});

/** `kernel` and, where it is used, `bias`, as Keras names and orders them. */
export const kernelAndBias = (kernel: readonly number[], bias: number, useBias: boolean) => [
  { name: 'kernel', shape: kernel, trainable: true },
  ...(useBias ? [{ name: 'bias', shape: [bias], trainable: true }] : []),
];
