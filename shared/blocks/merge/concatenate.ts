/** Concatenate: several tensors side by side along one axis. */
import { shapeText } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { axisIndex, noSuchAxis, refuse, weightless } from '../inference';
import { mergePorts } from '../ports';
import { needsTwo } from './needs-two';

function sideBySide(inputs: readonly InputShape[], axis: number): InferenceResult {
  const [first] = inputs;
  const index = axisIndex(axis, first.shape);
  if (index === null) return noSuchAxis('Concatenate', axis, first);
  const shape = [...first.shape];
  for (const input of inputs.slice(1)) {
    const fits =
      input.shape.length === shape.length &&
      input.shape.every((size, i) => i === index || size === shape[i] || size === null || shape[i] === null);
    if (!fits)
      return refuse({
        code: 'shape/mismatch',
        port: 'inputs',
        message: `Concatenate joins along axis ${index}, where shapes may differ; ${shapeText(first.shape)} from ${first.from} and ${shapeText(input.shape)} from ${input.from} differ elsewhere too.`,
        why: 'Tensors can be laid side by side only where all their other axes have the same length.',
        fixes: axis === -1 ? [] : [{ label: 'Set axis to -1', kind: 'set-param', name: 'axis', value: -1 }],
      });
    const [sum, more] = [shape[index], input.shape[index]];
    shape[index] = sum === null || more === null ? null : sum + more;
  }
  return weightless(shape);
}

export const concatenate = defineBlock({
  type: 'Concatenate',
  version: 1,
  title: 'Concatenate',
  category: 'Merge',
  search: ['concat', 'join', 'stack', 'side by side', 'inception', 'dense connection'],
  summary: 'Lays several tensors side by side along one axis.',
  help: [
    'Shapes: `[batch, 14, 14, 32]` and `[batch, 14, 14, 64]` → `[batch, 14, 14, 96]`. All axes but the chosen one must agree. There are no weights.',
    'It brings paths together that looked at the same input in different ways, or joins inputs of different kinds.',
    'Typical mistake: joining maps of different height and width. Use padding `same` on the paths.',
  ].join('\n\n'),
  formula: 'y = [a, b, …] side by side along axis',
  source: 'Szegedy et al., Going deeper with convolutions (2015); Keras documentation, Concatenate layer',
  parameters: {
    axis: {
      kind: 'integer',
      default: -1,
      help: 'The axis along which they are laid; -1 is the last one: features or channels.',
    },
  },
  ports: () => mergePorts,
  caption: ({ axis }) => (axis === -1 ? '' : `axis ${axis}`),
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: (inputs, { axis }) => (inputs.length < 2 ? needsTwo('Concatenate') : sideBySide(inputs, axis)),
    keras: ({ axis }) => ({ class_name: 'Concatenate', config: { axis } }),
    activation: () => null,
  },
});
