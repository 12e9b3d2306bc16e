/** The native menu. Its keys are the window's own; where the window hears a key itself, the menu only shows it. */
import path from 'node:path';
import { Menu, type MenuItemConstructorOptions } from 'electron';
import type { DesktopCommand } from '../../shared/protocol/desktop';

export interface MenuActions {
  /** To the window in front. */
  send: (command: DesktopCommand) => void;
  newWindow: () => void;
  openFile: (file: string) => void;
  about: () => void;
  report: () => void;
  /** Newest first. */
  recents: readonly string[];
}

type Item = MenuItemConstructorOptions;
type Simple = Exclude<DesktopCommand['command'], 'open-path' | 'place-table'>;

const isMac = process.platform === 'darwin';
const SHOWN_RECENTS = 10;
const separator: Item = { type: 'separator' };

const commandItem = (actions: MenuActions, label: string, command: Simple, accelerator?: string): Item => ({
  label,
  accelerator,
  registerAccelerator: isMac,
  click: () => actions.send({ command }),
});

function recentItems({ recents, openFile }: MenuActions): Item[] {
  if (recents.length === 0) return [{ label: 'No project was opened yet', enabled: false }];
  return recents.slice(0, SHOWN_RECENTS).map((file) => ({
    label: `${path.basename(file, '.axon')} (${path.dirname(file)})`,
    click: () => openFile(file),
  }));
}

const settingsItem = (actions: MenuActions): Item =>
  commandItem(actions, 'Settings…', 'settings', 'CmdOrCtrl+,');

const fileMenu = (actions: MenuActions): Item => ({
  label: '&File',
  submenu: [
    { ...commandItem(actions, 'New Project', 'new', 'CmdOrCtrl+N'), registerAccelerator: true },
    commandItem(actions, 'Start Page', 'start-page'),
    { label: 'New Window', accelerator: 'CmdOrCtrl+Shift+N', click: actions.newWindow },
    commandItem(actions, 'Open…', 'open', 'CmdOrCtrl+O'),
    { label: 'Open Recent', submenu: recentItems(actions) },
    separator,
    commandItem(actions, 'Save', 'save', 'CmdOrCtrl+S'),
    commandItem(actions, 'Save As…', 'save-as', 'CmdOrCtrl+Shift+S'),
    separator,
    ...(isMac ? [] : [settingsItem(actions), separator]),
    { role: 'close', label: 'Close Window' },
    ...(isMac ? [] : [{ role: 'quit', accelerator: 'CmdOrCtrl+Q' } as const]),
  ],
});

const editMenu = (actions: MenuActions): Item => ({
  label: '&Edit',
  submenu: [
    commandItem(actions, 'Undo', 'undo', 'CmdOrCtrl+Z'),
    commandItem(actions, 'Redo', 'redo', 'CmdOrCtrl+Shift+Z'),
    separator,
    { role: 'cut', registerAccelerator: isMac },
    { role: 'copy', registerAccelerator: isMac },
    { role: 'paste', registerAccelerator: isMac },
  ],
});

/** In the window these are single letters, heard in the Train workspace only. */
const runMenu = (actions: MenuActions): Item => ({
  label: '&Run',
  submenu: [
    commandItem(actions, 'Run', 'run', 'CmdOrCtrl+Enter'),
    commandItem(actions, 'Stop and Keep Best', 'stop-run'),
    separator,
    commandItem(actions, 'Pause or Resume', 'pause-run'),
    commandItem(actions, 'One Step', 'step-run'),
    separator,
    commandItem(actions, 'Evaluate Now', 'evaluate-now'),
    commandItem(actions, 'Keep a Snapshot', 'keep-snapshot'),
  ],
});

const viewMenu: Item = {
  label: '&View',
  submenu: [{ role: 'togglefullscreen' }, { role: 'toggleDevTools' }],
};

const helpMenu = (actions: MenuActions): Item => ({
  role: 'help',
  submenu: [
    commandItem(actions, 'Keyboard Shortcuts', 'shortcuts'),
    { label: 'Report a Problem…', click: actions.report },
    separator,
    { label: 'About Axonry', click: actions.about },
  ],
});

const macMenu = (actions: MenuActions): Item => ({
  label: 'Axonry',
  submenu: [
    { label: 'About Axonry', click: actions.about },
    separator,
    settingsItem(actions),
    separator,
    { role: 'services' },
    separator,
    { role: 'hide' },
    { role: 'hideOthers' },
    { role: 'unhide' },
    separator,
    { role: 'quit' },
  ],
});

export function showMenu(actions: MenuActions): void {
  Menu.setApplicationMenu(
    Menu.buildFromTemplate([
      ...(isMac ? [macMenu(actions)] : []),
      fileMenu(actions),
      editMenu(actions),
      viewMenu,
      runMenu(actions),
      { role: 'windowMenu' },
      helpMenu(actions),
    ]),
  );
}
