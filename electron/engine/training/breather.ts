/** Owns how often a busy engine listens: TensorFlow blocks the thread, so the loop makes room for messages by the clock. */
import { performance } from 'node:perf_hooks';

const LISTEN_MILLISECONDS = 20;

/** Answers a function to call between steps: it costs nothing until it is time to listen. */
export function breather(): () => Promise<void> {
  let last = performance.now();
  return async () => {
    if (performance.now() - last < LISTEN_MILLISECONDS) return;
    await new Promise<void>((resolve) => setImmediate(resolve));
    last = performance.now();
  };
}
