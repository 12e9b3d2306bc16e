/** Normalization: brings each feature to mean 0 and variance 1, as they were measured on the training data. */
import { shapeText, type Shape } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { axisIndex, noSuchAxis, refuse, sizePerSample } from '../inference';
import { layerPorts } from '../ports';

/** The axes that are kept apart, from the first on. null: one of them is not there. */
export function keptAxes(axis: readonly number[], shape: Shape): number[] | null {
  const found = axis.map((one) => axisIndex(one, shape));
  return found.some((index) => index === null)
    ? null
    : found.flatMap((index) => index ?? []).sort((a, b) => a - b);
}

function infer(input: InputShape, axis: readonly number[]): InferenceResult {
  const kept = keptAxes(axis, input.shape);
  const missing = axis.find((one) => axisIndex(one, input.shape) === null);
  if (kept === null || missing !== undefined) return noSuchAxis('Normalization', missing ?? -1, input);
  const twice = kept.find((one, i) => kept.indexOf(one) !== i);
  if (twice !== undefined)
    return refuse({
      code: 'block/parameter',
      message: `Normalization is given the axis ${twice} twice.`,
      why: 'Each axis is kept apart or not. Name it once.',
    });
  const sizes = kept.map((index) => input.shape[index]);
  if (sizes.includes(null))
    return refuse({
      code: 'shape/mismatch',
      port: 'input',
      message: `Normalization needs axes of known length; it gets ${shapeText(input.shape)} from ${input.from}.`,
      why: 'Every place along them has a mean and a variance of its own, so their number must be fixed.',
    });
  const shape = sizes.map((size) => size ?? 1);
  const weight = (name: string, of: readonly number[]) => ({ name, shape: of, trainable: false });
  return {
    ok: true,
    value: {
      shape: input.shape,
      weights: [weight('mean', shape), weight('variance', shape), weight('count', [])],
      multiplyAdds: sizePerSample(input.shape),
    },
  };
}

export const normalization = defineBlock({
  type: 'Normalization',
  version: 1,
  title: 'Normalization',
  category: 'Normalization',
  search: ['standardise', 'standardize', 'z-score', 'adapt', 'scale', 'preprocessing', 'mean', 'variance'],
  summary: 'Brings each feature to mean 0 and variance 1, as they are in the training data.',
  help: [
    'Computes `(x − mean) / √variance`. Before the first step of a run, mean and variance are measured on the training samples as they arrive here; then they stay (Keras calls that `adapt`). They are part of the model, so that an exported one takes raw values.',
    'The shape does not change. With `axis` -1 every feature has a mean and a variance of its own; with no axis there is one of each for all values. `invert` goes the other way: it brings outputs back to their old scale.',
    'Typical mistake: putting it behind layers that learn. What it measured before the first step is not true any more after the next; BatchNormalization goes on measuring.',
  ].join('\n\n'),
  source: 'Keras documentation, Normalization layer',
  parameters: {
    axis: { kind: 'integers', default: [-1], min: -8, max: 8, help: 'The axes that are kept apart: each place along them has a mean and a variance of its own; -1 is the features.' },
    invert: { kind: 'boolean', default: false, help: 'Computes x · √variance + mean instead.', advanced: true },
  }, // prettier-ignore
  ports: () => layerPorts,
  caption: ({ axis, invert }) =>
    invert ? 'inverted' : axis.join() === '-1' ? 'by feature' : `axis ${axis.join(', ')}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input], { axis }) => infer(input, axis),
    keras: ({ axis, invert }) => ({
      class_name: 'Normalization',
      config: { axis: [...axis], invert, mean: null, variance: null },
    }),
    activation: () => null,
  },
});
