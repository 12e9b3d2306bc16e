/** Owns the size rule of blocks that merge several tensors value by value. */
import type { Shape } from '../../compiler/shape';
import { shapeText } from '../../compiler/shape';
import type { InferenceResult, InputShape } from '../block';
import { refuse, weightless } from '../inference';
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

export function alike(
  title: string,
  why: string,
  inputs: readonly InputShape[],
  port = 'inputs',
): InferenceResult {
  if (inputs.length < 2) return needsTwo(title);
  let shape = inputs[0].shape;
  for (const input of inputs.slice(1)) {
    const both = joint(shape, input.shape);
    if (!both)
      return refuse({
        code: 'shape/mismatch',
        port,
        message: `${title} needs equal shapes; it gets ${shapeText(shape)} from ${inputs[0].from} and ${shapeText(input.shape)} from ${input.from}.`,
        why,
      });
    shape = both;
  }
  return weightless(shape);
}
