/** Owns the composite blocks that come with the application, and how one is brought into a document: as a copy of its own. */
import { definitionIn } from '../compiler/composites';
import { canonical } from '../document/canonical';
import type { Composite, Composites, Document } from '../document/document';
import { apply, type Edit } from '../document/edits';

export const library: Composites = {};

const same = (a: Composite | undefined, b: Composite): boolean =>
  a !== undefined && canonical({ ...a }) === canonical({ ...b });

export interface Brought {
  /** What the block that is placed has for a type. */
  type: string;
  /** The document with the composite in it, and the edits that put it there: none where it is there already. */
  document: Document;
  edits: Edit[];
}

function freeId(document: Document, id: string): string {
  if (definitionIn(document.composites, id) === undefined) return id;
  let n = 2;
  while (definitionIn(document.composites, `${id}_${n}`) !== undefined) n += 1;
  return `${id}_${n}`;
}

/** A composite with those inside it under the ids that they have in the document. */
const renamed = (composite: Composite, names: ReadonlyMap<string, string>): Composite => ({
  ...composite,
  blocks: Object.fromEntries(
    Object.entries(composite.blocks).map(([id, block]) => [
      id,
      { ...block, type: names.get(block.type) ?? block.type },
    ]),
  ),
});

/**
 * Makes a type of the palette one of the document. Types of the catalogue and composites of the document are so already;
 * a composite of the library (or of another project: `from`) is copied with all that it holds, once, unless the copy was
 * changed since.
 */
export function bring(document: Document, type: string, from: Composites = library): Brought {
  if (!Object.hasOwn(from, type)) return { type, document, edits: [] };
  let state = document;
  const edits: Edit[] = [];
  const names = new Map<string, string>();
  const copy = (id: string): string => {
    const known = names.get(id);
    if (known !== undefined) return known;
    // What holds itself ends here; the compiler says so.
    names.set(id, id);
    for (const { type: inner } of Object.values(from[id].blocks)) if (Object.hasOwn(from, inner)) copy(inner);
    const composite = renamed(from[id], names);
    const existing = Object.keys(state.composites).find(
      (other) => (other === id || other.startsWith(`${id}_`)) && same(state.composites[other], composite),
    );
    const name = existing ?? freeId(state, id);
    names.set(id, name);
    if (existing === undefined) {
      const edit: Edit = { kind: 'set-composite', id: name, composite };
      edits.push(edit);
      state = apply(state, edit);
    }
    return name;
  };
  return { type: copy(type), document: state, edits };
}
