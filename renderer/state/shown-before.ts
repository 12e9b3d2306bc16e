/** Remembers over a reload which project a browser's tab shows. The desktop's windows are remembered by their shell. */
import { useProject } from './project-store';

const KEY = 'axonry-project';

export const shownBefore = (): string | null => window.sessionStorage.getItem(KEY);

export function rememberShown(): void {
  const keep = (project: string | undefined) =>
    project === undefined
      ? window.sessionStorage.removeItem(KEY)
      : window.sessionStorage.setItem(KEY, project);
  keep(useProject.getState().project?.id);
  useProject.subscribe((now, before) => {
    if (now.project?.id !== before.project?.id) keep(now.project?.id);
  });
}
