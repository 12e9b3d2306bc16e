/** Stack: several tensors one upon the other along a new axis. */
import { sameShape, shapeText } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { ownLayer, refuse, weightless } from '../inference';
import { mergePorts } from '../ports';
import { needsTwo } from './needs-two';

function stacked(inputs: readonly InputShape[], axis: number): InferenceResult {
  const [first] = inputs;
  const rank = first.shape.length + 1;
  const place = axis < 0 ? axis + rank : axis;
  if (place < 1 || place >= rank)
    return refuse({
      code: 'block/parameter',
      port: 'inputs',
      message: `Stack: axis is ${axis}, but the new axis can stand at 1 to ${rank - 1}.`,
      why: 'Axes are counted from 0, which is the batch; -1 puts the new axis at the end.',
      fixes: [{ label: 'Set axis to -1', kind: 'set-param', name: 'axis', value: -1 }],
    });
  const other = inputs.find(({ shape }) => !sameShape(shape, first.shape));
  return other
    ? refuse({
        code: 'shape/mismatch',
        port: 'inputs',
        message: `Stack needs equal shapes; it gets ${shapeText(first.shape)} from ${first.from} and ${shapeText(other.shape)} from ${other.from}.`,
        why: 'The tensors become the layers of one, which must be alike. Concatenate joins what differs along one axis.',
      })
    : weightless([...first.shape.slice(0, place), inputs.length, ...first.shape.slice(place)]);
}

export const stack = defineBlock({
  type: 'Stack',
  version: 1,
  title: 'Stack',
  category: 'Merge',
  search: ['new axis', 'pile', 'combine', 'channels', 'sequence'],
  summary: 'Lays several tensors one upon the other along a new axis.',
  help: [
    'Shapes: three of `[batch, 28, 28]` → `[batch, 28, 28, 3]` with axis −1, `[batch, 3, 28, 28]` with axis 1. All inputs must be alike. There are no weights.',
    'It makes a picture of colour planes, or a sequence of separate rows.',
    'Typical mistake: taking it for Concatenate, which makes an axis longer that is there already.',
  ].join('\n\n'),
  formula: 'y[i] = the i-th input, along a new axis',
  source: 'Keras documentation, ops.stack',
  parameters: {
    axis: { kind: 'integer', default: -1, help: 'Where the new axis stands; -1 is the end.' },
  },
  ports: () => mergePorts,
  caption: ({ axis }) => `axis ${axis}`,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: (inputs, { axis }) => (inputs.length < 2 ? needsTwo('Stack') : stacked(inputs, axis)),
    keras: ({ axis }) => ownLayer('Stack', { axis }),
    activation: () => null,
  },
});
