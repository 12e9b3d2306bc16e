/** Edits can always be undone, and compiling survives whatever they leave behind. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { catalogue, definitionOf } from '../../shared/blocks/catalogue';
import { compile } from '../../shared/compiler/compile';
import { connect, portsOf } from '../../shared/compiler/connect';
import { fitsAfter } from '../../shared/compiler/fits-after';
import { insertOnWire, removeReconnecting } from '../../shared/compiler/insert';
import { plan as planSchema } from '../../shared/compiler/plan';
import { CODES } from '../../shared/compiler/rules';
import type { Document, Json } from '../../shared/document/document';
import { apply, invert, removeBlocks, type Edit } from '../../shared/document/edits';
import type { DataFacts } from '../../shared/document/facts';
import { classes, column, data, digitsData, features, oneHotClasses, pixels, target, unsplit } from './data';
import { draw, network } from './draw';
import { loadDocument, saveText } from '../../shared/document/load';

const TYPES = [...Object.keys(catalogue), 'Conv9D', 'constructor', '__proto__'];
const IDS = ['a', 'b', 'c', 'd', 'input', 'dense', 'softmax', 'loss', 'train', 'data', 'constructor'];
const WIRES = ['w1', 'w2', 'w3', 'w4', 'w5', 'w6', 'w7', 'x'];
const PORTS = [
  'input',
  'output',
  'inputs',
  'data',
  'prediction',
  'labels',
  'loss',
  'optimizer',
  'metrics',
  'nothing',
];
const PARAMS = [...new Set(Object.values(catalogue).flatMap(({ parameters }) => Object.keys(parameters)))];

const position = fc.record({ x: fc.integer({ min: 0, max: 2000 }), y: fc.integer({ min: 0, max: 2000 }) });
const value: fc.Arbitrary<Json> = fc.oneof(
  fc.integer({ min: -3, max: 40 }), fc.double({ noNaN: true }), fc.boolean(), fc.constant(null), fc.constantFrom('same', 'relu', 'softmax', 'x', ''),
  fc.array(fc.integer({ min: -1, max: 30 }), { maxLength: 4 }), fc.array(fc.constantFrom('f0', 'image', 'class', 'no'), { maxLength: 2 }), fc.constant({ l2: 0.1 }),
); // prettier-ignore
const block = fc.record({
  type: fc.constantFrom(...TYPES),
  version: fc.constantFrom(1, 1, 1, 2),
  title: fc.constantFrom('', '', 'Same', 'Other'),
  params: fc.dictionary(fc.constantFrom(...PARAMS), value, { maxKeys: 3 }),
  position,
});
const endpoint = fc.record({ block: fc.constantFrom(...IDS), port: fc.constantFrom(...PORTS) });
const simple: fc.Arbitrary<Edit> = fc.oneof(
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
const anyEdit: fc.Arbitrary<Edit> = fc.oneof(
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

const SOURCES: readonly DataFacts[] = [
  digitsData(),
  data([...features(4), classes(3)]),
  data([pixels([6, 6, 3]), oneHotClasses(10)], unsplit),
  data([column({ name: 'f0', dtype: 'string' }), target()]),
  data([], { n: 0, parts: { train: 0, validation: 0, test: 0 } }),
];
const start = (): Document => ({
  ...network(
    digitsData(),
    ['Split', 'Scale', 'OneHot'],
    ['Conv2D', 'Flatten', ['Dense', { units: 10 }], 'Softmax'],
  ).document,
  facts: {},
});

describe('edits', () => {
  it('are undone without a trace', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 12 }), (edits) => {
        let document = start();
        for (const edit of edits) {
          const after = apply(document, edit);
          expect(apply(after, invert(document, edit))).toEqual(document);
          document = after;
        }
      }),
      { numRuns: 300, seed: 7 },
    );
  });

  it('leave something that compiles without an exception: 2,000 random sequences', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 25 }), fc.constantFrom(...SOURCES), (edits, source) => {
        const document = edits.reduce(apply, start());
        const facts = Object.fromEntries(Object.keys(document.blocks).map((id) => [id, source]));
        const compilation = compile(document, facts);
        for (const { code, message, why, fixes } of compilation.diagnostics) {
          seen.add(code);
          if (!/\S.*\.$/s.test(message) || /undefined|NaN|\[object/.test(message + why))
            throw new Error(message);
          if (fixes.length > 0) compile(apply(document, fixes[0].edit), facts);
        }
        expect(compilation.plan === null).toBe(
          compilation.diagnostics.some(({ severity, code }) => severity === 'error' || code === 'data/none'),
        );
        if (compilation.plan) planSchema.parse(compilation.plan);
        expect(Object.keys(compilation.blocks).sort()).toEqual(Object.keys(document.blocks).sort());
        expect(Object.keys(compilation.wires).sort()).toEqual(Object.keys(document.wires).sort());
      }),
      { numRuns: 2000, seed: 11 },
    );
    for (const code of seen) expect(Object.keys(CODES)).toContain(code);
  });

  it('of the canvas never make a wire that compiling refuses', () => {
    const step = fc.record({
      what: fc.constantFrom('add', 'wire', 'insert', 'delete', 'take out'),
      a: fc.nat(),
      b: fc.nat(),
      type: fc.constantFrom(...Object.keys(catalogue)),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let { document } = draw();
        for (const { what, a, b, type } of steps) {
          const ids = Object.keys(document.blocks);
          const wires = Object.keys(document.wires);
          const edit = (): Edit | null => {
            if (what === 'add' || ids.length < 2)
              return {
                kind: 'add-block',
                id: `b${ids.length}_${a}`,
                block: { type, version: 1, title: '', params: {}, position: { x: a % 900, y: b % 700 } },
              };
            const [from, to] = [ids[a % ids.length], ids[b % ids.length]];
            if (what === 'delete') return removeBlocks(document, [from]);
            if (what === 'take out') return removeReconnecting(document, [from, to]);
            if (what === 'insert')
              return wires.length > 0 ? insertOnWire(document, wires[a % wires.length], type) : null;
            const [output, input] = [
              portsOf(document, from)?.outputs.at(0),
              portsOf(document, to)?.inputs.at(b % 2),
            ];
            return output && input
              ? connect(document, { block: from, port: output.name }, { block: to, port: input.name })
              : null;
          };
          const made = edit();
          if (made) document = apply(document, made);
        }
        const codes = compile(document).diagnostics.map(({ code }) => code);
        expect(codes).not.toContain('graph/wire');
        expect(codes).not.toContain('graph/cycle');
        expect(loadDocument(saveText(document))).toEqual({ ok: true, value: document });
        for (const id of Object.keys(document.blocks).slice(0, 3))
          for (const fitting of fitsAfter(document, id)) expect(definitionOf(fitting)).toBeDefined();
      }),
      { numRuns: 300, seed: 3 },
    );
  });
});
