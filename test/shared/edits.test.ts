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
import { apply, invert, removeBlocks, type Edit } from '../../shared/document/edits';
import { draw } from './draw';
import { anyEdit, factsOf, SOURCES, STARTS } from './random-edits';
import { loadDocument, saveText } from '../../shared/document/load';

/** The fast set has a tenth. */
const SEQUENCES = process.env.AXONRY_FULL === '1' ? 10_000 : 1000;

const anyStart = fc.constantFrom(...STARTS);
const anySource = fc.constantFrom(...SOURCES);

describe('edits', () => {
  it('are undone without a trace', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 12 }), anyStart, (edits, start) => {
        let document = start();
        for (const edit of edits) {
          const after = apply(document, edit);
          expect(apply(after, invert(document, edit))).toEqual(document);
          document = after;
        }
      }),
      { numRuns: SEQUENCES, seed: 7 },
    );
  });

  it('leave something that compiles without an exception, with every problem told', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 25 }), anyStart, anySource, (edits, start, source) => {
        const document = edits.reduce(apply, start());
        const facts = factsOf(document, source);
        const compilation = compile(document, facts);
        for (const { code, message, fixes } of compilation.diagnostics) {
          seen.add(code);
          if (!/\S.*\.$/s.test(message) || /undefined|NaN|\[object/.test(message)) throw new Error(message);
          for (const { edit } of fixes) {
            const mended = apply(document, edit);
            compile(mended, facts);
            expect(apply(mended, invert(document, edit))).toEqual(document);
          }
        }
        expect(compilation.plan === null).toBe(
          compilation.diagnostics.some(({ severity, code }) => severity === 'error' || code === 'data/none'),
        );
        if (compilation.plan) planSchema.parse(compilation.plan);
        // What stands inside composites is named by a path beside them.
        const drawn = (ids: object) =>
          Object.keys(ids)
            .filter((id) => !id.includes('/'))
            .sort();
        expect(drawn(compilation.blocks)).toEqual(Object.keys(document.blocks).sort());
        expect(drawn(compilation.wires)).toEqual(Object.keys(document.wires).sort());
      }),
      { numRuns: SEQUENCES, seed: 11 },
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
                block: {
                  type,
                  version: catalogue[type].version,
                  title: '',
                  params: {},
                  position: { x: a % 900, y: b % 700 },
                },
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
