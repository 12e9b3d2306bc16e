/** Places a CSV table block for a file that was dropped on the window, or for one that is still to be chosen. */
import { definitionOf } from '../../shared/blocks/catalogue';
import type { Json, Point } from '../../shared/document/document';
import { newBlock } from '../../shared/compiler/insert';
import { TABLE_BLOCK } from '../../shared/protocol/dropped-file';
import { addBlock } from '../canvas/actions';
import { canvasMiddle, canvasPoint, isOverCanvas } from '../canvas/canvas-store';
import { freePlace } from '../canvas/free-place';
import { geometryOf } from '../canvas/geometry';
import { choosePath } from '../inspector/path-field';
import { newProject } from '../state/project-files';
import { openBlocks, showWorkspace, useProject } from '../state/project-store';

let droppedAt: Point | null = null;

/** Where in the window the file was let go; the next table stands there if that is on the canvas. */
export function noteDrop(point: Point): void {
  droppedAt = isOverCanvas(point) ? point : null;
}

/** A new block, or with no project open a new project with it. `path`: empty where it is still to be chosen. */
export async function placeTable(path: string): Promise<string | null> {
  if (!useProject.getState().project && !(await newProject())) return null;
  showWorkspace('build');
  // Data come in where the whole network shows, never inside a composite block.
  openBlocks([]);
  const params: Record<string, Json> = path === '' ? {} : { path };
  const wanted = canvasPoint(droppedAt ?? canvasMiddle());
  droppedAt = null;
  const size = geometryOf(newBlock(TABLE_BLOCK, wanted, params));
  const position = freePlace(useProject.getState().document, wanted, size);
  return addBlock(TABLE_BLOCK, { position, params });
}

/** For a browser, which does not say where a dropped file lies. */
export async function placeAndChoose(): Promise<void> {
  const id = await placeTable('');
  const file = definitionOf(TABLE_BLOCK)?.parameters.path;
  if (id !== null && file?.kind === 'path') await choosePath(id, 'path', file);
}
