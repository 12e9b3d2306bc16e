/** Keeps a copy of the edited document beside the application's data, two seconds after the last edit. */
import { host } from './host';
import { reportProblem } from './notices';
import { isEdited, useProject } from './project-store';

const AUTOSAVE_MS = 2000;

const LOST = 'host/connection-lost';
let refused = false;

async function keepCopy(): Promise<void> {
  const { project, whole: document } = useProject.getState();
  if (!project) return;
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
    if (now.history === before.history) return;
    clearTimeout(timer);
    if (now.project && isEdited(now)) timer = setTimeout(() => void keepCopy(), AUTOSAVE_MS);
  });
  return () => {
    clearTimeout(timer);
    end();
  };
}
