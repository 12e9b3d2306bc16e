/**
 * Owns undo and redo: a list of edits with their inverses. Quick successive edits of one thing are one entry, so that
 * undo takes back what a person thinks of as one change.
 */
import { apply, invert, type Edit } from '../../shared/document/edits';
import type { Document } from '../../shared/document/document';

export interface Entry {
  /** What was done, as the undo button says it: `Set units of Dense`. */
  label: string;
  /** Edits with the same key within COALESCE_MS are one entry; null never joins. */
  key: string | null;
  edit: Edit;
  inverse: Edit;
  time: number;
}

export interface History {
  past: readonly Entry[];
  /** The next one to redo is the last. */
  future: readonly Entry[];
}

export const COALESCE_MS = 500;
export const HISTORY_LIMIT = 200;
export const emptyHistory: History = { past: [], future: [] };

const batch = (label: string, edits: Edit[]): Edit => ({ kind: 'batch', label, edits });

function joined(last: Entry, next: Entry): Entry {
  return {
    ...next,
    edit: batch(next.label, [last.edit, next.edit]),
    inverse: batch(next.label, [next.inverse, last.inverse]),
  };
}

/** Applies `edit` and remembers it. What could be redone before is forgotten. */
export function record(
  state: { document: Document; history: History },
  edit: Edit,
  { label, key = null, time }: { label: string; key?: string | null; time: number },
): { document: Document; history: History } {
  const entry: Entry = { label, key, edit, inverse: invert(state.document, edit), time };
  const { past } = state.history;
  const last = past.at(-1);
  const joins = last !== undefined && key !== null && last.key === key && time - last.time <= COALESCE_MS;
  const kept = joins ? [...past.slice(0, -1), joined(last, entry)] : [...past, entry];
  return { document: apply(state.document, edit), history: { past: kept.slice(-HISTORY_LIMIT), future: [] } };
}

/** null where there is nothing to take back. */
export function undone(state: {
  document: Document;
  history: History;
}): { document: Document; history: History; entry: Entry } | null {
  const entry = state.history.past.at(-1);
  if (!entry) return null;
  return {
    document: apply(state.document, entry.inverse),
    history: { past: state.history.past.slice(0, -1), future: [...state.history.future, entry] },
    entry,
  };
}

/** null where nothing was taken back. */
export function redone(state: {
  document: Document;
  history: History;
}): { document: Document; history: History; entry: Entry } | null {
  const entry = state.history.future.at(-1);
  if (!entry) return null;
  return {
    document: apply(state.document, entry.edit),
    // A redone entry never joins the next edit.
    history: {
      past: [...state.history.past, { ...entry, key: null }],
      future: state.history.future.slice(0, -1),
    },
    entry,
  };
}
