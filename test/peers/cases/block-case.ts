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
  return {
    block: 'x',
    ...behaviour.keras(values),
    output_shape: [...shape],
    weights: weights.map((weight) => ({ ...weight, shape: [...weight.shape] })),
  };
}

/** Dense works on the last axis of any map: with one before the block, its gradient is seen in a weight. */
const mixed = (block: string, shape: Shape): Layers[number] => ({
  ...dense(block, shape.at(-1) ?? 1, 'tanh'),
  inbound: ['input'],
  output_shape: [...shape],
});

/** Block type, parameters, inner shape of its inputs, number of inputs. */
export type Described = [string, Params, number[], number?];

export function blockCase(type: string, params: Params, inner: number[], branches = 1) {
  const input = [null, ...inner];
  const before = ['a', 'b', 'c'].slice(0, branches).map((name) => mixed(name, input));
  const layer = layerOf(
    type,
    params,
    before.map(() => input),
  );
  const flat = sizeOf(layer.output_shape.slice(1).map((size) => size ?? 1));
  const given = Object.entries(params).map(([name, value]) => `${name} ${JSON.stringify(value)}`);
  return caseOf([`block ${type}`, ...given].join(', '), {
    input,
    layers: [
      ...before,
      { ...layer, inbound: before.map(({ block }) => block) },
      { block: 'flat', class_name: 'Flatten', config: {}, output_shape: [null, flat] },
      dense('out', 3, 'softmax'),
    ],
    ...optimizer('SGD', { learning_rate: 0.05 }),
  });
}
