/** What is remembered from one compilation to the next never changes an answer. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../shared/compiler/compile';
import type { Document } from '../../shared/document/document';
import { apply } from '../../shared/document/edits';
import { largeDocument } from '../bench/compile';
import { full } from '../environment';
import { anyEdit, factsOf, SOURCES, STARTS } from './random-edits';

/** Of each document, with about twelve edits each. */
const SEQUENCES = full ? 500 : 30;
const LENGTH = { minLength: 5, maxLength: 20, size: 'max' } as const;
const LONGEST = 600_000;

/** The same document made of other objects, so that nothing about it can be remembered. */
const anew = <T>(value: T): T => JSON.parse(JSON.stringify(value)) as T;

describe('a document that was edited', () => {
  it.each(STARTS.map((start) => [start.name, start] as const))(
    'compiles to the same answer as one that was never seen before, after thousands of random edits: %s',
    (_, start) => {
      let edits = 0;
      fc.assert(
        fc.property(fc.array(anyEdit, LENGTH), fc.constantFrom(...SOURCES), (sequence, source) => {
          let document = start();
          for (const edit of sequence) {
            document = apply(document, edit);
            edits += 1;
            expect(compile(document, factsOf(document, source))).toEqual(
              compile(anew(document), factsOf(document, anew(source))),
            );
          }
        }),
        { numRuns: SEQUENCES, seed: 3 },
      );
      console.info(`${edits} random edits of ${start.name}`);
    },
    LONGEST,
  );

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
