/** Owns what a person can do to blocks, wires and notes: each action is one edit, and one step of undo. */
import type { Edit } from '../../shared/document/edits';
import { apply, removeBlocks } from '../../shared/document/edits';
import type { AnyBlockDefinition } from '../../shared/blocks/block';
import type { Block, Document, Endpoint, Note, Point } from '../../shared/document/document';
import { bring } from '../../shared/architectures/bring';
import { definitionIn } from '../../shared/compiler/composites';
import { removeReconnecting } from '../../shared/compiler/insert';
import { replaceBlock } from '../../shared/compiler/replace';
import { nextId } from '../../shared/document/ids';
import { definitionOfBlock } from '../state/blocks';
import { change, nothing, select, useProject } from '../state/project-store';
import { plural } from '../ui/numbers';
import { titleOf } from './block-text';
import { bringIntoSight } from './canvas-store';
import { forgetting } from './composite-actions';
import { at, freePlace, GAP, roomFor } from './free-place';
import { FIRST_PORT, geometryOf } from './geometry';
import { connectedEdit, insertedEdit, portsThatFit, type WireEnd } from './wiring';

const documentNow = (): Document => useProject.getState().document;
const batch = (label: string, edits: Edit[]): Edit => ({ kind: 'batch', label, edits });

export const nameOf = (id: string): string => {
  const block = documentNow().blocks[id];
  return block ? titleOf(block, definitionOfBlock(block)) : id;
};

const newBlock = (definition: AnyBlockDefinition, position: Point, params: Block['params'] = {}): Block => ({
  type: definition.type,
  version: definition.version,
  title: '',
  params,
  position: at(position),
});

/** Puts another type in the place of a block; its wires stay. */
export function replaceWith(id: string, type: string): void {
  change(replaceBlock(documentNow(), id, type), { label: `Replace with ${type}` });
}

/** The edits that put a block into a wire and move its followers aside. */
function inserting(document: Document, wire: string, id: string): Edit[] {
  const inserted = insertedEdit(document, wire, id);
  if (!inserted) return [];
  return [inserted, ...roomFor(document, id, document.wires[wire].to.block)];
}

export interface Placement {
  position: Point;
  params?: Block['params'];
  /** A wire that was dropped in the void: the new block is connected to it. */
  from?: WireEnd;
  /** The wire that the block is dropped on. */
  wire?: string;
}

export function addBlock(wanted: string, { position, params, from, wire }: Placement): string | null {
  const { document, edits: bringing, type } = bring(documentNow(), wanted);
  const definition = definitionIn(document.composites, type);
  if (!definition) return null;
  const id = nextId(document, type);
  const block = newBlock(definition, position, params);
  const adding = { kind: 'add-block', id, block } as const;
  const added = apply(document, adding);
  const edits: Edit[] = [...bringing, adding];
  if (wire) edits.push(...inserting(added, wire, id));
  if (from) {
    const port = portsThatFit(added, from, id)[0];
    if (port) edits.push(connectedEdit(added, from, { block: id, port }));
  }
  change(batch(`Add ${definition.title}`, edits), {
    label: `Add ${definition.title}`,
    select: { blocks: [id] },
  });
  bringIntoSight(id);
  return id;
}

/** The place for a block after another one, its first port level with the other's. */
const placeAfter = (block: Block): Point => ({
  x: block.position.x + geometryOf(block).width + GAP,
  y: block.position.y,
});

/** The first output of `after` that fits the new block, and the wire there that it can be put into. */
function howAfter(added: Document, after: string, id: string): { end: Endpoint; wire?: string } | null {
  const outputs = geometryOf(added.blocks[after]).ports.filter((port) => port.side === 'output');
  for (const { name } of outputs) {
    const end = { block: after, port: name };
    if (portsThatFit(added, { end, side: 'output' }, id).length === 0) continue;
    const wires = Object.entries(added.wires).filter(
      ([, { from }]) => from.block === after && from.port === name,
    );
    const wire = wires.find(([wireId]) => insertedEdit(added, wireId, id) !== null)?.[0];
    return { end, wire };
  }
  return null;
}

/** Adds a block after the selected one and wires it; without a selection at `fallback`. */
export function addAfterSelection(wanted: string, fallback: Point): string | null {
  const { selection } = useProject.getState();
  const { document, edits: bringing, type } = bring(documentNow(), wanted);
  const definition = definitionIn(document.composites, type);
  const after = selection.blocks.at(-1);
  if (!definition) return null;
  if (after === undefined || !(after in document.blocks))
    return addBlock(wanted, {
      position: freePlace(document, fallback, geometryOf(newBlock(definition, fallback))),
    });
  const id = nextId(document, type);
  const next = placeAfter(document.blocks[after]);
  const first = newBlock(definition, next);
  const probe = apply(document, { kind: 'add-block', id, block: first });
  const how = howAfter(probe, after, id);
  // Inserted into a wire it pushes its followers aside; elsewhere it takes the next free place.
  const block = how?.wire ? first : { ...first, position: freePlace(document, next, geometryOf(first)) };
  const adding = { kind: 'add-block', id, block } as const;
  const added = apply(document, adding);
  const edits: Edit[] = [...bringing, adding];
  if (how?.wire) edits.push(...inserting(added, how.wire, id));
  else if (how) {
    const from = { end: how.end, side: 'output' } as const;
    edits.push(connectedEdit(added, from, { block: id, port: portsThatFit(added, from, id)[0] }));
  }
  change(batch(`Add ${definition.title}`, edits), {
    label: `Add ${definition.title}`,
    select: { blocks: [id] },
  });
  bringIntoSight(id);
  return id;
}

export function deleteBlocks(ids: readonly string[]): void {
  const label = ids.length === 1 ? `Delete ${nameOf(ids[0])}` : `Delete ${ids.length} blocks`;
  change(batch(label, [removeBlocks(documentNow(), ids, label), ...forgetting(ids)]), { label });
}

export function deleteSelection(): void {
  const { selection } = useProject.getState();
  const document = documentNow();
  const blocks = removeBlocks(document, selection.blocks);
  const afterBlocks = apply(document, blocks);
  const wires = selection.wires
    .filter((id) => id in afterBlocks.wires)
    .map((id): Edit => ({ kind: 'remove-wire', id }));
  const notes = selection.notes.map((id): Edit => ({ kind: 'set-note', id }));
  const edits = [
    ...(blocks.kind === 'batch' ? blocks.edits : []),
    ...wires,
    ...notes,
    ...forgetting(selection.blocks),
  ];
  const what =
    selection.blocks.length === 1 && edits.length > 0
      ? nameOf(selection.blocks[0])
      : selection.blocks.length > 1
        ? `${selection.blocks.length} blocks`
        : selection.wires.length > 0
          ? plural(selection.wires.length, 'wire')
          : plural(selection.notes.length, 'note');
  change(batch('Delete', edits), { label: `Delete ${what}`, select: nothing });
}

/** Deletes the selected blocks and joins what they stood between. */
export function deleteAndReconnect(): void {
  const { selection, document } = useProject.getState();
  if (selection.blocks.length === 0) return;
  const what =
    selection.blocks.length === 1 ? nameOf(selection.blocks[0]) : `${selection.blocks.length} blocks`;
  change(batch('Delete', [removeReconnecting(document, selection.blocks), ...forgetting(selection.blocks)]), {
    label: `Delete ${what}`,
    select: nothing,
  });
}

export function deleteWire(id: string): void {
  change({ kind: 'remove-wire', id }, { label: 'Delete wire' });
}

/** A mode is switched on for all, unless all have it. */
export function toggleMode(ids: readonly string[], mode: 'bypassed' | 'muted'): void {
  const { blocks } = documentNow();
  const present = ids.filter((id) => id in blocks);
  const on = present.some((id) => blocks[id].mode !== mode);
  const verb = mode === 'muted' ? (on ? 'Mute' : 'Unmute') : on ? 'Bypass' : 'Stop bypassing';
  const label = `${verb} ${present.length === 1 ? nameOf(present[0]) : `${present.length} blocks`}`;
  change(
    batch(
      label,
      present.map((id) => ({ kind: 'set-mode', id, mode: on ? mode : undefined })),
    ),
    { label },
  );
}

/** Moves blocks and notes to absolute positions, as one step. */
export function moveTo(positions: Readonly<Record<string, Point>>, label: string, key?: string): void {
  const { blocks, notes } = documentNow();
  const ofBlocks = Object.fromEntries(Object.entries(positions).filter(([id]) => id in blocks));
  const ofNotes = Object.entries(positions).filter(([id]) => id in notes);
  const edits: Edit[] = [];
  if (Object.keys(ofBlocks).length > 0) edits.push({ kind: 'move', positions: ofBlocks });
  for (const [id, position] of ofNotes)
    edits.push({ kind: 'set-note', id, note: { ...notes[id], position } });
  change(batch(label, edits), { label, key });
}

export function nudge(dx: number, dy: number): void {
  const { selection, document } = useProject.getState();
  const positions: Record<string, Point> = {};
  for (const id of selection.blocks) {
    const { x, y } = document.blocks[id].position;
    positions[id] = { x: x + dx, y: y + dy };
  }
  for (const id of selection.notes) {
    const { x, y } = document.notes[id].position;
    positions[id] = { x: x + dx, y: y + dy };
  }
  const count = Object.keys(positions).length;
  if (count === 0) return;
  const what = count === 1 && selection.blocks.length === 1 ? nameOf(selection.blocks[0]) : `${count} things`;
  moveTo(positions, `Move ${what}`, `nudge ${Object.keys(positions).join(' ')}`);
}

export function selectAll(): void {
  const { blocks, notes } = documentNow();
  select({ blocks: Object.keys(blocks), notes: Object.keys(notes) });
}

export function addNote(position: Point): void {
  const { notes } = documentNow();
  let n = 1;
  while (`note_${n}` in notes) n++;
  const id = `note_${n}`;
  const note: Note = { text: '', position: at(position), width: 216, height: 64 };
  change({ kind: 'set-note', id, note }, { label: 'Add note', select: { notes: [id] } });
}

export function connectPorts(from: Endpoint, to: Endpoint): void {
  change(connectedEdit(documentNow(), { end: from, side: 'output' }, to), {
    label: `Connect ${nameOf(from.block)} to ${nameOf(to.block)}`,
  });
}

/** Takes a wire away and connects its free end elsewhere, as one step. */
export function reconnect(wire: string, from: Endpoint, to: Endpoint): void {
  const removing: Edit = { kind: 'remove-wire', id: wire };
  const connecting = connectedEdit(apply(documentNow(), removing), { end: from, side: 'output' }, to);
  change(batch('Reconnect', [removing, connecting]), {
    label: `Connect ${nameOf(from.block)} to ${nameOf(to.block)}`,
  });
}

/** Puts an existing block into a wire, as when it is dropped there. */
export function insertIntoWire(id: string, wire: string, position: Point): void {
  const moving: Edit = { kind: 'move', positions: { [id]: at(position) } };
  const moved = apply(documentNow(), moving);
  const edits = inserting(moved, wire, id);
  change(batch('Insert', [moving, ...edits]), {
    label: `${edits.length > 0 ? 'Insert' : 'Move'} ${nameOf(id)}`,
  });
}

/** Where a block's port row lies under the pointer when it is placed there. */
export const positionUnder = (pointer: Point, width: number): Point => ({
  x: pointer.x - width / 2,
  y: pointer.y - FIRST_PORT,
});
