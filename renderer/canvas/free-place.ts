/** Owns where a new block has room: a free place for it, or followers of its row moved aside. */
import type { Document, Point } from '../../shared/document/document';
import type { Edit } from '../../shared/document/edits';
import { apply } from '../../shared/document/edits';
import { boxesOf, geometryOf, GRID } from './geometry';
import type { Box } from './lane';

/** Between two blocks of a row: room for a shape label. */
export const GAP = 64;

const snapped = (value: number): number => Math.round(value / GRID) * GRID;
export const at = ({ x, y }: Point): Point => ({ x: snapped(x), y: snapped(y) });

const overlaps = (a: Box, b: Box): boolean =>
  a.x < b.x + b.width + GRID &&
  a.x + a.width + GRID > b.x &&
  a.y < b.y + b.height + GRID &&
  a.y + a.height + GRID > b.y;

/** A free place at or below `wanted`. */
export function freePlace(document: Document, wanted: Point, size: { width: number; height: number }): Point {
  const others = boxesOf(document.blocks);
  let place = at(wanted);
  while (others.some((other) => overlaps({ ...size, ...place }, other)))
    place = { x: place.x, y: place.y + 2 * GRID };
  return place;
}

/** Blocks that the wires lead to from `id`, itself included. */
function downstream(document: Document, id: string): Set<string> {
  const reached = new Set([id]);
  const queue = [id];
  for (let here = queue.pop(); here !== undefined; here = queue.pop()) {
    for (const { from, to } of Object.values(document.wires))
      if (from.block === here && !reached.has(to.block)) {
        reached.add(to.block);
        queue.push(to.block);
      }
  }
  return reached;
}

const ROW = 40;

/** Moves what follows in the same row to the right, so that `inserted` has room before `next`. */
export function roomFor(document: Document, inserted: string, next: string): Edit[] {
  const block = document.blocks[inserted];
  const follower = document.blocks[next];
  const missing = block.position.x + geometryOf(block).width + GAP - follower.position.x;
  const level = Math.abs(block.position.y - follower.position.y) < ROW;
  if (missing <= 0 || !level) return [];
  const moved = [...downstream(document, next)].filter((id) => {
    const { position } = document.blocks[id];
    return (
      id !== inserted && position.x >= follower.position.x && Math.abs(position.y - follower.position.y) < ROW
    );
  });
  const positions = Object.fromEntries(
    moved.map((id) => [
      id,
      at({ x: document.blocks[id].position.x + missing, y: document.blocks[id].position.y }),
    ]),
  );
  return [{ kind: 'move', positions }];
}

/** Blocks that the edit adds to the document as it is shown, without those within composite blocks. */
function addedBy(edit: Edit): string[] {
  if (edit.kind === 'add-block') return [edit.id];
  return edit.kind === 'batch' ? edit.edits.flatMap(addedBy) : [];
}

/** The edit, and moves by which none of its new blocks lies on another. Where sizes are not known, an edit can only guess. */
export function withRoom(document: Document, edit: Edit): Edit[] {
  const added = addedBy(edit).filter((id) => !Object.hasOwn(document.blocks, id));
  const edits = [edit];
  let after = apply(document, edit);
  for (const id of added) {
    const { [id]: block, ...others } = after.blocks;
    const size = geometryOf(block);
    const box = { ...block.position, width: size.width, height: size.height };
    const inTheWay = Object.entries(others).find(([, other]) =>
      overlaps(box, { ...other.position, ...geometryOf(other) }),
    );
    if (!inTheWay) continue;
    const [next] = inTheWay;
    const follows = Object.values(after.wires).some(({ from, to }) => from.block === id && to.block === next);
    const aside = follows ? roomFor(after, id, next) : [];
    const moves: Edit[] =
      aside.length > 0
        ? aside
        : [
            {
              kind: 'move',
              positions: { [id]: freePlace({ ...after, blocks: others }, block.position, box) },
            },
          ];
    edits.push(...moves);
    for (const move of moves) after = apply(after, move);
  }
  return edits;
}
