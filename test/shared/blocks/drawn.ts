/** Owns how settings and inputs of a layer block are drawn up: small numbers, so that many of them fit together. */
import fc from 'fast-check';
import type { AnyBlockDefinition, LayerBehaviour, Values } from '../../../shared/blocks/block';
import { catalogue } from '../../../shared/blocks/catalogue';
import type { Parameter } from '../../../shared/blocks/parameter';
import type { Json } from '../../../shared/document/document';

/** Lengths of the axes after the batch. */
export type Sizes = number[];

function valueOf(parameter: Parameter): fc.Arbitrary<Json> {
  const asDefined = fc.constant(parameter.default as Json);
  switch (parameter.kind) {
    case 'integer': {
      const { min = -2, max = 6 } = parameter;
      return fc.oneof(asDefined, fc.integer({ min, max: Math.max(min, Math.min(max, 6)) }));
    }
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...parameter.options);
    case 'integers': {
      const { length, min = -2 } = parameter;
      const size = fc.integer({ min: parameter.allowNegativeOne ? -1 : min, max: 4 }).filter((n) => n !== 0 || min <= 0); // prettier-ignore
      const list = fc.array(size, { minLength: length ?? 1, maxLength: length ?? 3 });
      return fc.oneof({ weight: 1, arbitrary: asDefined }, { weight: 2, arbitrary: list });
    }
    default:
      return asDefined;
  }
}

const shapeOf = (axes: { minLength: number; maxLength: number }, max: number) =>
  fc.array(fc.integer({ min: 1, max }), axes);
const usualShape = shapeOf({ minLength: 1, maxLength: 4 }, 7);
/** A sequence of volumes has five axes; short ones, so that little is computed. */
const shapes: Readonly<Record<string, typeof usualShape>> = {
  ConvLSTM3D: shapeOf({ minLength: 4, maxLength: 5 }, 3),
};

export interface Drawn {
  params: Record<string, Json>;
  shapes: Sizes[];
}

/** Several inputs are mostly alike, as most layers with several want them. */
export function drawn(definition: AnyBlockDefinition, values: Values): fc.Arbitrary<Drawn> {
  const { parameters, type } = definition;
  const shape = shapes[type] ?? usualShape;
  const { inputs } = definition.ports(values);
  const count = inputs.at(0)?.many ? fc.integer({ min: 2, max: 3 }) : fc.constant(inputs.length);
  const alike = fc.tuple(shape, count).map(([one, n]) => Array.from({ length: n }, () => one));
  const free = count.chain((n) => fc.array(shape, { minLength: n, maxLength: n }));
  return fc.record({
    params: fc.record(
      Object.fromEntries(Object.entries(parameters).map(([name, each]) => [name, valueOf(each)])),
    ),
    shapes: fc.oneof({ weight: 3, arbitrary: alike }, { weight: 1, arbitrary: free }),
  });
}

/** They have no weights or settings of their own; test/shared/sharing.test.ts asks them. */
const BORROWING = new Set(['SharedLayer', 'TiedDense']);

export interface LayerBlock {
  type: string;
  definition: AnyBlockDefinition;
  behaviour: LayerBehaviour<Values>;
}
/** Every layer block of the catalogue that can stand alone. */
export const layerBlocks: readonly LayerBlock[] = Object.values(catalogue).flatMap((definition) =>
  definition.behaviour.kind === 'layer' && !BORROWING.has(definition.type)
    ? [{ type: definition.type, definition, behaviour: definition.behaviour }]
    : [],
);
