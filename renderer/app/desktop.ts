/** Follows the desktop shell: runs what its menu asks, and tells it what the window shows. Does nothing in a browser. */
import { useEffect } from 'react';
import type { DesktopApi, DesktopCommand } from '../../shared/protocol/desktop';
import { keepCopy } from '../state/autosave';
import { desktop } from '../state/desktop';
import { showSettings, showShortcuts } from '../state/dialogs';
import { newProject, openPath, openWithDialog, save, saveAs, unsavedIn } from '../state/project-files';
import { redo, showWorkspace, undo, useProject, type ProjectState } from '../state/project-store';
import { startRun, useRuns } from '../state/runs-store';
import { placeTable } from './place-table';
import { RUN_COMMANDS, withShownRun } from '../training/run-commands';

async function saveAndClose(api: DesktopApi): Promise<void> {
  if (await save()) await api.closeWindow({});
}

function run(api: DesktopApi, asked: DesktopCommand): unknown {
  switch (asked.command) {
    case 'new':
      return newProject();
    case 'open':
      return openWithDialog();
    case 'open-path':
      return openPath(asked.path);
    case 'place-table':
      return placeTable(asked.path);
    case 'save':
      return save();
    case 'save-as':
      return saveAs();
    case 'save-and-close':
      return saveAndClose(api);
    case 'keep-copy':
      return keepCopy().then(() => api.copyKept({}));
    case 'undo':
      return undo();
    case 'redo':
      return redo();
    case 'start-page':
      return showWorkspace('start');
    case 'settings':
      return showSettings();
    case 'shortcuts':
      return showShortcuts();
    case 'run':
      return startRun();
    case 'pause-run':
    case 'step-run':
    case 'evaluate-now':
    case 'keep-snapshot':
    case 'stop-run':
      return withShownRun(RUN_COMMANDS[asked.command]);
  }
}

function shownBy(state: ProjectState) {
  const { project } = state;
  return {
    project: project?.id ?? null,
    name: project?.name ?? '',
    path: project?.path ?? null,
    unsaved: unsavedIn(state),
  };
}

function follow(api: DesktopApi): () => void {
  let told = '';
  const tell = (state: ProjectState) => {
    const shown = shownBy(state);
    const text = JSON.stringify(shown);
    if (text === told) return;
    told = text;
    void api.tellProject(shown);
  };
  tell(useProject.getState());
  const ends = [
    useProject.subscribe(tell),
    useRuns.subscribe(() => tell(useProject.getState())),
    api.onCommand((asked) => void run(api, asked)),
  ];
  return () => ends.forEach((end) => end());
}

export function useDesktop(): void {
  useEffect(() => (desktop ? follow(desktop) : undefined), []);
}
