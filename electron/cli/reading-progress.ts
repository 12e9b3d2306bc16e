/** Shows on standard error how far it is with data that take longer than a moment to read. */
import type { ReadingProgress } from '../../shared/protocol/reading';
import type { Host } from '../host/host';
import { drawBar, type Terminal } from './terminal';

export const readingText = ({
  message,
  share,
  secondsLeft,
}: Omit<ReadingProgress, 'share'> & { share?: number }): string =>
  share === undefined
    ? message
    : `${drawBar(share, 1)} ${message}${secondsLeft === undefined ? '' : `, ${Math.ceil(secondsLeft)} s left`}`;

/** A bar where a person watches; elsewhere each stretch of the work once. */
export function showReading(terminal: Terminal, host: Host): void {
  let said = '';
  host.subscribe((event) => {
    if (event.type !== 'reading') return;
    const { message } = event.progress;
    terminal.bar(readingText(event.progress));
    if (message !== said && !process.stderr.isTTY) terminal.say(`${message}.`);
    said = message;
  });
}
