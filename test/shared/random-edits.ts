/** Draws random edits, sensible and senseless, of documents with every block of the catalogue, composites, shared layers and stages. */
import fc from 'fast-check';
import { catalogue } from '../../shared/blocks/catalogue';
import type { Block, Composite, Document, Json } from '../../shared/document/document';
import type { Edit } from '../../shared/document/edits';
import type { DataFacts } from '../../shared/document/facts';
import { classes, column, data, digitsData, features, oneHotClasses, pixels, target, unsplit } from './data';
import { Drawing, network } from './draw';
import { gan } from './gan';

const TYPES = [...Object.keys(catalogue), 'pair', 'pair', 'stage', 'Conv9D', 'constructor', '__proto__'];
const IDS = [
  'a', 'b', 'c', 'd', 'input', 'dense', 'softmax', 'loss', 'train', 'data', 'constructor',
  'made', 'points', 'seen', 'seen_again', 'judged', 'train_generator', 'rmsprop', 'deep', 'tied', 'formula', 'third',
]; // prettier-ignore
const WIRES = [...Array.from({ length: 32 }, (_, i) => `w${i + 1}`), 'x'];
const PORTS = [
  ...new Set(
    Object.values(catalogue).flatMap((definition) => {
      const values = Object.fromEntries(
        Object.entries(definition.parameters).map(([name, p]) => [name, p.default as Json]),
      );
      const { inputs, outputs } = definition.ports(values);
      return [...inputs, ...outputs].map(({ name }) => name);
    }),
  ),
  'nothing',
];
const PARAMS = [...new Set(Object.values(catalogue).flatMap(({ parameters }) => Object.keys(parameters)))];

const position = fc.record({ x: fc.integer({ min: 0, max: 2000 }), y: fc.integer({ min: 0, max: 2000 }) });
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.integer({ min: -3, max: 40 }), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), fc.constantFrom('same', 'relu', 'softmax', 'x', ''),
  fc.array(fc.integer({ min: -1, max: 30 }), { maxLength: 4 }), fc.array(fc.constantFrom('f0', 'image', 'class', 'no', 'seen', 'dense', 'deep/pair/a'), { maxLength: 2 }), fc.constant({ l2: 0.1 }),
  fc.constantFrom(...Object.values(catalogue).flatMap(({ parameters }) => Object.values(parameters).map((p) => p.default as Json))),
); // prettier-ignore
const block = fc.record({
  type: fc.constantFrom(...TYPES),
  version: fc.constantFrom(1, 1, 1, 2),
  title: fc.constantFrom('', '', 'Same', 'Other'),
  params: fc.dictionary(fc.constantFrom(...PARAMS), value, { maxKeys: 3 }),
  position,
});
const endpoint = fc.record({ block: fc.constantFrom(...IDS), port: fc.constantFrom(...PORTS) });
const network_: fc.Arbitrary<Edit> = fc.oneof(
  fc.record({ kind: fc.constant('add-block' as const), id: fc.constantFrom(...IDS), block }),
  fc.record({ kind: fc.constant('remove-block' as const), id: fc.constantFrom(...IDS) }),
  fc.record({ kind: fc.constant('set-param' as const), id: fc.constantFrom(...IDS), name: fc.constantFrom(...PARAMS), value: fc.option(value, { nil: undefined }) }),
  fc.record({ kind: fc.constant('set-title' as const), id: fc.constantFrom(...IDS), title: fc.constantFrom('', 'Same', 'New') }),
  fc.record({ kind: fc.constant('set-mode' as const), id: fc.constantFrom(...IDS), mode: fc.constantFrom('bypassed' as const, 'muted' as const, undefined) }),
  fc.record({ kind: fc.constant('move' as const), positions: fc.dictionary(fc.constantFrom(...IDS), position, { maxKeys: 3 }) }),
  fc.record({ kind: fc.constant('add-wire' as const), id: fc.constantFrom(...WIRES), wire: fc.record({ from: endpoint, to: endpoint }) }),
  fc.record({ kind: fc.constant('remove-wire' as const), id: fc.constantFrom(...WIRES) }),
  fc.record({ kind: fc.constant('set-note' as const), id: fc.constant('n'), note: fc.option(fc.record({ text: fc.string(), position, width: fc.constant(9), height: fc.constant(9) }), { nil: undefined }) }),
); // prettier-ignore
const simple: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 8, arbitrary: network_ },
  {
    weight: 1,
    arbitrary: fc
      .tuple(fc.constantFrom('pair', 'stage'), network_)
      .map(([id, edit]): Edit => ({ kind: 'in-composite', id, edit })),
  },
);

/** One edit, or a few at once. */
export const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
  { weight: 6, arbitrary: simple },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('batch' as const),
      label: fc.constant('Several'),
      edits: fc.array(simple, { maxLength: 4 }),
    }),
  },
);

export const SOURCES: readonly DataFacts[] = [
  digitsData(),
  data([...features(4), classes(3)]),
  data([pixels([6, 6, 3]), oneHotClasses(10)], unsplit),
  data([column({ name: 'f0', dtype: 'string' }), target()]),
  data([], { n: 0, parts: { train: 0, validation: 0, test: 0 } }),
];

const junction = (x: number): Block => ({
  type: 'Junction',
  version: 1,
  title: '',
  params: {},
  position: { x, y: 0 },
});

const pair: Composite = {
  title: 'Pair',
  blocks: {
    a: { type: 'Dense', version: 1, title: '', params: { units: 10 }, position: { x: 0, y: 0 } },
    b: { type: 'ReLU', version: 1, title: '', params: {}, position: { x: 184, y: 0 } },
  },
  wires: { w1: { from: { block: 'a', port: 'output' }, to: { block: 'b', port: 'input' } } },
  ports: {
    inputs: { input: { block: 'a', port: 'input' } },
    outputs: { output: { block: 'b', port: 'output' } },
  },
  exposed: { units: { block: 'a', param: 'units' } },
};

/** A composite that holds another one, three times over. */
const stage: Composite = {
  title: 'Stage',
  blocks: {
    input: junction(0),
    pair: { type: 'pair', version: 1, title: '', params: { repeat: 3 }, position: { x: 184, y: 0 } },
    output: junction(368),
  },
  wires: {
    w1: { from: { block: 'input', port: 'output' }, to: { block: 'pair', port: 'input' } },
    w2: { from: { block: 'pair', port: 'output' }, to: { block: 'output', port: 'input' } },
  },
  ports: {
    inputs: { input: { block: 'input', port: 'input' } },
    outputs: { output: { block: 'output', port: 'output' } },
  },
  exposed: {},
};

const digitsNetwork = (): Document => ({
  ...network(
    digitsData(),
    ['Split', 'Scale', 'OneHot'],
    ['Conv2D', 'Flatten', ['Dense', { units: 10 }], 'Softmax'],
  ).document,
  composites: { pair },
  facts: {},
});

/** Two networks that learn in turn, and a third Train block in a stage of its own, behind composites, a tied layer and formulas. */
function stagesAndShares(): Document {
  const { document } = gan();
  const drawing = new Drawing({ ...document, composites: { pair, stage }, facts: {} });
  return drawing
    .place('stage', {}, { id: 'deep' }).wire('seen', 'deep')
    .place('TiedDense', { layer: ['seen'] }, { id: 'tied' }).wire('seen', 'tied')
    .place('Formula', { formula: 'a * sigmoid(a)' }, { id: 'formula' }).wire('tied', 'formula')
    .place('FormulaLoss', { formula: 'abs(p - y)' }, { id: 'loss' }).wire('formula', 'loss').wire('zeros', 'loss')
    .place('Train', { stage: 2, steps_per_turn: 2 }, { id: 'third' }).wire('loss', 'third').wire('rmsprop', 'third').document; // prettier-ignore
}

export const STARTS: readonly (() => Document)[] = [digitsNetwork, stagesAndShares];

/** The facts of every block that could be a data block. */
export const factsOf = (document: Document, source: DataFacts): Record<string, DataFacts> =>
  Object.fromEntries(Object.keys(document.blocks).map((id) => [id, source]));
