/** Maths: a function of each value by itself. */
import { defineBlock } from '../block';
import { ownLayer, sizePerSample, weightless } from '../inference';
import { layerPorts } from '../ports';

/** Named as in Keras' ops. */
export const FUNCTIONS = [
  'absolute', 'negative', 'sign', 'square', 'sqrt', 'rsqrt', 'reciprocal', 'power', 'exp', 'expm1', 'log', 'log1p',
  'log2', 'log10', 'sin', 'cos', 'tan', 'arcsin', 'arccos', 'arctan', 'sinh', 'cosh', 'erf', 'floor', 'ceil', 'round', 'clip',
] as const; // prettier-ignore

export const maths = defineBlock({
  type: 'Maths',
  version: 1,
  title: 'Maths',
  category: 'Tensor',
  search: ['function', 'elementwise', 'exponential', 'logarithm', 'root', 'lambda', ...FUNCTIONS],
  summary: 'Computes a function of each value: absolute value, root, logarithm, sine and the like.',
  help: [
    "The functions have the names of Keras' operations: `absolute`, `square`, `sqrt`, `exp`, `log`, `sin` and so on. `power` raises to `exponent`; `clip` cuts at `low` and `high`.",
    'The shape does not change and there are no weights. Gradients flow through; those of `sign`, `floor`, `ceil` and `round` are 0.',
    'Typical mistake: a logarithm or a root of values that may be 0 or below. The result is not a number, and the run stops.',
  ].join('\n\n'),
  formula: 'y = function(x), value by value',
  source: 'Keras documentation, NumPy ops',
  parameters: {
    function: {
      kind: 'choice',
      default: 'absolute',
      options: FUNCTIONS,
      help: 'What is computed of each value.',
    },
    exponent: {
      kind: 'number',
      default: 2,
      help: 'What the values are raised to.',
      when: { parameter: 'function', is: ['power'] },
    },
    low: {
      kind: 'number',
      default: 0,
      help: 'The smallest value that is left.',
      when: { parameter: 'function', is: ['clip'] },
    },
    high: {
      kind: 'number',
      default: 1,
      help: 'The largest value that is left.',
      when: { parameter: 'function', is: ['clip'] },
    },
  },
  ports: () => layerPorts,
  caption: (values) =>
    values.function === 'power'
      ? `power ${values.exponent}`
      : values.function === 'clip'
        ? `clip ${values.low} to ${values.high}`
        : values.function,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: ([input]) => weightless(input.shape, sizePerSample(input.shape)),
    keras: (values) =>
      ownLayer('Maths', {
        function: values.function,
        ...(values.function === 'power' ? { exponent: values.exponent } : {}),
        ...(values.function === 'clip' ? { low: values.low, high: values.high } : {}),
      }),
    activation: () => null,
  },
});
