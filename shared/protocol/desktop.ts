/**
 * Owns what a desktop window has beside HostApi: the system's file dialogs, the menu's commands and the question on closing.
 * Every request is validated by its schema where it enters.
 */
import { z } from 'zod';
import { unsaved } from './unsaved';
import type { Result } from '../result';

const none = z.object({});
const text = z.string().max(4096);

export const desktopRequests = {
  /** What this window is to show at first; null for an ordinary start. */
  opening: none,
  /** Asks with the system's dialog. null where the person leaves it. What is chosen may then be opened or written. */
  choosePath: z.object({
    title: text,
    choose: z.enum(['file', 'folder', 'either', 'save']),
    extensions: z.array(z.string().max(20)).max(20).optional(),
    name: text.optional(),
    folder: text.optional(),
    action: text,
  }),
  /** What the window shows, for its title and for the question on closing. */
  tellProject: z.object({
    project: z.string().max(100).nullable(),
    name: text,
    path: text.nullable(),
    /** What would be lost if the window closed now. */
    unsaved: unsaved.nullable(),
  }),
  /** The answer to the command `save-and-close`: the project is saved. */
  closeWindow: none,
  /** The answer to the command `keep-copy`. */
  copyKept: none,
} as const;

export type DesktopMethod = keyof typeof desktopRequests;
export type DesktopParams<M extends DesktopMethod> = z.infer<(typeof desktopRequests)[M]>;

/** A file, what a crash of the application left, or what a crash of this very window left. */
export type Opening =
  | { kind: 'file'; path: string }
  | { kind: 'recovery'; recovery: string }
  | { kind: 'project'; project: string; crashed: boolean };

export interface ChosenPath {
  path: string;
  /** The system's dialog has asked whether to replace what is there. */
  replaces: boolean;
}

export interface DesktopAnswers {
  opening: Opening | null;
  choosePath: ChosenPath | null;
  tellProject: null;
  closeWindow: null;
  copyKept: null;
}

/** What a menu or the system asks of a window. */
export type DesktopCommand =
  | {
      command:
        | 'start-page'
        | 'new'
        | 'open'
        | 'save'
        | 'save-as'
        | 'save-and-close'
        | 'undo'
        | 'redo'
        | 'settings'
        | 'shortcuts';
    }
  /** Of the run that the window shows; `run` starts one. */
  | { command: 'run' | 'pause-run' | 'step-run' | 'evaluate-now' | 'keep-snapshot' | 'stop-run' }
  /** Keep a copy now of what is not saved: the application is about to end without asking. */
  | { command: 'keep-copy' }
  | { command: 'open-path'; path: string }
  /** A data file was dropped: it may be read, and wants a block. */
  | { command: 'place-table'; path: string };

export type DesktopApi = {
  [M in DesktopMethod]: (params: DesktopParams<M>) => Promise<Result<DesktopAnswers[M]>>;
} & {
  /** Returns the function that ends the subscription. */
  onCommand(listener: (command: DesktopCommand) => void): () => void;
};
