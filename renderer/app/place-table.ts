/** Places a CSV table block for a file that was dropped on the window, or asks which file was dropped. */
import { definitionOf } from '../../shared/blocks/catalogue';
import type { Point } from '../../shared/document/document';
import { newBlock } from '../../shared/compiler/insert';
import { TABLE_BLOCK } from '../../shared/protocol/dropped-file';
import { addBlock } from '../canvas/actions';
import { canvasMiddle, canvasPoint, isOverCanvas } from '../canvas/canvas-store';
import { freePlace } from '../canvas/free-place';
import { geometryOf } from '../canvas/geometry';
import { askForPath } from '../state/dialogs';
import { newProject } from '../state/project-files';
import { openBlocks, showWorkspace, useProject } from '../state/project-store';

let droppedAt: Point | null = null;

/** Where in the window the file was let go; the next table stands there if that is on the canvas. */
export function noteDrop(point: Point): void {
  droppedAt = isOverCanvas(point) ? point : null;
}

/** A new block; on the start page, or with no project open, a new project with it. */
export async function placeTable(path: string): Promise<string | null> {
  const { project, workspace } = useProject.getState();
  if ((!project || workspace === 'start') && !(await newProject())) return null;
  showWorkspace('build');
  // Data come in where the whole network shows, never inside a composite block.
  openBlocks([]);
  const params = { path };
  const wanted = canvasPoint(droppedAt ?? canvasMiddle());
  droppedAt = null;
  const size = geometryOf(newBlock(TABLE_BLOCK, wanted, params));
  const position = freePlace(useProject.getState().document, wanted, size);
  return addBlock(TABLE_BLOCK, { position, params });
}

/** For a browser, which does not say where a dropped file lies: the person does, and nothing is placed before. */
export async function chooseAndPlace(name: string): Promise<void> {
  const file = definitionOf(TABLE_BLOCK)?.parameters.path;
  const path = await askForPath({
    title: `Where is ${name}?`,
    text: 'A browser does not tell where a file lies that is dropped on it. Show it here once more.',
    wanted: name,
    choose: 'file',
    extensions: file?.kind === 'path' ? file.extensions : undefined,
    action: 'Place it',
  });
  if (path !== null) await placeTable(path);
}
