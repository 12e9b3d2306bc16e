/** Add: the sum of several tensors, value by value. */
import type { Shape } from '../../compiler/shape';
import { shapeText } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { refuse, weightless } from '../inference';
import { mergePorts } from '../ports';
import { needsTwo } from './needs-two';

/** Keras lets an axis of 1 stand for any length; everything else must agree. Null where it does not. */
function joint(a: Shape, b: Shape): Shape | null {
  if (a.length !== b.length) return null;
  const axes: (number | null)[] = [];
  for (let i = 0; i < a.length; i++) {
    if (a[i] === b[i] || b[i] === 1) axes.push(a[i]);
    else if (a[i] === 1) axes.push(b[i]);
    else if (a[i] === null || b[i] === null) axes.push(null);
    else return null;
  }
  return axes;
}

function sum(inputs: readonly InputShape[]): InferenceResult {
  let shape = inputs[0].shape;
  for (const input of inputs.slice(1)) {
    const both = joint(shape, input.shape);
    if (!both)
      return refuse({
        code: 'shape/mismatch',
        port: 'inputs',
        message: `Add needs equal shapes; it gets ${shapeText(shape)} from ${inputs[0].from} and ${shapeText(input.shape)} from ${input.from}.`,
        why: 'The values are added one by one, so each needs a partner at the same place.',
      });
    shape = both;
  }
  return weightless(shape);
}

export const add = defineBlock({
  type: 'Add',
  version: 1,
  title: 'Add',
  category: 'Merge',
  search: ['sum', 'plus', 'residual', 'skip connection', 'shortcut', 'resnet'],
  summary: 'Adds several tensors value by value.',
  help: [
    'Shapes: all inputs alike, and so is the output. An axis of length 1 is repeated as needed. There are no weights.',
    'With one path around some layers and one through them it makes a residual connection: the layers only learn what is to be changed, and gradients have a short way back.',
    'Typical mistake: a convolution with padding `valid` or another number of filters on one of the paths, so that the shapes no longer agree.',
  ].join('\n\n'),
  source: 'He et al., Deep residual learning for image recognition (2016); Keras documentation, Add layer',
  parameters: {},
  ports: () => mergePorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: false,
    infer: (inputs) => (inputs.length < 2 ? needsTwo('Add') : sum(inputs)),
    keras: () => ({ class_name: 'Add', config: {} }),
    activation: () => null,
  },
});
