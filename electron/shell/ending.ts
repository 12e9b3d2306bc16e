/** Ends the application in order: the host before the process, so that no engine outlives its window. */
import type { App } from 'electron';

/** An engine that does not go by itself is ended after five seconds; nothing else takes long. */
const LONGEST_MS = 15_000;

export function endInOrder(app: App, close: () => Promise<void>): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    setTimeout(() => app.exit(1), LONGEST_MS).unref();
    void close().finally(() => {
      state = 'closed';
      // A host with nothing to end is closed while this event is still told, when Electron hears no other quit.
      setImmediate(() => app.quit());
    });
  });
}

/** The system shuts down, or somebody ends the process politely: nobody may be there to answer a question. */
export function endOnSignals(end: () => Promise<void>): void {
  let ending = false;
  for (const signal of ['SIGTERM', 'SIGHUP', 'SIGINT'] as const)
    process.on(signal, () => {
      if (ending) return;
      ending = true;
      void end();
    });
}
