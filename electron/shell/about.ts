/** What Help → About and Help → Report a problem say: versions, the computer and the engine. Never a path, a project or data. */
import { app, clipboard, dialog, type BrowserWindow, type MessageBoxOptions } from 'electron';
import type { About, HostApi } from '../../shared/protocol/host-api';

/** What is not used now is listed too, with what it lacks. */
function engineLines(about: About): string[] {
  const wasm =
    'WebAssembly: comes with Axonry; many times slower, one processor core, at most 4 GB of memory';
  const { engine } = about;
  if (engine.state === 'ready' && engine.portable === true)
    return [`Engine: ${engineText(about)}`, 'TensorFlow: not prepared on this computer', wasm];
  return [`Engine: ${engineText(about)}`, wasm];
}

function engineText({ engine }: About): string {
  switch (engine.state) {
    case 'ready':
      return engine.device === undefined ? engine.version : `${engine.version} on ${engine.device}`;
    case 'preparing':
      return 'is being prepared';
    case 'missing':
    case 'unknown':
      return 'not there yet';
  }
}

const linesOf = (about: About): string[] => [
  `Axonry ${about.version}`,
  ...engineLines(about),
  `Electron ${process.versions.electron}, Chromium ${process.versions.chrome}, Node.js ${process.versions.node}`,
  `${about.platform}, ${about.processor}, ${about.cores} cores, ${Math.round(about.memory / 2 ** 30)} GB of memory`,
];

async function show(window: BrowserWindow | undefined, options: MessageBoxOptions): Promise<number> {
  const asked = window ? dialog.showMessageBox(window, options) : dialog.showMessageBox(options);
  return (await asked).response;
}

export async function showAbout(host: HostApi, window: BrowserWindow | undefined): Promise<void> {
  const about = await host.about({});
  if (!about.ok) return;
  const [name, ...detail] = linesOf(about.value);
  await show(window, {
    type: 'info',
    title: `About ${app.name}`,
    message: name,
    detail: [...detail, 'MIT licence.'].join('\n'),
    buttons: ['Close'],
  });
}

export async function reportProblem(host: HostApi, window: BrowserWindow | undefined): Promise<void> {
  const about = await host.about({});
  if (!about.ok) return;
  const text = linesOf(about.value).join('\n');
  const answer = await show(window, {
    type: 'info',
    title: 'Report a problem',
    message: 'Copy these lines into your report',
    detail: `${text}\n\nSay beside them what you did, what happened and what should have happened. They hold nothing of your projects or data.`,
    buttons: ['Copy', 'Close'],
    defaultId: 0,
    cancelId: 1,
    noLink: true,
  });
  if (answer === 0) await clipboard.writeText(text);
}
