/** Draws random edits, sensible and senseless, of a document with every block of the catalogue and a composite. */
import fc from 'fast-check';
import { catalogue } from '../../shared/blocks/catalogue';
import type { Document, Json } from '../../shared/document/document';
import type { Edit } from '../../shared/document/edits';
import type { DataFacts } from '../../shared/document/facts';
import { classes, column, data, digitsData, features, oneHotClasses, pixels, target, unsplit } from './data';
import { network } from './draw';

const TYPES = [...Object.keys(catalogue), 'pair', 'Conv9D', 'constructor', '__proto__'];
const IDS = ['a', 'b', 'c', 'd', 'input', 'dense', 'softmax', 'loss', 'train', 'data', 'constructor'];
const WIRES = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'x'];
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
  fc.array(fc.integer({ min: -1, max: 30 }), { maxLength: 4 }), fc.array(fc.constantFrom('f0', 'image', 'class', 'no'), { maxLength: 2 }), fc.constant({ l2: 0.1 }),
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
    arbitrary: network_.map((edit): Edit => ({ kind: 'in-composite', id: 'pair', edit })),
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

/** A network for digits, and a composite of a dense layer and an activation in the file. */
export const startDocument = (): Document => ({
  ...network(
    digitsData(),
    ['Split', 'Scale', 'OneHot'],
    ['Conv2D', 'Flatten', ['Dense', { units: 10 }], 'Softmax'],
  ).document,
  composites: {
    pair: {
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
    },
  },
  facts: {},
});

/** The facts of every block that could be a data block. */
export const factsOf = (document: Document, source: DataFacts): Record<string, DataFacts> =>
  Object.fromEntries(Object.keys(document.blocks).map((id) => [id, source]));
