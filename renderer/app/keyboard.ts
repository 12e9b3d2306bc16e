/** Listens to the keyboard and runs commands. Canvas commands are registered by the canvas while it is shown. */
import { useEffect } from 'react';
import { showSettings, showShortcuts, useDialog } from '../state/dialogs';
import { redo, undo, useProject } from '../state/project-store';
import { openWithDialog, save, saveAs } from '../state/project-files';
import { startRun } from '../state/runs-store';
import { moveToArea } from './areas';
import { commandOf, type Command, type Focus } from './commands';

type Action = (event: KeyboardEvent) => void | boolean;
export type Actions = Partial<Record<Command, Action>>;

const frameActions: Actions = {
  run: () => void startRun(),
  save: () => void save(),
  'save-as': () => void saveAs(),
  open: () => void openWithDialog(),
  'next-area': () => moveToArea(1),
  'previous-area': () => moveToArea(-1),
  settings: showSettings,
  shortcuts: showShortcuts,
  undo: () => void undo(),
  redo: () => void redo(),
};

const registered: Actions[] = [];

/** Adds commands while a component is shown. An action that returns false leaves the key to the browser. */
export function useCommands(actions: Actions): void {
  useEffect(() => {
    registered.push(actions);
    return () => void registered.splice(registered.indexOf(actions), 1);
  }, [actions]);
}

const FIELDS = 'input:not([type=checkbox]):not([type=range]), textarea, select, [contenteditable=true]';

function focusOf(target: EventTarget | null): Focus {
  const element = target instanceof Element ? target : document.body;
  // The card of a problem lets through what is heard everywhere: the next problem, Run.
  const inCard = element.closest('.problem-popover') !== null;
  return {
    workspace: useProject.getState().workspace,
    inField: inCard || element.closest(FIELDS) !== null,
    inDialog:
      useDialog.getState().dialog !== null ||
      (!inCard && element.closest('[role=dialog], [role=menu], [role=listbox]') !== null),
    inCanvas: element.closest('[data-area=canvas]') !== null,
  };
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const command = commandOf(event, focusOf(event.target));
  if (!command) return;
  const action = registered.map((actions) => actions[command]).find(Boolean) ?? frameActions[command];
  if (action && action(event) !== false) event.preventDefault();
}

/** Run is heard before the field that has the focus: a list to choose from would open at its Enter. */
function onKeyDownFirst(event: KeyboardEvent): void {
  if (event.isComposing || commandOf(event, focusOf(event.target)) !== 'run') return;
  onKeyDown(event);
  event.stopPropagation();
}

export function useKeyboard(): void {
  useEffect(() => {
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('keydown', onKeyDownFirst, { capture: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('keydown', onKeyDownFirst, { capture: true });
    };
  }, []);
}
