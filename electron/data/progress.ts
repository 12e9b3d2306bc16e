/** Owns how often it is told how far reading is, and how long it will still take. */
import type { ReadingProgress } from '../../shared/protocol/reading';
import type { ReaderProgress } from './readers/reader';

/** What is done sooner needs no bar. */
const QUIET_SECONDS = 1;
const PAUSE_SECONDS = 0.25;
/** After less than this nothing can be said of what is left. */
const SURE_SECONDS = 2;

/** A few times a second at most, and not before a second is over. */
export function paced(tell: (progress: ReadingProgress) => void): (progress: ReaderProgress) => void {
  const now = () => performance.now() / 1000;
  const began = now();
  let [told, since, before] = [0, began, ''];
  return ({ message, done, total }) => {
    const at = now();
    if (message !== before) [since, before] = [at, message];
    if (at - began < QUIET_SECONDS || at - told < PAUSE_SECONDS) return;
    told = at;
    const share = done !== undefined && total ? done / total : 0;
    const isSure = share > 0 && at - since >= SURE_SECONDS;
    const secondsLeft = isSure ? { secondsLeft: ((at - since) * (1 - share)) / share } : {};
    tell({ message, share, ...secondsLeft });
  };
}
