/**
 * Owns changes of a document. An edit is plain data that can be saved, sent, applied and inverted: undo, redo, autosave
 * and the one-click fixes of diagnostics are the same mechanism.
 */
import type { Block, BlockId, Composite, Document, Frame, Json, Note, Point, Wire, WireId } from './document';

export type Edit =
  | { kind: 'add-block'; id: BlockId; block: Block }
  /** The wires of the block must be removed before it, in the same batch: see `removeBlocks`. */
  | { kind: 'remove-block'; id: BlockId }
  /** `value` undefined returns to the default. */
  | { kind: 'set-param'; id: BlockId; name: string; value?: Json }
  | { kind: 'set-title'; id: BlockId; title: string }
  | { kind: 'set-mode'; id: BlockId; mode?: 'bypassed' | 'muted' }
  | { kind: 'move'; positions: Record<BlockId, Point> }
  | { kind: 'add-wire'; id: WireId; wire: Wire }
  | { kind: 'remove-wire'; id: WireId }
  /** `note` undefined removes it. */
  | { kind: 'set-note'; id: string; note?: Note }
  | { kind: 'set-frame'; id: string; frame?: Frame }
  /** `composite` undefined removes it. */
  | { kind: 'set-composite'; id: string; composite?: Composite }
  /** Changes the blocks and wires inside a composite. */
  | { kind: 'in-composite'; id: string; edit: Edit }
  | { kind: 'batch'; label: string; edits: Edit[] };

function without<V>(record: Record<string, V>, key: string): Record<string, V> {
  const copy = { ...record };
  delete copy[key];
  return copy;
}

/** Ids and names come from files: `constructor` must not find what every object inherits. */
const entryOf = <V>(record: Record<string, V>, key: string): V | undefined =>
  Object.hasOwn(record, key) ? record[key] : undefined;

const withEntry = <V>(record: Record<string, V>, key: string, value: V | undefined): Record<string, V> =>
  value === undefined ? without(record, key) : { ...record, [key]: value };

function changeBlock(document: Document, id: BlockId, change: (block: Block) => Block): Document {
  const block = entryOf(document.blocks, id);
  return block ? { ...document, blocks: { ...document.blocks, [id]: change(block) } } : document;
}

/** The document as it looks from inside a composite: its blocks and wires in place of the outer ones. */
export function insideOf(document: Document, id: string): Document | null {
  const composite = entryOf(document.composites, id);
  return composite ? { ...document, blocks: composite.blocks, wires: composite.wires, notes: {} } : null;
}

function applyInside(document: Document, id: string, edit: Edit): Document {
  const inside = insideOf(document, id);
  if (!inside) return document;
  const { blocks, wires, composites } = apply(inside, edit);
  const composite = entryOf(composites, id);
  return composite
    ? { ...document, composites: { ...composites, [id]: { ...composite, blocks, wires } } }
    : { ...document, composites };
}

/** The document after the edit. What the edit names but the document lacks is left alone. The argument is not changed. */
export function apply(document: Document, edit: Edit): Document {
  switch (edit.kind) {
    case 'add-block':
      return { ...document, blocks: { ...document.blocks, [edit.id]: edit.block } };
    case 'remove-block':
      return {
        ...document,
        blocks: without(document.blocks, edit.id),
        facts: without(document.facts, edit.id),
      };
    case 'set-param':
      return changeBlock(document, edit.id, (block) => ({
        ...block,
        params: withEntry(block.params, edit.name, edit.value),
      }));
    case 'set-title':
      return changeBlock(document, edit.id, (block) => ({ ...block, title: edit.title }));
    case 'set-mode':
      return changeBlock(document, edit.id, ({ mode: _, ...block }) =>
        edit.mode ? { ...block, mode: edit.mode } : block,
      );
    case 'move':
      return Object.entries(edit.positions).reduce(
        (moved, [id, position]) => changeBlock(moved, id, (block) => ({ ...block, position })),
        document,
      );
    case 'add-wire':
      return { ...document, wires: { ...document.wires, [edit.id]: edit.wire } };
    case 'remove-wire':
      return { ...document, wires: without(document.wires, edit.id) };
    case 'set-note':
      return { ...document, notes: withEntry(document.notes, edit.id, edit.note) };
    case 'set-frame':
      return { ...document, frames: withEntry(document.frames, edit.id, edit.frame) };
    case 'set-composite':
      return { ...document, composites: withEntry(document.composites, edit.id, edit.composite) };
    case 'in-composite':
      return applyInside(document, edit.id, edit.edit);
    case 'batch':
      return edit.edits.reduce(apply, document);
  }
}

/** The edit that takes `apply(document, edit)` back to `document`. Facts of removed blocks are read again, not kept. */
export function invert(document: Document, edit: Edit): Edit {
  switch (edit.kind) {
    case 'add-block': {
      const before = entryOf(document.blocks, edit.id);
      return before
        ? { kind: 'add-block', id: edit.id, block: before }
        : { kind: 'remove-block', id: edit.id };
    }
    case 'remove-block': {
      const block = entryOf(document.blocks, edit.id);
      return block ? { kind: 'add-block', id: edit.id, block } : { kind: 'batch', label: '', edits: [] };
    }
    case 'set-param':
      return { ...edit, value: entryOf(entryOf(document.blocks, edit.id)?.params ?? {}, edit.name) };
    case 'set-title':
      return { ...edit, title: entryOf(document.blocks, edit.id)?.title ?? '' };
    case 'set-mode':
      return { ...edit, mode: entryOf(document.blocks, edit.id)?.mode };
    case 'move':
      return {
        kind: 'move',
        positions: Object.fromEntries(
          Object.keys(edit.positions)
            .filter((id) => Object.hasOwn(document.blocks, id))
            .map((id) => [id, document.blocks[id].position]),
        ),
      };
    case 'add-wire': {
      const before = entryOf(document.wires, edit.id);
      return before ? { kind: 'add-wire', id: edit.id, wire: before } : { kind: 'remove-wire', id: edit.id };
    }
    case 'remove-wire': {
      const wire = entryOf(document.wires, edit.id);
      return wire ? { kind: 'add-wire', id: edit.id, wire } : { kind: 'batch', label: '', edits: [] };
    }
    case 'set-note':
      return { ...edit, note: entryOf(document.notes, edit.id) };
    case 'set-frame':
      return { ...edit, frame: entryOf(document.frames, edit.id) };
    case 'set-composite':
      return { ...edit, composite: entryOf(document.composites, edit.id) };
    case 'in-composite': {
      const inside = insideOf(document, edit.id);
      return inside ? { ...edit, edit: invert(inside, edit.edit) } : { kind: 'batch', label: '', edits: [] };
    }
    case 'batch': {
      const inverses: Edit[] = [];
      let state = document;
      for (const step of edit.edits) {
        inverses.unshift(invert(state, step));
        state = apply(state, step);
      }
      return { kind: 'batch', label: edit.label, edits: inverses };
    }
  }
}

/** Removes blocks together with every wire that touches them. */
export function removeBlocks(document: Document, ids: readonly BlockId[], label = 'Delete'): Edit {
  const gone = new Set(ids);
  const wires = Object.entries(document.wires).filter(
    ([, wire]) => gone.has(wire.from.block) || gone.has(wire.to.block),
  );
  return {
    kind: 'batch',
    label,
    edits: [
      ...wires.map(([id]): Edit => ({ kind: 'remove-wire', id })),
      ...ids.map((id): Edit => ({ kind: 'remove-block', id })),
    ],
  };
}
