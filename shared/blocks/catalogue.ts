/** Owns the list of all blocks, in the order of the palette, and how they are found by type and by words. */
import type { Block } from '../document/document';
import type { AnyBlockDefinition, Values } from './block';
import { activationFunction } from './activation/activation';
import { elu } from './activation/elu';
import { leakyRelu } from './activation/leaky-relu';
import { linear } from './activation/linear';
import { prelu } from './activation/prelu';
import { relu } from './activation/relu';
import { sigmoid } from './activation/sigmoid';
import { silu } from './activation/silu';
import { softmax } from './activation/softmax';
import { tanh } from './activation/tanh';
import { conv1d } from './convolution/conv1d';
import { conv2d } from './convolution/conv2d';
import { conv2dTranspose } from './convolution/conv2d-transpose';
import { cropping2d } from './convolution/cropping2d';
import { depthwiseConv2d } from './convolution/depthwise-conv2d';
import { separableConv2d } from './convolution/separable-conv2d';
import { upSampling2d } from './convolution/up-sampling2d';
import { zeroPadding2d } from './convolution/zero-padding2d';
import { batchNormalization } from './core/batch-normalization';
import { dense } from './core/dense';
import { dropout } from './core/dropout';
import { flatten } from './core/flatten';
import { gaussianNoise } from './core/gaussian-noise';
import { input } from './core/input';
import { layerNormalization } from './core/layer-normalization';
import { permuteBlock } from './core/permute';
import { repeatVector } from './core/repeat-vector';
import { rescaling } from './core/rescaling';
import { reshapeBlock } from './core/reshape';
import { spatialDropout2d } from './core/spatial-dropout2d';
import { unitNormalization } from './core/unit-normalization';
import { csvTable } from './data/csv-table';
import { digits } from './data/digits';
import { idxImages } from './data/idx-images';
import { toyData } from './data/toy-data';
import { binaryCrossentropy } from './loss/binary-crossentropy';
import { categoricalCrossentropy } from './loss/categorical-crossentropy';
import { meanAbsoluteError } from './loss/mean-absolute-error';
import { meanSquaredError } from './loss/mean-squared-error';
import { sparseCategoricalCrossentropy } from './loss/sparse-categorical-crossentropy';
import { add } from './merge/add';
import { average } from './merge/average';
import { concatenate } from './merge/concatenate';
import { dot } from './merge/dot';
import { maximum } from './merge/maximum';
import { minimum } from './merge/minimum';
import { multiply } from './merge/multiply';
import { subtract } from './merge/subtract';
import { adadelta } from './optimizer/adadelta';
import { adagrad } from './optimizer/adagrad';
import { adam } from './optimizer/adam';
import { adamW } from './optimizer/adam-w';
import { adamax } from './optimizer/adamax';
import { ftrl } from './optimizer/ftrl';
import { lion } from './optimizer/lion';
import { nadam } from './optimizer/nadam';
import { rmsprop } from './optimizer/rmsprop';
import { sgd } from './optimizer/sgd';
import { defaultValue, normaliseValue } from './parameter';
import { averagePooling1d } from './pooling/average-pooling1d';
import { averagePooling2d } from './pooling/average-pooling2d';
import { globalAveragePooling1d } from './pooling/global-average-pooling1d';
import { globalAveragePooling2d } from './pooling/global-average-pooling2d';
import { globalMaxPooling1d } from './pooling/global-max-pooling1d';
import { globalMaxPooling2d } from './pooling/global-max-pooling2d';
import { maxPooling1d } from './pooling/max-pooling1d';
import { maxPooling2d } from './pooling/max-pooling2d';
import { oneHotBlock } from './preparation/one-hot';
import { scale } from './preparation/scale';
import { split } from './preparation/split';
import { standardize } from './preparation/standardize';
import { train } from './training/train';

const definitions: readonly AnyBlockDefinition[] = [
  digits, idxImages, csvTable, toyData,
  scale, standardize, oneHotBlock, split,
  input, dense, flatten, reshapeBlock, permuteBlock, repeatVector, rescaling,
  dropout, spatialDropout2d, gaussianNoise, batchNormalization, layerNormalization, unitNormalization,
  conv2d, conv2dTranspose, separableConv2d, depthwiseConv2d, conv1d, upSampling2d, zeroPadding2d, cropping2d,
  maxPooling2d, averagePooling2d, globalAveragePooling2d, globalMaxPooling2d,
  maxPooling1d, averagePooling1d, globalAveragePooling1d, globalMaxPooling1d,
  relu, leakyRelu, elu, silu, sigmoid, tanh, softmax, linear, prelu, activationFunction,
  add, concatenate, multiply, subtract, average, maximum, minimum, dot,
  categoricalCrossentropy, sparseCategoricalCrossentropy, binaryCrossentropy, meanSquaredError, meanAbsoluteError,
  adam, sgd, rmsprop, adamW, nadam, adamax, adagrad, adadelta, lion, ftrl,
  train,
]; // prettier-ignore

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

/** Every parameter of a block with defaults filled in and shorthand written out. Names that the type lacks are left out. */
export function valuesOf(block: Pick<Block, 'type' | 'params'>): Values {
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
