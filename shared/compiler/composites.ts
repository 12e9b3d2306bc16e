/**
 * Owns what a composite of a document is as a block: its ports and parameters follow from the blocks inside. Everything
 * that asks for the definition of a block of a document asks here; other types are those of the catalogue.
 */
import type { AnyBlockDefinition, Port, Ports, Values } from '../blocks/block';
import { definitionOf, valuesOf } from '../blocks/catalogue';
import { defaultValue, normaliseValue, type Parameter } from '../blocks/parameter';
import type { Block, Composite, Composites, Endpoint, Json } from '../document/document';
import { sortedEntries } from '../document/ids';

/** How often a composite may stand one behind the other. */
const MOST_REPEATS = 256;
/** Reserved: a parameter of every composite with one input and one output. */
export const REPEAT = 'repeat';

const known = new WeakMap<Composites, Map<string, AnyBlockDefinition | undefined>>();

/** The definition of a block type in a document with these composites. */
export function definitionIn(composites: Composites, type: string): AnyBlockDefinition | undefined {
  if (!Object.hasOwn(composites, type)) return definitionOf(type);
  const definitions = known.get(composites) ?? new Map<string, AnyBlockDefinition | undefined>();
  known.set(composites, definitions);
  if (!definitions.has(type)) {
    // A composite that holds itself finds nothing here, so that asking ends; the compiler says what is wrong.
    definitions.set(type, undefined);
    definitions.set(type, compositeDefinition(composites, type, composites[type]));
  }
  return definitions.get(type);
}

/** Every parameter of a block with defaults filled in. */
export function valuesIn(composites: Composites, block: Pick<Block, 'type' | 'params'>): Values {
  if (!Object.hasOwn(composites, block.type)) return valuesOf(block);
  const parameters = Object.entries(definitionIn(composites, block.type)?.parameters ?? {});
  return Object.fromEntries(
    parameters.map(([name, parameter]) => [
      name,
      normaliseValue(
        Object.hasOwn(block.params, name) ? block.params[name] : defaultValue(parameter),
        parameter,
      ),
    ]),
  );
}

export function portsIn(composites: Composites, block: Pick<Block, 'type' | 'params'>): Ports | null {
  return definitionIn(composites, block.type)?.ports(valuesIn(composites, block)) ?? null;
}

const blockAt = (composite: Composite, id: string): Block | undefined =>
  Object.hasOwn(composite.blocks, id) ? composite.blocks[id] : undefined;

/** A port outside is of the kind of the end inside. One without an end stays a port for tensors, so that wires stay drawn. */
function outerPort(
  composites: Composites,
  composite: Composite,
  side: 'inputs' | 'outputs',
  [name, end]: [string, Endpoint],
): Port {
  const block = blockAt(composite, end.block);
  const inner = block && portsIn(composites, block)?.[side].find((port) => port.name === end.port);
  return {
    name,
    kind: inner?.kind ?? 'tensor',
    ...(inner?.many ? { many: true } : {}),
    ...(inner?.optional ? { optional: true } : {}),
  };
}

/** The parameter as it is inside, with the value inside as its default. */
function outerParameter(
  composites: Composites,
  composite: Composite,
  { block: id, param }: { block: string; param: string },
): Parameter | null {
  const block = blockAt(composite, id);
  const inner = block && definitionIn(composites, block.type)?.parameters[param];
  if (!block || !inner) return null;
  const { when: _when, advanced: _advanced, ...parameter } = inner;
  return { ...parameter, default: valuesIn(composites, block)[param] } as Parameter;
}

const repeatParameter: Parameter = {
  kind: 'integer',
  default: 1,
  min: 1,
  max: MOST_REPEATS,
  help: 'How many of these stand one behind the other, each with weights of its own.',
};

export const isChain = ({ inputs, outputs }: Ports): boolean =>
  inputs.length === 1 && outputs.length === 1 && inputs[0].kind === outputs[0].kind;

const typesInside = (composites: Composites, composite: Composite): string =>
  [
    ...new Set(
      sortedEntries(composite.blocks)
        .filter(([, { type }]) => type !== 'Junction')
        .map(([, { type }]) => definitionIn(composites, type)?.title ?? type),
    ),
  ].join(', ');

/** Blocks that compute; junctions only mark where wires enter and leave. */
const sizeOf = (composite: Composite): number =>
  Object.values(composite.blocks).filter(({ type }) => type !== 'Junction').length;

function captionOf(composite: Composite, values: Values): string {
  const repeat = Number(values[REPEAT] ?? 1);
  const size = sizeOf(composite);
  return `${repeat > 1 ? `${repeat} × ` : ''}${size} ${size === 1 ? 'block' : 'blocks'}`;
}

function compositeDefinition(composites: Composites, id: string, composite: Composite): AnyBlockDefinition {
  const ports: Ports = {
    inputs: sortedEntries(composite.ports.inputs).map((entry) =>
      outerPort(composites, composite, 'inputs', entry),
    ),
    outputs: sortedEntries(composite.ports.outputs).map((entry) =>
      outerPort(composites, composite, 'outputs', entry),
    ),
  };
  const exposed = sortedEntries(composite.exposed).flatMap(([name, target]): [string, Parameter][] => {
    const parameter = outerParameter(composites, composite, target);
    return parameter ? [[name, parameter]] : [];
  });
  const inside = typesInside(composites, composite);
  return {
    type: id,
    version: 1,
    title: composite.title || id,
    category: 'Composite',
    search: [],
    summary: composite.summary ?? `Made of ${inside || 'nothing yet'}.`,
    help: [
      composite.summary ?? 'A block made of blocks.',
      `Inside are ${inside || 'no blocks yet'}. Open it to see and change them; every use of it changes with it.`,
    ].join('\n\n'),
    source: 'This project',
    parameters: {
      ...Object.fromEntries(exposed),
      ...(isChain(ports) ? { [REPEAT]: repeatParameter } : {}),
    },
    ports: () => ports,
    caption: (values) => captionOf(composite, values),
    behaviour: { kind: 'composite', composite: id },
  };
}

const scaled = (value: Json, times: number): Json =>
  typeof value === 'number'
    ? Math.round(value * times)
    : Array.isArray(value)
      ? value.map((entry) => scaled(entry, times))
      : value;

/** What the parameters of an instance set inside, by block and parameter. */
export function innerParameters(
  composite: Composite,
  params: Readonly<Record<string, Json>>,
): Map<string, Record<string, Json>> {
  const set = new Map<string, Record<string, Json>>();
  for (const [name, value] of Object.entries(params)) {
    if (!Object.hasOwn(composite.exposed, name)) continue;
    const { block, param, also = [] } = composite.exposed[name];
    for (const target of [{ block, param, times: undefined }, ...also])
      set.set(target.block, {
        ...set.get(target.block),
        [target.param]: target.times === undefined ? value : scaled(value, target.times),
      });
  }
  return set;
}
