/** Leads from a remark about a block to the block, also where it lies inside a composite one. */
import { drawnPath } from '../../shared/compiler/outward';
import { goTo } from '../canvas/composite-actions';
import { showWorkspace } from '../state/project-store';

export function selectBlock(id: string): void {
  goTo(drawnPath(id));
  showWorkspace('build');
}
