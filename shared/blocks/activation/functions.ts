/** Owns the activation functions that layers take as a parameter: their names, formulas and the words people search for. */
import type { ChoiceParameter } from '../parameter';

export const ACTIVATIONS = [
  'linear',
  'relu',
  'leaky_relu',
  'elu',
  'sigmoid',
  'tanh',
  'softmax',
  'silu',
  'gelu',
  'mish',
  'selu',
  'relu6',
  'softplus',
  'softsign',
  'exponential',
  'hard_sigmoid',
  'hard_silu',
  'log_softmax',
] as const;
export type ActivationName = (typeof ACTIVATIONS)[number];

/** Other names of the functions; the palette finds them in the blocks, the inspector in the parameter. */
export const ACTIVATION_WORDS: Record<ActivationName, readonly string[]> = {
  linear: ['identity', 'none', 'no activation'],
  relu: ['rectifier', 'rectified linear unit', 'hinge'],
  leaky_relu: ['leaky rectifier', 'lrelu'],
  elu: ['exponential linear unit'],
  sigmoid: ['logistic', 'squash', 'probability', 'binary'],
  tanh: ['hyperbolic tangent', 'squash'],
  softmax: ['probabilities', 'classes', 'normalised exponential', 'multinomial'],
  silu: ['swish', 'sigmoid linear unit'],
  gelu: ['gaussian error linear unit'],
  mish: ['self-regularised'],
  selu: ['scaled exponential linear unit', 'self-normalising'],
  relu6: ['capped rectifier', 'mobilenet'],
  softplus: ['smooth rectifier'],
  softsign: ['squash'],
  exponential: ['exp'],
  hard_sigmoid: ['piecewise sigmoid'],
  hard_silu: ['hard swish'],
  log_softmax: ['log probabilities'],
};

export const ACTIVATION_FORMULAS: Record<ActivationName, string> = {
  linear: 'x',
  relu: 'max(0, x)',
  leaky_relu: 'x above 0, 0.2 · x below',
  elu: 'x above 0, eˣ − 1 below',
  sigmoid: '1 / (1 + e⁻ˣ)',
  tanh: '(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)',
  softmax: 'eˣ divided by the sum of eˣ over the last axis',
  silu: 'x · sigmoid(x)',
  gelu: 'x · Φ(x), with Φ the share of a normal distribution below x',
  mish: 'x · tanh(log(1 + eˣ))',
  selu: '1.0507 · x above 0, 1.7581 · (eˣ − 1) below',
  relu6: 'max(0, min(6, x))',
  softplus: 'log(1 + eˣ)',
  softsign: 'x / (1 + |x|)',
  exponential: 'eˣ',
  hard_sigmoid: '(x + 3) / 6, cut at 0 and 1',
  hard_silu: 'x · (x + 3) / 6, with the fraction cut at 0 and 1',
  log_softmax: 'the logarithm of softmax',
};

export const activationParameter = {
  kind: 'choice',
  default: 'linear',
  options: ACTIVATIONS,
  help: 'The function that is applied to every output value; `linear` leaves it as it is.',
} as const satisfies ChoiceParameter<ActivationName>;

/** What `LayerBehaviour.activation` answers for an activation parameter. */
export const switchedOn = (activation: ActivationName): string | null =>
  activation === 'linear' ? null : activation;
