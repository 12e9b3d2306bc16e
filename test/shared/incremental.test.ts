/** What is remembered from one compilation to the next never changes an answer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../shared/compiler/compile';
import type { Document } from '../../shared/document/document';
import { apply } from '../../shared/document/edits';
import { largeDocument } from '../bench/compile';
import { anyEdit, factsOf, SOURCES, startDocument } from './random-edits';

const SEQUENCES = process.env.AXONRY_FULL === '1' ? 2000 : 200;

/** The same document made of other objects, so that nothing about it can be remembered. */
const anew = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('a document that was edited', () => {
  it('compiles to the same answer as one that was never seen before, after thousands of random edits', () => {
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 20 }), fc.constantFrom(...SOURCES), (edits, source) => {
        let document = startDocument();
        for (const edit of edits) {
          document = apply(document, edit);
          expect(compile(document, factsOf(document, source))).toEqual(
            compile(anew(document), factsOf(document, anew(source))),
          );
        }
      }),
      { numRuns: SEQUENCES, seed: 3 },
    );
  });

  it('keeps the results of the blocks that an edit does not touch', () => {
    const set = (document: Document, units: number) =>
      apply(document, { kind: 'set-param', id: 'dense', name: 'units', value: units });
    const document = set(largeDocument(60), 11);
    const [before, after] = [compile(document), compile(set(document, 12))];
    expect(after.blocks.dense).not.toBe(before.blocks.dense);
    const kept = Object.keys(before.blocks).filter((id) => before.blocks[id] === after.blocks[id]);
    expect(kept.length).toBeGreaterThan(50);
  });
});
