/** Owns what happens when a person takes a fix: one step of undo, with room for what it adds, and a look at it. */
import type { Fix } from '../../shared/compiler/diagnostic';
import { change, useProject } from '../state/project-store';
import { showAll, showCanvas } from './canvas-store';
import { withRoom } from './free-place';

/** From so many new blocks on, what was drawn is shown as a whole. */
const MANY = 4;

const newBlocks = ({ edit }: Fix): number =>
  edit.kind === 'batch' ? edit.edits.filter(({ kind }) => kind === 'add-block').length : 0;

export function applyFix(fix: Fix): void {
  const { label } = fix;
  const edits = withRoom(useProject.getState().whole, fix.edit);
  change({ kind: 'batch', label, edits }, { label, ofWhole: true });
  showCanvas({ problemsOf: null });
  // The canvas has the new blocks after it has been drawn.
  if (newBlocks(fix) >= MANY) requestAnimationFrame(() => requestAnimationFrame(showAll));
}
