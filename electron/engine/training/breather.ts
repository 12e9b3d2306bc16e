/** Owns how often a busy engine listens: TensorFlow blocks the thread, so the loop makes room for messages by the clock. */
import { performance } from 'node:perf_hooks';
import { setImmediate as endOfTurn } from 'node:timers/promises';

const LISTEN_MILLISECONDS = 20;

/** Answers a function to call between steps: it costs nothing until it is time to listen. */
export function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < LISTEN_MILLISECONDS) return;
    // Whoever was woken by a message goes on in the turn that has looked for messages: only the next one looks again.
    await endOfTurn();
    await endOfTurn();
    last = performance.now();
  };
}
