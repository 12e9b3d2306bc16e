/** `serve`: browser mode. Prints an address with a one-time token and stays until it is interrupted. */
import { spawn } from 'node:child_process';
import fs from 'node:fs/promises';
import path from 'node:path';
import { startWebServer } from '../../web/web-server';
import { need, UsageError, wholeNumber, WorkFailed, type Command, type Context } from '../command';

const HIGHEST_PORT = 65_535;

function hasDisplay(): boolean {
  if (process.env.AXONRY_NO_OPEN) return false;
  if (process.platform === 'darwin' || process.platform === 'win32') return true;
  return Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY);
}

function openerOf(address: string): [string, string[]] {
  switch (process.platform) {
    case 'darwin':
      return ['open', [address]];
    case 'win32':
      return ['cmd', ['/c', 'start', '""', address]];
    default:
      return ['xdg-open', [address]];
  }
}

/** The printed address is what counts: a computer without a browser is no fault. */
function openBrowser(address: string): void {
  if (!hasDisplay()) return;
  const [program, args] = openerOf(address);
  const child = spawn(program, args, { stdio: 'ignore', detached: true });
  child.on('error', () => undefined);
  child.unref();
}

async function rootFolder(asked: string | undefined): Promise<string> {
  const root = path.resolve(asked ?? process.cwd());
  const isFolder = await fs.stat(root).then(
    (stat) => stat.isDirectory(),
    () => false,
  );
  if (isFolder) return root;
  throw new WorkFailed({
    code: 'serve/no-root',
    message: `${root} is not a folder. Name one that is there with --root.`,
  });
}

/** Resolves when a person or the system asks to end. */
const interrupted = (): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => resolve());
  });

async function run({ options, terminal, host, windowFolder }: Context): Promise<0> {
  const port = wholeNumber(options, 'port', 0);
  if (port !== undefined && port > HIGHEST_PORT)
    throw new UsageError(`--port is at most ${HIGHEST_PORT}, not ${port}.`);
  const root = await rootFolder(options.text('root'));
  const end = interrupted();
  const onBug = (error: unknown) => {
    terminal.say(`Axonry made a mistake: ${error instanceof Error ? error.message : String(error)}`);
    if (process.env.AXONRY_DEBUG) console.error(error);
  };
  // A mistake in one request must not take the runs and windows of all others with it.
  process.on('unhandledRejection', onBug);
  const server = need(
    await startWebServer({
      api: host({ root }),
      folder: windowFolder,
      port,
      onBug,
    }),
  );
  const address = server.address();
  terminal.printJson({ type: 'serving', address, port: server.port, root });
  terminal.print(
    `Axonry is at ${address}\nIt opens and saves files below ${root}; --root DIR chooses another folder.\nThe address opens once; press Enter for a new one, Ctrl+C to end.`,
  );
  if (options.flag('open')) openBrowser(address);
  const anew = () => terminal.print(`Axonry is at ${server.address()}`);
  if (process.stdin.isTTY) process.stdin.on('data', anew);
  await end;
  process.stdin.off('data', anew).pause();
  await server.close();
  return 0;
}

export const serve: Command = {
  name: 'serve',
  usage: '[--port n] [--root DIR] [--open]',
  summary: 'Serve the window to a browser on this computer',
  options: { port: { type: 'string' }, root: { type: 'string' }, open: { type: 'boolean' } },
  takes: { least: 0, most: 0 },
  run,
};
