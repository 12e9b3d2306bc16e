/** Owns the list of all blocks, in the order of the palette, and how they are found by type and by words. */
import type { Block } from '../document/document';
import type { AnyBlockDefinition, Values } from './block';
import { activationBlocks } from './activation';
import { augmentationBlocks } from './augmentation';
import { compositeBlocks } from './composite';
import { convolutionBlocks } from './convolution';
import { coreBlocks } from './core';
import { dataBlocks } from './data';
import { lossBlocks } from './loss';
import { mergeBlocks } from './merge';
import { normalizationBlocks } from './normalization';
import { optimizerBlocks } from './optimizer';
import { poolingBlocks } from './pooling';
import { preparationBlocks } from './preparation';
import { regularizationBlocks } from './regularization';
import { sequenceBlocks } from './sequence';
import { tensorBlocks } from './tensor';
import { trainingBlocks } from './training';
import { defaultValue, normaliseValue } from './parameter';

const definitions: readonly AnyBlockDefinition[] = [
  ...dataBlocks,
  ...preparationBlocks,
  ...augmentationBlocks,
  ...coreBlocks,
  ...convolutionBlocks,
  ...poolingBlocks,
  ...sequenceBlocks,
  ...activationBlocks,
  ...normalizationBlocks,
  ...regularizationBlocks,
  ...tensorBlocks,
  ...mergeBlocks,
  ...lossBlocks,
  ...optimizerBlocks,
  ...trainingBlocks,
  ...compositeBlocks,
];

/** Every block by its type, in the order of the palette. */
export const catalogue: Readonly<Record<string, AnyBlockDefinition>> = Object.fromEntries(
  definitions.map((definition) => [definition.type, definition]),
);

const byType = new Map(definitions.map((definition) => [definition.type, definition]));

/** The definition of a type, or undefined where this version does not know it. */
export const definitionOf = (type: string): AnyBlockDefinition | undefined => byType.get(type);

const defaultsByType = new Map<string, Values>(
  definitions.map((definition) => [
    definition.type,
    Object.freeze(
      Object.fromEntries(
        Object.entries(definition.parameters).map(([name, parameter]) => [
          name,
          normaliseValue(defaultValue(parameter), parameter),
        ]),
      ),
    ),
  ]),
);

/** The default of every parameter of a type; empty for an unknown type. */
export const defaultsOf = (type: string): Values => defaultsByType.get(type) ?? {};

/** Documents are never changed in place, so the values of the same parameters need no filling in again. */
const filledIn = new WeakMap<Block['params'], { type: string; values: Values }>();

/** Every parameter of a block with defaults filled in and shorthand written out. Names that the type lacks are left out. */
export function valuesOf(block: Pick<Block, 'type' | 'params'>): Values {
  const known = filledIn.get(block.params);
  if (known?.type === block.type) return known.values;
  const values = fillIn(block);
  filledIn.set(block.params, { type: block.type, values });
  return values;
}

function fillIn(block: Pick<Block, 'type' | 'params'>): Values {
  const definition = byType.get(block.type);
  const defaults = defaultsOf(block.type);
  if (!definition) return defaults;
  const given = Object.entries(block.params).filter(([name]) => Object.hasOwn(definition.parameters, name));
  if (given.length === 0) return defaults;
  return {
    ...defaults,
    ...Object.fromEntries(
      given.map(([name, value]) => [name, normaliseValue(value, definition.parameters[name])]),
    ),
  };
}

const plain = (text: string) => text.toLowerCase().replace(/[\s_-]+/g, '');

/** How well a definition answers a query: 0 not at all, higher is better. Titles before synonyms before summaries. */
function rank(definition: AnyBlockDefinition, query: string): number {
  const names = [plain(definition.title), plain(definition.type)];
  if (names.includes(query)) return 6;
  if (names.some((name) => name.startsWith(query))) return 5;
  const words = definition.search.map(plain);
  if (words.includes(query)) return 4;
  if (words.some((word) => word.startsWith(query))) return 3;
  if (names.some((name) => name.includes(query)) || words.some((word) => word.includes(query))) return 2;
  return plain(definition.summary).includes(query) || plain(definition.category).includes(query) ? 1 : 0;
}

/** The blocks that answer a query, best first; all of them for an empty one. */
export function findBlocks(query: string): AnyBlockDefinition[] {
  const wanted = plain(query);
  if (wanted === '') return [...definitions];
  return definitions
    .map((definition, order) => ({ definition, order, rank: rank(definition, wanted) }))
    .filter((found) => found.rank > 0)
    .sort((a, b) => b.rank - a.rank || a.order - b.order)
    .map((found) => found.definition);
}
