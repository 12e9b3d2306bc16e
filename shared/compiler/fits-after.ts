/** Owns what the palette proposes after a selected block: types that fit its output, the usual next steps first. */
import type { AnyBlockDefinition } from '../blocks/block';
import { catalogue, defaultsOf } from '../blocks/catalogue';
import type { BlockId, Document } from '../document/document';
import type { ColumnFacts, DataFacts } from '../document/facts';
import { compile } from './compile';
import { definitionIn, valuesIn } from './composites';
import type { Compilation } from './compilation';
import { portsOf } from './connect';
import type { Shape } from './shape';
import { suggestLoss, targetOf, type NetworkEnd } from './suggest-loss';

/** The data that the first Input of the document reads; null while there are none. */
function dataOf(document: Document, compilation: Compilation): DataFacts | null {
  const [input] = Object.keys(document.blocks).filter((id) => document.blocks[id].type === 'Input');
  const wire = Object.values(document.wires).find(({ to }) => to.block === input);
  return (wire && compilation.blocks[wire.from.block]?.facts) ?? null;
}

/** True where the width of the last layer is that of the answer: one value per class, or one number. */
const answers = (shape: Shape | null, target: ColumnFacts | undefined): boolean =>
  shape?.length === 2 &&
  target !== undefined &&
  (shape[1] === (target.classes?.length ?? target.shape.at(0) ?? 1) ||
    (shape[1] === 1 && target.classes?.length === 2));

/** The losses that suit a network that ends here; none where it is plain that it goes on. */
function lossesAfter(type: string, end: NetworkEnd, target: ColumnFacts | undefined): string[] {
  const { activation, shape } = end;
  const isEnd = activation === 'softmax' || (activation === 'sigmoid' && shape?.at(-1) === 1);
  const mayEnd = type === 'Dense' || activation !== null;
  if (!isEnd && !(mayEnd && answers(shape, target))) return [];
  const { type: best } = suggestLoss(end, target);
  const squash = best === 'BinaryCrossentropy' ? 'Sigmoid' : 'Softmax';
  if (activation === null && best.endsWith('Crossentropy')) return [squash, best];
  return target === undefined && activation === 'softmax' ? [best, 'SparseCategoricalCrossentropy'] : [best];
}

/** What usually follows, best first; everything else that fits comes after in the order of the palette. */
function usualAfter(type: string, activation: string | null, shape: Shape | null): readonly string[] {
  const isMap = shape !== null && shape.length === 4;
  if (type === 'Conv2D' && activation === null) return ['ReLU', 'BatchNormalization', 'MaxPooling2D'];
  if (type === 'Dense' && activation === null) return ['ReLU', 'Softmax', 'Sigmoid', 'MeanSquaredError'];
  if (type === 'BatchNormalization') return ['ReLU', isMap ? 'Conv2D' : 'Dense'];
  if (type.includes('Pooling2D') && isMap) return ['Conv2D', 'Flatten', 'GlobalAveragePooling2D'];
  if (type === 'Input') return isMap ? ['Conv2D', 'Flatten'] : ['Dense', 'Reshape'];
  if (activation !== null)
    return isMap ? ['MaxPooling2D', 'Conv2D', 'Flatten'] : ['Dense', 'Dropout', 'BatchNormalization'];
  return isMap ? ['Conv2D', 'MaxPooling2D', 'Flatten'] : ['Dense', 'Dropout'];
}

function usualAfterData(facts: DataFacts | null): readonly string[] {
  const hasValidation = (facts?.parts.validation ?? 0) > 0;
  const hasText = facts?.columns.some(({ dtype, role }) => dtype === 'string' && role !== 'target') ?? false;
  return [
    ...(hasValidation ? [] : ['Split']),
    ...(hasText ? ['TextVectorization'] : []),
    'Scale',
    'Standardize',
    'OneHot',
    'Input',
  ];
}

function acceptsShape(definition: AnyBlockDefinition, shape: Shape | null): boolean {
  const { behaviour } = definition;
  if (behaviour.kind !== 'layer' || shape === null) return true;
  const values = defaultsOf(definition.type);
  const input = { shape, from: 'the selected block' };
  const inputs = definition.ports(values).inputs.flatMap(({ many }) => (many ? [input, input] : [input]));
  return behaviour.infer(inputs, values).ok;
}

/** Block types whose input the first output of `id` fits, by kind and shape, most usual first; empty where nothing fits. */
export function fitsAfter(
  document: Document,
  id: BlockId,
  compilation: Compilation = compile(document),
): string[] {
  const output = portsOf(document, id)?.outputs.at(0);
  const block = Object.hasOwn(document.blocks, id) ? document.blocks[id] : undefined;
  const definition = block && definitionIn(document.composites, block.type);
  if (!output || !block || !definition) return [];
  const shape = compilation.blocks[id]?.output ?? null;
  const fitting = Object.values(catalogue).filter(
    (candidate) =>
      candidate.ports(defaultsOf(candidate.type)).inputs.some(({ kind }) => kind === output.kind) &&
      acceptsShape(candidate, shape),
  );
  const { behaviour, type } = definition;
  const activation =
    behaviour.kind === 'layer' ? behaviour.activation(valuesIn(document.composites, block)) : null;
  const usual =
    output.kind === 'dataset'
      ? usualAfterData(compilation.blocks[id]?.facts ?? null)
      : [
          ...lossesAfter(type, { activation, shape }, targetOf(dataOf(document, compilation))),
          ...usualAfter(type, activation, shape),
        ];
  const rank = (candidate: string) => (usual.includes(candidate) ? usual.indexOf(candidate) : usual.length);
  return fitting
    .map((candidate, order) => ({ type: candidate.type, order }))
    .sort((a, b) => rank(a.type) - rank(b.type) || a.order - b.order)
    .map((candidate) => candidate.type);
}
