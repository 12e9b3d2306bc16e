/** Owns the connection to the desktop shell: null in a browser. */
import type { ChosenPath, DesktopApi, DesktopParams } from '../../shared/protocol/desktop';
import { reportProblem } from './notices';

declare global {
  interface Window {
    /** Put there by the desktop shell's preload script. */
    axonryDesktop?: DesktopApi;
  }
}

export const desktop: DesktopApi | null = (typeof window !== 'undefined' && window.axonryDesktop) || null;

/** The path that the person chose in the system's dialog, or null. */
export async function choosePathOnDesktop(
  api: DesktopApi,
  { title, choose, extensions, name, folder, action }: ChoosePath,
): Promise<ChosenPath | null> {
  const answer = await api.choosePath({
    title,
    choose,
    extensions: extensions && [...extensions],
    name,
    folder,
    action,
  });
  if (!answer.ok) reportProblem(answer.problem);
  return answer.ok ? answer.value : null;
}

type ChoosePath = Omit<DesktopParams<'choosePath'>, 'extensions'> & { extensions?: readonly string[] };
