/** Owns which dialog is open. A dialog that answers a question does it through its `resolve`. */
import { create } from 'zustand';
import type { ChosenPath } from '../../shared/protocol/desktop';
import { choosePathOnDesktop, desktop } from './desktop';

export interface FileQuestion {
  kind: 'file';
  title: string;
  /** What is chosen: an existing file, an existing folder, or a place and a name to write to. */
  choose: 'file' | 'folder' | 'either' | 'save';
  extensions?: readonly string[];
  /** Suggested name when saving. */
  name?: string;
  /** Where to begin. */
  folder?: string;
  action: string;
  /** Why it is asked, where the title does not say it. */
  text?: string;
  /** A file of this name is selected wherever it is found. */
  wanted?: string;
  resolve: (path: string | null) => void;
}
export interface ChoiceQuestion {
  kind: 'choice';
  title: string;
  text: string;
  /** The first is the primary action; the last leaves everything as it was. */
  choices: readonly string[];
  resolve: (choice: string | null) => void;
}
export type Dialog = FileQuestion | ChoiceQuestion | { kind: 'shortcuts' } | { kind: 'settings' };

export const useDialog = create<{ dialog: Dialog | null }>(() => ({ dialog: null }));

export function closeDialog(): void {
  const { dialog } = useDialog.getState();
  useDialog.setState({ dialog: null });
  if (dialog && 'resolve' in dialog) dialog.resolve(null);
}

function ask<T>(question: (resolve: (answer: T | null) => void) => Dialog): Promise<T | null> {
  closeDialog();
  return new Promise((resolve) => {
    const answer = (value: T | null) => {
      useDialog.setState({ dialog: null });
      resolve(value);
    };
    useDialog.setState({ dialog: question(answer) });
  });
}

type PathQuestion = Omit<FileQuestion, 'kind' | 'resolve'>;

/** Where the last path was chosen: the next one is most often near it. */
let lastFolder: string | undefined;

const folderOf = (path: string): string | undefined => /^(.*[\\/])[^\\/]+[\\/]?$/.exec(path)?.[1];

/** The desktop asks with the system's dialog, which also asks before something is replaced. */
export async function askForPlace(asked: PathQuestion): Promise<ChosenPath | null> {
  const question = { folder: lastFolder, ...asked };
  const place = desktop
    ? await choosePathOnDesktop(desktop, question)
    : await ask<string>((resolve) => ({ kind: 'file', ...question, resolve })).then(
        (path) => path && { path, replaces: false },
      );
  if (!place) return null;
  lastFolder = folderOf(place.path) ?? lastFolder;
  return place;
}

/** The chosen path, or null. */
export const askForPath = async (question: PathQuestion): Promise<string | null> =>
  (await askForPlace(question))?.path ?? null;

export const askChoice = (question: Omit<ChoiceQuestion, 'kind' | 'resolve'>): Promise<string | null> =>
  ask<string>((resolve) => ({ kind: 'choice', ...question, resolve }));

export const showSettings = (): void => useDialog.setState({ dialog: { kind: 'settings' } });
export const showShortcuts = (): void => useDialog.setState({ dialog: { kind: 'shortcuts' } });
