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
