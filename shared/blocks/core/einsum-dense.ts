/** EinsumDense: a Dense layer whose sums are written as an equation over axes. */
import { shapeText } from '../../compiler/shape';
import type { Shape } from '../../compiler/shape';
import { switchedOn } from '../activation/functions';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { refuse, sizePerSample } from '../inference';
import { layerPorts } from '../ports';
import { weightConfig, weightParameters } from './weighted';

export interface Einsum {
  /** One letter for each axis. */
  input: string;
  kernel: string;
  output: string;
  /** Axes that the dots stand for, the batch among them. */
  more: number;
}

/** Lengths of the output's axes after the batch: those of the dots are the input's; -1 is left to the input. */
export const askedLengths = ({ more }: Einsum, input: Shape, outputShape: readonly number[]): Shape => [
  ...input.slice(1, Math.max(1, more)),
  ...outputShape.map((size) => (size === -1 ? null : size)),
];

/** `ab,bc->ac`; leading dots stand for as many axes as the input has more. null where it is no such equation. */
export function parsedEquation(equation: string, rank: number): Einsum | null {
  const match = /^(\.\.\.)?([a-zA-Z]+),([a-zA-Z]+)->(\.\.\.)?([a-zA-Z]+)$/.exec(equation.replaceAll(' ', ''));
  if (match === null || (match[1] === undefined) !== (match[4] === undefined)) return null;
  const [, dots, input, kernel, , output] = match;
  const free = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ'.split('').filter((letter) => !equation.includes(letter));
  const more = dots === undefined ? '' : free.slice(0, Math.max(0, rank - input.length)).join('');
  const parsed = { input: more + input, kernel, output: more + output, more: more.length };
  // An axis that only one of the three has would have nothing to be multiplied with.
  const axes = [parsed.input, kernel, parsed.output];
  const isShared = (letter: string) => axes.filter((letters) => letters.includes(letter)).length > 1;
  const once = axes.every((letters) => new Set(letters).size === letters.length);
  return once && parsed.input.length === rank && [...axes.join('')].every(isShared) ? parsed : null;
}

interface Shapes {
  kernel: number[];
  bias: number[];
  output: Shape;
}

/** The lengths of input and output decide those of the kernel; the bias lies along the named axes of the output. */
function shapesOf(
  einsum: Einsum,
  input: Shape,
  outputShape: readonly number[],
  biasAxes: string,
): Shapes | null {
  const inner = askedLengths(einsum, input, outputShape);
  if (einsum.output.length !== inner.length + 1 || einsum.output[0] !== einsum.input[0]) return null;
  const lengths = new Map<string, number | null>([...einsum.input].map((axis, i) => [axis, input[i]]));
  const output = [...einsum.output].map((axis, i) => {
    const known = lengths.get(axis);
    const asked = i === 0 ? null : inner[i - 1];
    if (known === undefined) lengths.set(axis, asked);
    return known ?? asked;
  });
  const agree = [...einsum.output].every(
    (axis, i) => i === 0 || inner[i - 1] === null || lengths.get(axis) === inner[i - 1],
  );
  const kernel = [...einsum.kernel].map((axis) => lengths.get(axis) ?? null);
  const first = Math.min(...[...biasAxes].map((axis) => einsum.output.indexOf(axis)));
  const bias =
    biasAxes === ''
      ? []
      : [...einsum.output]
          .slice(first)
          .map((axis) => (biasAxes.includes(axis) ? (lengths.get(axis) ?? null) : 1));
  const isFixed = (sizes: (number | null)[]): sizes is number[] => !sizes.includes(null);
  return agree && first !== -1 && first !== 0 && isFixed(kernel) && isFixed(bias)
    ? { kernel, bias, output }
    : null;
}

interface Values {
  equation: string;
  output_shape: readonly number[];
  bias_axes: string;
}

function infer(input: InputShape, values: Values): InferenceResult {
  const einsum = parsedEquation(values.equation, input.shape.length);
  const shapes = einsum && shapesOf(einsum, input.shape, values.output_shape, values.bias_axes);
  if (!einsum || !shapes)
    return refuse({
      code: 'block/parameter',
      port: 'input',
      message: `EinsumDense cannot read ${values.equation} with output_shape [${values.output_shape.join(', ')}]${values.bias_axes === '' ? '' : ` and bias_axes ${values.bias_axes}`} for ${shapeText(input.shape)} from ${input.from}.`,
      why: 'Each letter is an axis, first those of the input with the batch, then those of the weights, after -> those of the output; output_shape has a length for each axis of the output but the batch.',
    });
  const weights = [
    { name: 'kernel', shape: shapes.kernel, trainable: true },
    ...(shapes.bias.length > 0 ? [{ name: 'bias', shape: shapes.bias, trainable: true }] : []),
  ];
  const summed = [...einsum.input].reduce(
    (product, axis, i) => (einsum.output.includes(axis) ? product : product * (input.shape[i] ?? 1)),
    1,
  );
  return {
    ok: true,
    value: { shape: shapes.output, weights, multiplyAdds: sizePerSample(shapes.output) * summed },
  };
}

const { use_bias: _, ...parameters } = weightParameters;

export const einsumDense = defineBlock({
  type: 'EinsumDense',
  version: 1,
  title: 'EinsumDense',
  category: 'Core',
  search: ['einstein sum', 'einsum', 'tensor product', 'heads', 'projection', 'fully connected'],
  summary: 'A Dense layer for any axes: an equation says which axes are summed and which stay.',
  help: [
    'In `abc,cd->abd` the input has the axes a (the batch), b and c, the weights c and d; c is missing in the output, so it is summed over. `...x,xy->...y` is Dense on an input of any rank.',
    'Shapes: `[batch, 5, 64]` with `abc,cde->abde` and an output shape of −1, 8, 16 → `[batch, 5, 8, 16]`, a projection onto eight heads. A bias lies along the axes that `bias_axes` names.',
    'Typical mistake: a batch axis among those of the weights. Then the layer would only fit one batch size.',
  ].join('\n\n'),
  formula: 'y = activation(einsum(equation, x, kernel) + bias)',
  source: 'Keras documentation, EinsumDense layer',
  parameters: {
    equation: {
      kind: 'text',
      default: 'ab,bc->ac',
      help: 'Axes of the input, of the weights, -> of the output.',
    },
    output_shape: {
      kind: 'integers',
      default: [32],
      min: 1,
      allowNegativeOne: true,
      help: 'Lengths of the output without the batch and without what dots stand for; -1 where the input decides.',
    },
    bias_axes: { kind: 'text', default: '', help: 'Axes of the output that have a bias; empty for none.' },
    ...parameters,
  },
  ports: () => layerPorts,
  caption: ({ equation }) => equation,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input], values) => infer(input, values),
    keras(values) {
      const { use_bias: __, ...config } = weightConfig({ ...values, use_bias: true });
      return {
        class_name: 'EinsumDense',
        config: {
          equation: values.equation.replaceAll(' ', ''),
          output_shape: values.output_shape.map((size) => (size === -1 ? null : size)),
          bias_axes: values.bias_axes === '' ? null : values.bias_axes,
          ...config,
        },
      };
    },
    activation: ({ activation }) => switchedOn(activation),
  },
});
