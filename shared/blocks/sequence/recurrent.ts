/** Owns what the layers share that read a sequence step by step: their parameters, shapes, weights and costs. */
import type { Json } from '../../document/document';
import type { Shape } from '../../compiler/shape';
import { activationParameter } from '../activation/functions';
import type { Inference, InferenceResult, InputShape } from '../block';
import { initializer, regularizer, regularizerConfig } from '../core/weighted';
import { refuse } from '../inference';
import type { ChoiceParameter, NumberParameter, Parameters, ValuesOf } from '../parameter';
import { noSteps } from './steps';

const share = (help: string) =>
  ({ kind: 'number', default: 0, min: 0, max: 1, below: true, help }) as const satisfies NumberParameter;

const units = { kind: 'integer', default: 32, min: 1, max: 100_000, help: 'Size of the state, which is what the layer puts out.' } as const; // prettier-ignore

export const recurrentParameters = {
  units,
  return_sequences: {
    kind: 'boolean',
    default: false,
    help: 'Puts out the state after every step, as another recurrent layer or TimeDistributed needs it; off, only the last one.',
  },
  go_backwards: {
    kind: 'boolean',
    default: false,
    help: 'Reads the sequence from its end. What it puts out then stands in that order too.',
    advanced: true,
  },
  activation: {
    ...activationParameter,
    default: 'tanh',
    help: 'The function that bends the new state.',
  } as const satisfies ChoiceParameter,
  dropout: share('Share of the inputs that is set to 0 while training, the same ones at every step.'),
  recurrent_dropout: share(
    'Share of the state that is set to 0 where it is fed back, the same at every step.',
  ),
  stateful: {
    kind: 'boolean',
    default: false,
    help: 'Goes on with the state that the batch before left, sample by sample; each epoch begins with an empty one.',
    advanced: true,
  },
  use_bias: { kind: 'boolean', default: true, help: 'Adds a trainable number to each sum.', advanced: true },
  kernel_initializer: initializer(
    'glorot_uniform',
    'How the weights of the inputs are drawn before training.',
  ),
  recurrent_initializer: initializer(
    'orthogonal',
    'How the weights of the state are drawn: orthogonal ones neither blow it up nor let it fade.',
  ),
  bias_initializer: initializer('zeros', 'How the biases are set before training.'),
  kernel_regularizer: regularizer('weights of the inputs'),
  recurrent_regularizer: regularizer('weights of the state'),
  bias_regularizer: regularizer('biases'),
} as const satisfies Parameters;
export type RecurrentValues = ValuesOf<typeof recurrentParameters>;

export const recurrentActivation = {
  ...activationParameter,
  default: 'sigmoid',
  help: 'The function of the gates; they let through between nothing (0) and all (1).',
  advanced: true,
} as const satisfies ChoiceParameter;

export const unitForgetBias = {
  kind: 'boolean',
  default: true,
  help: 'Starts with the bias of the forget gate at 1, so that the state is kept until training says otherwise.',
  advanced: true,
} as const;

export const resetAfter = {
  kind: 'boolean',
  default: true,
  help: 'Applies the reset gate after the product with the state (as on graphics cards), not before it (as in the paper).',
  advanced: true,
} as const;

/** A paragraph of help for layers with `stateful`. */
export const statefulHelp =
  'With `stateful` it goes on where the batch before ended: the sample in each place of a batch continues the one in the same place before. So a long series can be cut into short pieces. It needs `shuffle` off and batches of one size in Train; an epoch, a validation and a prediction begin with an empty state. Split draws rows at random and leaves gaps in the series; a source with parts of its own does not.';

export const recurrentConfig = (values: RecurrentValues): Record<string, Json> => ({
  units: values.units,
  activation: values.activation,
  use_bias: values.use_bias,
  kernel_initializer: values.kernel_initializer,
  recurrent_initializer: values.recurrent_initializer,
  bias_initializer: values.bias_initializer,
  kernel_regularizer: regularizerConfig(values.kernel_regularizer),
  recurrent_regularizer: regularizerConfig(values.recurrent_regularizer),
  bias_regularizer: regularizerConfig(values.bias_regularizer),
  dropout: values.dropout,
  recurrent_dropout: values.recurrent_dropout,
  return_sequences: values.return_sequences,
  go_backwards: values.go_backwards,
  stateful: values.stateful,
});

/** What a cell is made of. */
export interface CellTraits {
  /** Columns of the kernels for each unit. */
  gates: number;
  biasShape: readonly number[];
  /** Values for each unit and step that a training step holds, where it is less than for a cell of single operations. */
  kept?: number;
}

/** Values for each unit and step that a training step holds: sums and values of the gates and states, and their gradients, which wait for each other from the last step back to the first. */
export const keptByGates = (gates: number): number => 6 * gates + 4;

/** `[batch, steps, features]` → `[batch, units]`, or `[batch, steps, units]` with return_sequences. */
export function inferRecurrent(
  title: string,
  input: InputShape,
  values: Pick<RecurrentValues, 'units' | 'return_sequences' | 'use_bias'>,
  { gates, biasShape, kept = keptByGates(gates) }: CellTraits,
): InferenceResult {
  const wrong = noSteps(title, input);
  if (wrong) return wrong;
  const [batch, steps, features] = input.shape;
  if (features === null)
    return refuse({
      code: 'shape/mismatch',
      port: 'input',
      message: `${title} needs features of known number; it gets them from ${input.from} in any number.`,
      why: 'Every feature has weights of its own, so their number must be fixed.',
    });
  const shape: Shape = values.return_sequences ? [batch, steps, values.units] : [batch, values.units];
  const weight = (name: string, sizes: readonly number[]) => ({ name, shape: sizes, trainable: true });
  const columns = gates * values.units;
  const value: Inference = {
    shape,
    weights: [
      weight('kernel', [features, columns]),
      weight('recurrent_kernel', [values.units, columns]),
      ...(values.use_bias ? [weight('bias', biasShape)] : []),
    ],
    multiplyAdds: (steps ?? 1) * columns * (features + values.units),
    keptValues: (steps ?? 1) * values.units * kept,
  };
  return { ok: true, value };
}

export const recurrentCaption = ({ units: size, return_sequences }: RecurrentValues): string =>
  `${size} ${size === 1 ? 'unit' : 'units'}${return_sequences ? ', every step' : ''}`;
