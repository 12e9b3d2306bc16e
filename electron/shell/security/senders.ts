/** Whose messages are heard: the top frame of a window that shows our own page. */
import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { fail } from '../../../shared/result';
import { ORIGIN } from '../scheme';

export function isOwnPage({ senderFrame }: IpcMainEvent | IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(`${ORIGIN}/`);
}

export const FOREIGN_SENDER = fail(
  'api/foreign-sender',
  'Only the window of Axonry itself may ask this. Restart Axonry.',
);
