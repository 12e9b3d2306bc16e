/** Owns copies of blocks and notes: what the clipboard carries, pasting, duplicating. Wires among them are kept. */
import { z } from 'zod';
import type { Edit } from '../../shared/document/edits';
import { apply } from '../../shared/document/edits';
import { bring } from '../../shared/architectures/library';
import {
  block,
  composite,
  identifier,
  note,
  wire,
  type Composites,
  type Document,
  type Point,
} from '../../shared/document/document';
import { nextId, nextWireId } from '../../shared/document/ids';
import { change, useProject } from '../state/project-store';
import { plural } from '../ui/numbers';

const piece = z.object({
  axonry: z.literal('blocks'),
  blocks: z.record(identifier, block),
  wires: z.record(identifier, wire),
  notes: z.record(identifier, note),
  /** What the blocks are made of, where they are composite ones. */
  composites: z.record(identifier, composite).optional(),
});
export type Piece = z.infer<typeof piece>;

const picked = <V>(record: Record<string, V>, ids: readonly string[]): Record<string, V> =>
  Object.fromEntries(ids.filter((id) => id in record).map((id) => [id, record[id]]));

/** The composites that some blocks are made of, with those inside them. */
function madeOf({ blocks, composites }: Document, ids: readonly string[]): Composites {
  const found = new Set(ids.flatMap((id) => (id in blocks ? [blocks[id].type] : [])));
  for (const type of found)
    if (Object.hasOwn(composites, type))
      for (const inner of Object.values(composites[type].blocks)) found.add(inner.type);
  return picked(
    composites,
    [...found].filter((type) => Object.hasOwn(composites, type)),
  );
}

export function pieceOf(
  document: Document,
  ids: { blocks: readonly string[]; notes: readonly string[] },
): Piece {
  const inside = new Set(ids.blocks);
  return {
    axonry: 'blocks',
    blocks: picked(document.blocks, ids.blocks),
    wires: Object.fromEntries(
      Object.entries(document.wires).filter(
        ([, { from, to }]) => inside.has(from.block) && inside.has(to.block),
      ),
    ),
    notes: picked(document.notes, ids.notes),
    composites: madeOf(document, ids.blocks),
  };
}

/** What the clipboard holds, or null where it is something else. */
export function readPiece(text: string): Piece | null {
  try {
    const parsed = piece.safeParse(JSON.parse(text));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

export interface Pasted {
  edits: Edit[];
  blocks: string[];
  notes: string[];
}

/** The edits that add a piece, moved by `by`, under new ids. */
export function pasting(
  document: Document,
  { blocks, wires, notes, composites = {} }: Piece,
  by: Point,
): Pasted {
  const moved = (position: Point): Point => ({ x: position.x + by.x, y: position.y + by.y });
  const names = new Map<string, string>();
  const edits: Edit[] = [];
  let state = document;
  const add = (edit: Edit) => {
    edits.push(edit);
    state = apply(state, edit);
  };
  for (const [id, original] of Object.entries(blocks)) {
    const brought = bring(state, original.type, composites);
    for (const edit of brought.edits) add(edit);
    const copy = nextId(state, brought.type);
    names.set(id, copy);
    add({
      kind: 'add-block',
      id: copy,
      block: { ...original, type: brought.type, position: moved(original.position) },
    });
  }
  for (const { from, to } of Object.values(wires)) {
    const [source, target] = [names.get(from.block), names.get(to.block)];
    if (source && target)
      add({
        kind: 'add-wire',
        id: nextWireId(state),
        wire: { from: { ...from, block: source }, to: { ...to, block: target } },
      });
  }
  const copiedNotes: string[] = [];
  for (const original of Object.values(notes)) {
    let n = 1;
    while (`note_${n}` in state.notes) n++;
    copiedNotes.push(`note_${n}`);
    add({ kind: 'set-note', id: `note_${n}`, note: { ...original, position: moved(original.position) } });
  }
  return { edits, blocks: [...names.values()], notes: copiedNotes };
}

function paste(from: Piece, by: Point, verb: string): void {
  const { edits, blocks, notes } = pasting(useProject.getState().document, from, by);
  if (edits.length === 0) return;
  const label = `${verb} ${blocks.length > 0 ? plural(blocks.length, 'block') : plural(notes.length, 'note')}`;
  change({ kind: 'batch', label, edits }, { label, select: { blocks, notes } });
}

const OFFSET: Point = { x: 32, y: 32 };

export function duplicate(ids: { blocks: readonly string[]; notes: readonly string[] }, by = OFFSET): void {
  paste(pieceOf(useProject.getState().document, ids), by, 'Duplicate');
}

export const selectionText = (): string => {
  const { document, selection } = useProject.getState();
  return JSON.stringify(pieceOf(document, selection));
};

let pastes = 0;
let lastText = '';
/** Pastes what the clipboard holds; every further paste of the same stands a little lower. */
export function pasteText(text: string): boolean {
  const found = readPiece(text);
  if (!found) return false;
  pastes = text === lastText ? pastes + 1 : 1;
  lastText = text;
  paste(found, { x: OFFSET.x * pastes, y: OFFSET.y * pastes }, 'Paste');
  return true;
}
