/** Leads from a remark about a block to the block. */
import { nothing, showWorkspace, useProject } from '../state/project-store';

export function selectBlock(id: string): void {
  if (!(id in useProject.getState().document.blocks)) return;
  useProject.setState({ selection: { ...nothing, blocks: [id] } });
  showWorkspace('build');
}
