/** Keeps a copy of the edited document beside the application's data, at most a second behind while edits go on. */
import { host } from './host';
import { reportProblem } from './notices';
import { isEdited, useProject } from './project-store';

const AUTOSAVE_MS = 1000;

const LOST = 'host/connection-lost';
let refused = false;

/** Resolves when the copy lies on the disk, or why not was told. */
export async function keepCopy(): Promise<void> {
  const state = useProject.getState();
  const { project, whole: document } = state;
  if (!project || !isEdited(state)) return;
  const answer = await host.autosave({ project: project.id, document });
  if (useProject.getState().project?.id !== project.id) return;
  if (answer.ok) useProject.setState({ autosavedAt: answer.value.savedAt });
  // Told once until it works again: the person goes on drawing meanwhile. Of a lost connection a banner tells.
  else if (!refused && answer.problem.code !== LOST) reportProblem(answer.problem);
  refused = !answer.ok;
}

export function followForAutosave(): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const end = useProject.subscribe((now, before) => {
    if (now.history === before.history || !now.project || !isEdited(now)) return;
    timer ??= setTimeout(() => {
      timer = undefined;
      void keepCopy();
    }, AUTOSAVE_MS);
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}
