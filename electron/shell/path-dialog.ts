/** Asks for a file or a folder with the system's own dialog. */
import path from 'node:path';
import { dialog, type BrowserWindow, type FileFilter, type OpenDialogOptions } from 'electron';
import type { ChosenPath, DesktopParams } from '../../shared/protocol/desktop';

type Question = DesktopParams<'choosePath'>;

function filtersOf({ extensions }: Question): FileFilter[] {
  if (extensions === undefined || extensions.length === 0) return [];
  const name = extensions.includes('axon') ? 'Axonry projects' : 'Files that can be used here';
  return [
    { name, extensions: extensions.map((extension) => extension.replace(/^\./, '')) },
    { name: 'All files', extensions: ['*'] },
  ];
}

function withExtension(file: string, { extensions = [] }: Question): string {
  const [first] = extensions;
  const has = extensions.some((extension) => file.toLowerCase().endsWith(`.${extension.toLowerCase()}`));
  return first === undefined || has ? file : `${file}.${first}`;
}

/** Every system asks before a file is replaced; Linux does when it is told to. */
async function askToSave(window: BrowserWindow, question: Question): Promise<ChosenPath | null> {
  const { filePath, canceled } = await dialog.showSaveDialog(window, {
    title: question.title,
    buttonLabel: question.action,
    defaultPath: path.join(question.folder ?? '', question.name ?? ''),
    filters: filtersOf(question),
    properties: ['showOverwriteConfirmation'],
  });
  if (canceled || !filePath) return null;
  const file = withExtension(filePath, question);
  // The question was about the name as it was typed.
  return { path: file, replaces: file === filePath };
}

/** Only macOS has a dialog for files and folders alike. */
async function kindsOf(
  window: BrowserWindow,
  question: Question,
): Promise<OpenDialogOptions['properties'] | null> {
  if (question.choose === 'file') return ['openFile'];
  if (question.choose === 'folder') return ['openDirectory'];
  if (process.platform === 'darwin') return ['openFile', 'openDirectory'];
  const { response } = await dialog.showMessageBox(window, {
    type: 'question',
    message: question.title,
    detail: 'Is it one file, or a folder of files?',
    buttons: ['A file', 'A folder', 'Cancel'],
    defaultId: 0,
    cancelId: 2,
    noLink: true,
  });
  return response === 2 ? null : response === 0 ? ['openFile'] : ['openDirectory'];
}

async function askToOpen(window: BrowserWindow, question: Question): Promise<ChosenPath | null> {
  const properties = await kindsOf(window, question);
  if (properties === null) return null;
  const { filePaths, canceled } = await dialog.showOpenDialog(window, {
    title: question.title,
    buttonLabel: question.action,
    defaultPath: question.folder,
    filters: properties?.includes('openFile') ? filtersOf(question) : [],
    properties,
  });
  return canceled || filePaths.length === 0 ? null : { path: filePaths[0], replaces: false };
}

export const askForPath = (window: BrowserWindow, question: Question): Promise<ChosenPath | null> =>
  question.choose === 'save' ? askToSave(window, question) : askToOpen(window, question);
