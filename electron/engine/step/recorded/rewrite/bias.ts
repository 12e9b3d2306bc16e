/**
 * Owns: a vector that is added to every row is TensorFlow's BiasAdd, before the rows are laid out in another shape. So it
 * stands right behind the product or the convolution, and TensorFlow computes both at once.
 */
import { DTYPE, sameShape, text, typeOf } from '../graph';
import { reshaped } from './reshape';
import type { Rule } from './rewrite';

const TAKES_BIAS = ['MatMul', 'Conv2D'];

export const biasOfProduct: Rule = ({ op, inputs: [sum, bias], outputs: [output] }, graph) => {
  if ((op !== 'AddV2' && op !== 'Add') || output.dtype !== DTYPE.float32) return null;
  const source = graph.find(sum)?.op === 'Reshape' ? graph.find(sum)?.inputs[0] : sum;
  const rows = source === undefined ? undefined : graph.spec(source);
  if (source === undefined || rows === undefined || !TAKES_BIAS.includes(graph.find(source)?.op ?? ''))
    return null;
  const [vector, before] = [graph.spec(bias)?.shape, graph.spec(sum)?.shape];
  const last = rows.shape.length - 1;
  const fits =
    vector?.length === 1 && before !== undefined && vector[0] === rows.shape[last] &&
    vector[0] === before.at(-1) && sameShape(before, output.shape); // prettier-ignore
  if (!fits) return null;
  const added = graph.add(
    'BiasAdd',
    [source, bias],
    { T: typeOf(DTYPE.float32), data_format: text('NHWC') },
    [rows],
  );
  return reshaped(graph, added, output.shape, output.dtype);
};
