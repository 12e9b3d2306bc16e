/** Owns the activation functions that layers take as a parameter, by Keras' names: formula, curve, words to search for. */
import type { Values } from '../block';
import type { ChoiceParameter } from '../parameter';
import * as curves from './curves';
import type { Curve } from './curves';

interface ActivationFunction {
  formula: string;
  /** Other names; the palette finds them in the blocks, the inspector in the parameter. */
  words: readonly string[];
  curve: (values: Values) => Curve;
  /** Its values stay between −1 and 1. */
  bounded?: boolean;
  /** Each value depends on all of the last axis. */
  alongAxis?: boolean;
}

const always = (curve: Curve) => () => curve;

const functions = {
  linear: { formula: 'x', words: ['identity', 'none', 'no activation'], curve: always(curves.identity) },
  relu: {
    formula: 'max(0, x)',
    words: ['rectifier', 'rectified linear unit', 'hinge'],
    curve: curves.reluCurve,
  },
  leaky_relu: {
    formula: 'x above 0, 0.2 · x below',
    words: ['leaky rectifier', 'lrelu'],
    curve: curves.leakyReluCurve,
  },
  elu: {
    formula: 'x above 0, eˣ − 1 below',
    words: ['exponential linear unit'],
    curve: curves.eluCurve,
  },
  sigmoid: {
    formula: '1 / (1 + e⁻ˣ)',
    words: ['logistic', 'squash', 'probability', 'binary'],
    curve: always(curves.sigmoidCurve),
    bounded: true,
  },
  tanh: {
    formula: '(eˣ − e⁻ˣ) / (eˣ + e⁻ˣ)',
    words: ['hyperbolic tangent', 'squash'],
    curve: always(Math.tanh),
    bounded: true,
  },
  softmax: {
    formula: 'eˣ divided by the sum of eˣ over the last axis',
    words: ['probabilities', 'classes', 'normalised exponential', 'multinomial'],
    curve: always(curves.sigmoidCurve),
    bounded: true,
    alongAxis: true,
  },
  silu: {
    formula: 'x · sigmoid(x)',
    words: ['swish', 'sigmoid linear unit'],
    curve: always((x) => x * curves.sigmoidCurve(x)),
  },
  gelu: {
    formula: 'x · Φ(x), with Φ the share of a normal distribution below x',
    words: ['gaussian error linear unit'],
    curve: always(curves.geluCurve),
  },
  mish: {
    formula: 'x · tanh(log(1 + eˣ))',
    words: ['self-regularised'],
    curve: always((x) => x * Math.tanh(curves.softplusCurve(x))),
  },
  selu: {
    formula: '1.0507 · x above 0, 1.7581 · (eˣ − 1) below',
    words: ['scaled exponential linear unit', 'self-normalising'],
    curve: always(curves.seluCurve),
  },
  relu6: {
    formula: 'max(0, min(6, x))',
    words: ['capped rectifier', 'mobilenet'],
    curve: always((x) => Math.min(6, Math.max(0, x))),
  },
  softplus: {
    formula: 'log(1 + eˣ)',
    words: ['smooth rectifier'],
    curve: always(curves.softplusCurve),
  },
  softsign: {
    formula: 'x / (1 + |x|)',
    words: ['squash'],
    curve: always((x) => x / (1 + Math.abs(x))),
    bounded: true,
  },
  exponential: { formula: 'eˣ', words: ['exp'], curve: always(Math.exp) },
  hard_sigmoid: {
    formula: '(x + 3) / 6, cut at 0 and 1',
    words: ['piecewise sigmoid'],
    curve: always(curves.hardSigmoidCurve),
    bounded: true,
  },
  hard_silu: {
    formula: 'x · (x + 3) / 6, with the fraction cut at 0 and 1',
    words: ['hard swish'],
    curve: always((x) => x * curves.hardSigmoidCurve(x)),
  },
  log_softmax: {
    formula: 'the logarithm of softmax',
    words: ['log probabilities'],
    curve: always(curves.logSigmoidCurve),
    alongAxis: true,
  },
  celu: {
    formula: 'max(0, x) + min(0, eˣ − 1)',
    words: ['continuously differentiable exponential linear unit'],
    curve: curves.eluCurve,
  },
  hard_tanh: {
    formula: 'x, cut at −1 and 1',
    words: ['piecewise tanh', 'saturating linear'],
    curve: always((x) => Math.min(1, Math.max(-1, x))),
    bounded: true,
  },
  log_sigmoid: {
    formula: 'log(1 / (1 + e⁻ˣ))',
    words: ['log probability'],
    curve: always(curves.logSigmoidCurve),
  },
  hard_shrink: {
    formula: 'x where |x| is above 0.5, else 0',
    words: ['hard thresholding', 'sparse'],
    curve: always(curves.hardShrinkCurve),
  },
  soft_shrink: {
    formula: 'x moved towards 0 by 0.5, and 0 where it is nearer',
    words: ['soft thresholding', 'sparse'],
    curve: always(curves.softShrinkCurve),
  },
  tanh_shrink: {
    formula: 'x − tanh(x)',
    words: ['sparse'],
    curve: always((x) => x - Math.tanh(x)),
  },
  squareplus: {
    formula: '(x + √(x² + 4)) / 2',
    words: ['smooth rectifier without exponential'],
    curve: always((x) => (x + Math.sqrt(x * x + 4)) / 2),
  },
  sparse_plus: {
    formula: '0 up to −1, (x + 1)² / 4 up to 1, then x',
    words: ['smooth rectifier'],
    curve: always(curves.sparsePlusCurve),
  },
  sparse_sigmoid: {
    formula: '(x + 1) / 2, cut at 0 and 1',
    words: ['piecewise sigmoid'],
    curve: always(curves.sparseSigmoidCurve),
    bounded: true,
  },
  sparsemax: {
    formula: 'the probabilities that are nearest to the values, of which many are 0',
    words: ['sparse softmax', 'simplex projection'],
    curve: always(curves.sparseSigmoidCurve),
    bounded: true,
    alongAxis: true,
  },
} satisfies Record<string, ActivationFunction>;

export type ActivationName = keyof typeof functions;
export const ACTIVATION_FUNCTIONS: Readonly<Record<ActivationName, ActivationFunction>> = functions;
export const ACTIVATIONS = Object.keys(functions) as readonly ActivationName[];

export const activationParameter = {
  kind: 'choice',
  default: 'linear',
  options: ACTIVATIONS,
  help: 'The function that is applied to every output value; `linear` leaves it as it is.',
} as const satisfies ChoiceParameter<ActivationName>;

/** What `LayerBehaviour.activation` answers for an activation parameter. */
export const switchedOn = (activation: ActivationName): string | null =>
  activation === 'linear' ? null : activation;
