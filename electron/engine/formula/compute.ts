/** Owns how formulas are computed with tensors: a function of TensorFlow for each of theirs, differentiable where it can be. */
import type { Tensor } from '@tensorflow/tfjs';
import type { UpdateFormula, ValueFormula } from '../../../shared/formula/formula';
import type { FunctionName } from '../../../shared/formula/functions';
import type { Expression } from '../../../shared/formula/parse';
import { axisOf } from '../../../shared/formula/shape';
import { absolute } from '../network/absolute';
import { withoutGradient } from '../network/without-gradient';
import { tf } from '../tensorflow';

type Values = ReadonlyMap<string, Tensor>;

/** 1 or 0, place by place. A comparison has no slope. */
const compared =
  (compare: (difference: Tensor) => Tensor) =>
  (a: Tensor, b: Tensor): Tensor =>
    withoutGradient(tf.sub(a, b), compare);

const byPlace: Partial<Record<FunctionName, (...inputs: Tensor[]) => Tensor>> = {
  add: (a, b) => tf.add(a, b),
  subtract: (a, b) => tf.sub(a, b),
  multiply: (a, b) => tf.mul(a, b),
  divide: (a, b) => tf.div(a, b),
  power: (a, b) => tf.pow(a, b),
  negative: (a) => tf.neg(a),
  less: compared((difference) => tf.less(difference, 0)),
  less_equal: compared((difference) => tf.lessEqual(difference, 0)),
  greater: compared((difference) => tf.greater(difference, 0)),
  greater_equal: compared((difference) => tf.greaterEqual(difference, 0)),
  equal: compared((difference) => tf.equal(difference, 0)),
  not_equal: compared((difference) => tf.notEqual(difference, 0)),
  where: (condition, yes, no) => tf.where(tf.cast(condition, 'bool'), yes, no),
  maximum: (a, b) => tf.maximum(a, b),
  minimum: (a, b) => tf.minimum(a, b),
  clip: (a, low, high) => tf.minimum(tf.maximum(a, low), high),
  abs: (a) => absolute(a),
  sign: (a) => tf.sign(a),
  square: (a) => tf.square(a),
  sqrt: (a) => tf.sqrt(a),
  exp: (a) => tf.exp(a),
  expm1: (a) => tf.expm1(a),
  log: (a) => tf.log(a),
  log1p: (a) => tf.log1p(a),
  sin: (a) => tf.sin(a),
  cos: (a) => tf.cos(a),
  tanh: (a) => tf.tanh(a),
  sigmoid: (a) => tf.sigmoid(a),
  relu: (a) => tf.relu(a),
  softplus: (a) => tf.softplus(a),
  erf: (a) => tf.erf(a),
  softmax: (a) => tf.softmax(a),
  log_softmax: (a) => tf.logSoftmax(a),
};

const overAxes: Partial<Record<FunctionName, (x: Tensor, axes: number[]) => Tensor>> = {
  sum: (x, axes) => tf.sum(x, axes, true),
  mean: (x, axes) => tf.mean(x, axes, true),
  max: (x, axes) => tf.max(x, axes, true),
  min: (x, axes) => tf.min(x, axes, true),
};

/** `from`: the first axis that `sum` and its like run over; 1 where the first one counts samples. */
function computed(expression: Expression, values: Values, from: 0 | 1): Tensor {
  if (expression.kind === 'number') return tf.scalar(expression.value);
  if (expression.kind === 'name') {
    const value = values.get(expression.name);
    if (value === undefined) throw new Error(`a formula reads ${expression.name}, which is not given`);
    return value;
  }
  const { function: name, inputs } = expression;
  const reduce = overAxes[name];
  if (reduce !== undefined) {
    const x = computed(inputs[0], values, from);
    const all = [...x.shape.keys()].filter((axis) => axis >= from);
    const axis = inputs.length > 1 ? axisOf(inputs[1]) : null;
    return reduce(x, axis === null ? all : [axis < 0 ? x.rank + axis : axis]);
  }
  const compute = byPlace[name];
  if (compute === undefined) throw new Error(`the engine has no function ${name}`);
  return compute(...inputs.map((input) => computed(input, values, from)));
}

/** Tensors whose first axis counts samples, by name. */
export function computeValue({ steps, value }: ValueFormula, given: Values): Tensor {
  const values = new Map(given);
  for (const { name, expression } of steps) values.set(name, computed(expression, values, 1));
  return computed(value, values, 1);
}

/** What each name has become, each in the shape of the weights `w`. */
export function computeUpdate({ steps }: UpdateFormula, given: Values): ReadonlyMap<string, Tensor> {
  const values = new Map(given);
  for (const { name, expression } of steps) values.set(name, computed(expression, values, 0));
  return values;
}
