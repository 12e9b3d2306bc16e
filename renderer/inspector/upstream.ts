/** Finds the data that reach a block, and the classes that are known in a document. */
import type { BlockResult } from '../../shared/compiler/compilation';
import type { Document } from '../../shared/document/document';
import type { DataFacts } from '../../shared/document/facts';

/** The facts on the dataset wire that ends at the block; null where none does. */
export function factsBefore(
  document: Document,
  results: Readonly<Record<string, BlockResult>>,
  id: string,
): DataFacts | null {
  for (const { from, to } of Object.values(document.wires)) {
    const facts = to.block === id ? results[from.block]?.facts : null;
    if (facts) return facts;
  }
  return null;
}

/** Class names of the first target that has some. */
export function knownClasses(document: Document): readonly string[] {
  for (const facts of Object.values(document.facts)) {
    const target = facts.columns.find((column) => column.role === 'target' && column.classes);
    if (target?.classes) return target.classes;
  }
  return [];
}
