/** Owns: a sum of all rows, which the gradient of a bias is, has an operation of its own in TensorFlow that takes half the time. */
import { DTYPE, text, typeOf } from '../graph';
import type { Rule } from './rewrite';

export const sumOfRows: Rule = ({ op, inputs: [source, axes], outputs: [output] }, graph) => {
  if (op !== 'Sum' || output.dtype !== DTYPE.float32 || output.shape.length !== 1) return null;
  const rank = graph.spec(source)?.shape.length ?? 0;
  const along = graph.numbersOf(axes)?.map((axis) => (axis < 0 ? axis + rank : axis));
  const isAllButLast = along?.length === rank - 1 && along.every((axis) => axis < rank - 1);
  if (rank < 2 || !isAllButLast) return null;
  return graph.add('BiasAddGrad', [source], { T: typeOf(DTYPE.float32), data_format: text('NHWC') }, [
    output,
  ]);
};
