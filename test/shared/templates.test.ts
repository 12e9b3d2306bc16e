/** Every template compiles without an error and weighs what was published of it; the table is printed. */
import { afterAll, describe, expect, it } from 'vitest';
import { documentOf, templates, type Template } from '../../shared/architectures/templates';
import { definitionIn, valuesIn } from '../../shared/compiler/composites';
import { compile } from '../../shared/compiler/compile';
import { nextStep } from '../../shared/compiler/next-step';
import type { Document } from '../../shared/document/document';
import { loadDocument, saveText } from '../../shared/document/load';
import { column, data, digitsData, target, unsplit } from './data';

const rows: string[] = [];

const toy = () => data([column({ name: 'x' }), column({ name: 'y' }), target({ min: 0, max: 1 })], unsplit);

/** What a reader would find behind the data block. */
function withFacts(document: Document): Document {
  const facts = Object.fromEntries(
    Object.entries(document.blocks).flatMap(([id, { type }]) =>
      type === 'Digits' ? [[id, digitsData()]] : type === 'ToyData' ? [[id, toy()]] : [],
    ),
  );
  return { ...document, facts };
}

const millis = (work: () => void): number => {
  const start = performance.now();
  work();
  return performance.now() - start;
};

/** The sizes that the papers' drawings end in. */
const LAST: Readonly<Record<string, readonly (number | null)[]>> = {
  'u-net': [null, 388, 388, 2],
  'fcn-8': [null, 224, 224, 21],
  'fcn-16': [null, 224, 224, 21],
  'fcn-32': [null, 224, 224, 21],
  'autoencoder-convolutional': [null, 28, 28, 1],
};

describe.each(templates.map((template): [string, Template] => [template.name, template]))(
  '%s',
  (name, template) => {
    const document = withFacts(documentOf(template));
    const { totals, diagnostics, blocks, plan } = compile(document);

    it(`has ${template.parameters.toLocaleString('en')} weights`, () => {
      expect(totals.parameters).toBe(template.parameters);
      const fresh = () => compile(structuredClone(document));
      const times = [fresh, fresh, fresh].map(millis);
      rows.push(
        `${name.padEnd(26)} ${template.parameters.toLocaleString('en').padStart(13)} ${String(Object.keys(blocks).length).padStart(5)} blocks ${Math.min(
          ...times,
        )
          .toFixed(1)
          .padStart(6)} ms  ${template.source}`,
      );
    });

    it('compiles without an error or a warning', () => {
      const remarks = diagnostics.filter(({ severity }) => severity !== 'hint');
      expect(remarks.map(({ code, block }) => [code, block])).toEqual([]);
      const hasData = Object.values(document.blocks).some(
        ({ type }) => definitionIn({}, type)?.behaviour.kind === 'source',
      );
      expect(plan !== null).toBe(hasData);
      expect(diagnostics.some(({ code }) => code === 'data/none')).toBe(!hasData);
    });

    it('can be trained, or one sentence says what to wire to which Input', () => {
      const inputs = Object.values(document.blocks).filter(({ type }) => type === 'Input');
      const sentence = nextStep(document, { plan, diagnostics });
      if (plan) expect(sentence).toContain('can be trained');
      else {
        expect(sentence).toMatch(/^There are no data yet: wire a data block to (each )?Input [^.]* Train\.$/);
        for (const { params } of inputs) expect(sentence).toContain((params.shape as number[]).join(' × '));
      }
    });

    it('ends in the shape of its answer', () => {
      const outputs = Object.entries(document.blocks)
        .filter(
          ([, { type }]) =>
            ['Softmax', 'Sigmoid', 'RBFOutput'].includes(type) || (LAST[name] && type === 'Conv2D'),
        )
        .map(([id]) => JSON.stringify(blocks[id].output));
      if (LAST[name]) expect(outputs).toContain(JSON.stringify(LAST[name]));
      else if (template.family === 'Pictures') expect(outputs[0]).toMatch(/^\[null,(10|1000)\]$/);
    });

    it('is drawn with room between the blocks, and is kept in a project file', () => {
      const networks = [
        document.blocks,
        ...Object.values(document.composites).map((composite) => composite.blocks),
      ];
      for (const network of networks) {
        const places = Object.values(network).map(({ position }) => `${position.x} ${position.y}`);
        expect(new Set(places).size).toBe(places.length);
      }
      expect(loadDocument(saveText(document))).toEqual({ ok: true, value: document });
      for (const block of Object.values(document.blocks))
        expect(Object.keys(valuesIn(document.composites, block))).toEqual(
          expect.arrayContaining(Object.keys(block.params)),
        );
    });
  },
);

afterAll(() => console.log(`\n${rows.join('\n')}\n`));
