/** The desktop's own requests of a window: checked as HostApi's are, answered for the window that asks. */
import { ipcMain } from 'electron';
import {
  desktopRequests,
  type DesktopAnswers,
  type DesktopMethod,
  type DesktopParams,
} from '../../shared/protocol/desktop';
import { droppedAs } from '../../shared/protocol/dropped-file';
import { fail, ok, type Result } from '../../shared/result';
import type { DataGrants } from '../host/data-grants';
import { DESKTOP_REQUEST, DROPPED_FILE } from './channels';
import { askForPath } from './path-dialog';
import type { ProjectWindow } from './project-window';
import type { ProjectWindows } from './project-windows';
import type { GrantedPaths } from './security/granted-paths';
import { FOREIGN_SENDER, isOwnPage } from './security/senders';

type Answer = (window: ProjectWindow, params: unknown) => Promise<Result<unknown>>;

const isMethod = (name: string): name is DesktopMethod =>
  Object.prototype.hasOwnProperty.call(desktopRequests, name);

function answersOf(granted: GrantedPaths, dataGrants: DataGrants): Record<DesktopMethod, Answer> {
  const typed: {
    [M in DesktopMethod]: (
      window: ProjectWindow,
      params: DesktopParams<M>,
    ) => DesktopAnswers[M] | Promise<DesktopAnswers[M]>;
  } = {
    opening: (window) => window.opening,
    choosePath: async ({ window }, question) => {
      const chosen = await askForPath(window, question);
      if (chosen === null) return null;
      granted.grant(chosen.path);
      if (question.choose !== 'save') await dataGrants.allow(chosen.path);
      return chosen;
    },
    tellProject: (window, project) => {
      window.tell(project);
      return null;
    },
    closeWindow: (window) => {
      window.close();
      return null;
    },
    copyKept: (window) => {
      window.tellKept();
      return null;
    },
  };
  const checked = <M extends DesktopMethod>(method: M): Answer => {
    const answer = typed[method];
    return async (window, params) => {
      const parsed = desktopRequests[method].safeParse(params ?? {});
      if (!parsed.success)
        return fail('api/bad-request', `The request ${method} is not complete. Reload the window.`);
      // The schema of this very method has made the parameters.
      return ok(await answer(window, parsed.data as DesktopParams<M>));
    };
  };
  return {
    opening: checked('opening'),
    choosePath: checked('choosePath'),
    tellProject: checked('tellProject'),
    closeWindow: checked('closeWindow'),
    copyKept: checked('copyKept'),
  };
}

export function serveDesktop(windows: ProjectWindows, granted: GrantedPaths, dataGrants: DataGrants): void {
  const answers = answersOf(granted, dataGrants);
  ipcMain.handle(DESKTOP_REQUEST, (event, method: unknown, params: unknown) => {
    const window = isOwnPage(event) ? windows.of(event.sender) : undefined;
    if (!window) return FOREIGN_SENDER;
    const name = String(method);
    return isMethod(name)
      ? answers[name](window, params)
      : fail('api/unknown-method', `Axonry has no request called ${name.slice(0, 60)}. Reload the window.`);
  });
  ipcMain.on(DROPPED_FILE, (event, file: unknown) => {
    const window = isOwnPage(event) ? windows.of(event.sender) : undefined;
    if (!window || typeof file !== 'string') return;
    switch (droppedAs(file)) {
      case 'project':
        granted.grant(file);
        window.send({ command: 'open-path', path: file });
        break;
      case 'table':
        void dataGrants.allow(file).then(() => window.send({ command: 'place-table', path: file }));
        break;
    }
  });
}
