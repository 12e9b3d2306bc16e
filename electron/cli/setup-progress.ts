/** Shows on standard error how the native engine is prepared. */
import type { Host } from '../host/host';
import { need, type Context } from './command';
import { drawBar, type Terminal } from './terminal';

interface Progress {
  message: string;
  done?: number;
  total?: number;
}

const MEGABYTE = 1e6;
let lastMessage = '';

/** A bar where a person watches; elsewhere each stage once. */
export function showSetup(terminal: Terminal, { message, done, total }: Progress): void {
  if (done !== undefined && total !== undefined) {
    terminal.bar(
      `${drawBar(done, total)} ${message}, ${Math.round(done / MEGABYTE)} of ${Math.round(total / MEGABYTE)} MB`,
    );
  } else {
    terminal.bar(message);
  }
  if (message !== lastMessage && !process.stderr.isTTY) terminal.say(message);
  lastMessage = message;
}

/** Gets the native engine before work that needs it. A machine that has it is told nothing. */
export async function prepareEngine({ terminal }: Context, host: Host): Promise<void> {
  const { engine } = host.parts;
  if ((await engine.look()).state === 'ready') return;
  terminal.say('The native engine is needed for training. This happens once and takes a few minutes.');
  const unsubscribe = host.subscribe((event) => {
    if (event.type === 'setup') showSetup(terminal, event);
  });
  const stop = () => engine.cancel();
  process.once('SIGINT', stop);
  try {
    const prepared = await engine.ensure();
    if (!prepared.ok) terminal.say('Training works without it too, more slowly: add --engine wasm.');
    need(prepared);
  } finally {
    process.off('SIGINT', stop);
    unsubscribe();
  }
}
