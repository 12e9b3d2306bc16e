/** Dragging a block from the palette: a ghost follows the pointer, and the block is placed where it is dropped. */
import { bring } from '../../shared/architectures/bring';
import { insertOnWire, newBlock } from '../../shared/compiler/insert';
import { addBlock, positionUnder } from '../canvas/actions';
import { canvasPoint, isOverCanvas, showCanvas, useCanvas } from '../canvas/canvas-store';
import { geometryOf } from '../canvas/geometry';
import { wireUnder } from '../canvas/wire-under';
import { definitionOfBlock } from '../state/blocks';
import { useProject } from '../state/project-store';

const THRESHOLD = 4;

/** The wire under the pointer, if a block of this type can stand in it. */
function wireFor(type: string, x: number, y: number): string | null {
  const wire = wireUnder(x, y, '');
  if (!wire) return null;
  const here = bring(useProject.getState().document, type);
  return insertOnWire(here.document, wire, here.type) ? wire : null;
}

function drop(type: string, x: number, y: number): void {
  const definition = definitionOfBlock({ type });
  if (!definition || !isOverCanvas({ x, y })) return;
  const { width } = geometryOf(newBlock(type, { x: 0, y: 0 }));
  const wire = useCanvas.getState().insertInto ?? undefined;
  addBlock(type, { position: positionUnder(canvasPoint({ x, y }), width), wire });
}

/** Begins to watch the pointer; `onClick` is called where it did not move. */
export function startPlacing(type: string, event: React.PointerEvent, onClick: () => void): void {
  if (event.button !== 0) return;
  const start = { x: event.clientX, y: event.clientY };
  let moved = false;
  const end = new AbortController();
  const finish = () => {
    end.abort();
    showCanvas({ placing: null, insertInto: null });
  };
  const onMove = ({ clientX: x, clientY: y }: PointerEvent) => {
    moved ||= Math.hypot(x - start.x, y - start.y) > THRESHOLD;
    if (moved) showCanvas({ placing: { type, at: { x, y } }, insertInto: wireFor(type, x, y) });
  };
  const onUp = ({ clientX, clientY }: PointerEvent) => {
    if (moved) drop(type, clientX, clientY);
    else onClick();
    finish();
  };
  const onKey = ({ key }: KeyboardEvent) => {
    if (key === 'Escape') finish();
  };
  const { signal } = end;
  window.addEventListener('pointermove', onMove, { signal });
  window.addEventListener('pointerup', onUp, { signal });
  window.addEventListener('pointercancel', finish, { signal });
  window.addEventListener('keydown', onKey, { signal });
}
