/**
 * Owns how a block holds another layer inside: Keras' wrappers take a layer as a setting. The inner layer's own definition
 * says its shapes, weights and config; the wrapper shows a choice of its parameters.
 */
import type { Json } from '../../document/document';
import type { AnyBlockDefinition, KerasConfig, LayerBehaviour, Values } from '../block';
import { defaultValue } from '../parameter';

export interface Nested {
  behaviour: LayerBehaviour<Values>;
  values: Values;
}

/** The inner layer with the wrapper's values where it has parameters of these names, else with its own defaults. */
export function nestedLayer(
  definition: AnyBlockDefinition,
  given: Readonly<Record<string, unknown>>,
): Nested {
  const { behaviour, parameters } = definition;
  if (behaviour.kind !== 'layer') throw new Error(`${definition.type} is no layer`);
  const values = Object.fromEntries(
    Object.entries(parameters).map(([name, parameter]) => [
      name,
      Object.hasOwn(given, name) ? (given[name] as Json) : defaultValue(parameter),
    ]),
  );
  return { behaviour, values };
}

/** A layer as Keras 3 writes it inside the config of another. */
export const nestedConfig = ({ class_name, config }: KerasConfig): Json => ({
  module: 'keras.layers',
  class_name,
  config,
  registered_name: null,
});
