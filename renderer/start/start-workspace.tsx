/** The start page: examples, recent projects. */
import { newProject, openWithDialog } from '../state/project-files';

export function StartWorkspace() {
  return (
    <main data-area="start" style={{ padding: 24 }}>
      <button type="button" className="btn primary" onClick={() => void newProject()}>
        Empty canvas
      </button>{' '}
      <button type="button" className="btn" onClick={() => void openWithDialog()}>
        Open
      </button>
    </main>
  );
}
