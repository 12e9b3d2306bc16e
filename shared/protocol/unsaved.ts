/** What would be lost if a project closed now, and how a person is asked about it: the page and the desktop window ask alike. */
import { z } from 'zod';

export const unsaved = z.enum(['changes', 'runs', 'changes and runs']);
export type Unsaved = z.infer<typeof unsaved>;

export const saveQuestion = (name: string, lost: Unsaved): string =>
  lost === 'changes' ? `Save the changes to ${name}?` : `Save ${name} with its runs?`;

export const discardAnswer = (lost: Unsaved): string => `Discard the ${lost}`;
