/** Owns how a case is made from the definition of a layer block: its shape rule, weights and config are what is compared. */
import { definitionOf, valuesOf } from '../../../shared/blocks/catalogue';
import type { Json } from '../../../shared/document/document';
import type { Shape } from '../../../shared/compiler/shape';
import { dense, type PlanSketch } from '../../engine/plans';
import { caseOf, optimizer, sizeOf } from '../parity';

type Layers = PlanSketch['layers'];
type Params = Record<string, Json>;

export function layerOf(type: string, params: Params, inputs: readonly Shape[]): Layers[number] {
  const behaviour = definitionOf(type)?.behaviour;
  if (behaviour?.kind !== 'layer') throw new Error(`${type} is no layer`);
  const values = valuesOf({ type, params });
  const inferred = behaviour.infer(inputs.map((shape) => ({ shape, from: 'there' })), values); // prettier-ignore
  if (!inferred.ok) throw new Error(inferred.finding.message);
  const { shape, weights } = inferred.value;
  const { config, ...kerasClass } = behaviour.keras(values);
  return {
    block: 'x',
    ...kerasClass,
    config: values.trainable === false ? { ...config, trainable: false } : config,
    output_shape: [...shape],
    weights: weights.map((weight) => ({ ...weight, shape: [...weight.shape] })),
  };
}

const flat = (block: string, size: number): Layers[number] => ({
  block,
  class_name: 'Flatten',
  config: {},
  output_shape: [null, size],
});

/**
 * Layers that lead from the input to a tensor of this shape through a Dense, in whose weights the gradient of what comes
 * after is seen. Dense works on the last axis of any map, so another shape is all that needs more.
 */
function branch(name: string, shape: number[], input: number[], activation: string): Layers {
  const last = (block: string, before: string): Layers[number] => ({
    ...dense(block, shape[shape.length - 1], activation),
    inbound: [before],
    output_shape: [null, ...shape],
  });
  if (shape.join() === input.join()) return [last(name, 'input')];
  const size = sizeOf(shape);
  return [
    { ...flat(`${name}_flat`, sizeOf(input)), inbound: ['input'] },
    dense(`${name}_spread`, size, 'linear'),
    {
      block: `${name}_shape`,
      class_name: 'Reshape',
      config: { target_shape: shape },
      output_shape: [null, ...shape],
    },
    last(name, `${name}_shape`),
  ];
}

/** Block type, parameters, inner shape of its input or of each of its inputs, number of inputs of that shape, what comes before it. */
export type Described = [string, Params, number[] | number[][], number?, string?];

export function blockCase(
  type: string,
  params: Params,
  inner: number[] | number[][],
  branches = 1,
  before = 'tanh',
) {
  const isList = (shapes: number[] | number[][]): shapes is number[][] => Array.isArray(shapes[0]);
  const shapes = isList(inner) ? inner : Array.from({ length: branches }, () => inner);
  const names = ['a', 'b', 'c'].slice(0, shapes.length);
  const layer = layerOf(
    type,
    params,
    shapes.map((shape) => [null, ...shape]),
  );
  const size = sizeOf(layer.output_shape.slice(1).map((length) => length ?? 1));
  const given = Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  const sizes = isList(inner) ? [`on ${JSON.stringify(inner)}`] : [];
  return caseOf([`block ${type}`, ...given, ...sizes].join(', '), {
    input: [null, ...shapes[0]],
    layers: [
      ...names.flatMap((name, i) => branch(name, shapes[i], shapes[0], before)),
      { ...layer, inbound: names },
      flat('flat', size),
      dense('out', 3, 'softmax'),
    ],
    ...optimizer('SGD', { learning_rate: 0.05 }),
  });
}
