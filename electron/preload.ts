/**
 * Runs beside the page, in a sandbox: gives it HostApi as `window.axonry` and the desktop's own requests as
 * `window.axonryDesktop`, and nothing of Electron.
 */
import { contextBridge, ipcRenderer, webUtils, type IpcRendererEvent } from 'electron';
import {
  DESKTOP_COMMAND,
  DESKTOP_METHODS_ARGUMENT,
  DESKTOP_REQUEST,
  DROPPED_FILE,
  HOST_EVENT,
  HOST_METHODS_ARGUMENT,
  HOST_REQUEST,
} from './shell/channels';

type Listener = (message: unknown) => void;

function methodsOf(argument: string): string[] {
  const found = process.argv.find((one) => one.startsWith(argument));
  return found ? found.slice(argument.length).split(',') : [];
}

const requests = (channel: string, methods: readonly string[]) =>
  Object.fromEntries(
    methods.map((method) => [
      method,
      (params: unknown): Promise<unknown> => ipcRenderer.invoke(channel, method, params),
    ]),
  );

function listen(channel: string, listener: Listener): () => void {
  const hear = (_event: IpcRendererEvent, message: unknown) => listener(message);
  ipcRenderer.on(channel, hear);
  return () => ipcRenderer.off(channel, hear);
}

contextBridge.exposeInMainWorld('axonry', {
  ...requests(HOST_REQUEST, methodsOf(HOST_METHODS_ARGUMENT)),
  subscribe: (listener: Listener) => listen(HOST_EVENT, listener),
});
contextBridge.exposeInMainWorld('axonryDesktop', {
  ...requests(DESKTOP_REQUEST, methodsOf(DESKTOP_METHODS_ARGUMENT)),
  onCommand: (listener: Listener) => listen(DESKTOP_COMMAND, listener),
});

/** Before Electron 32 a file knows its path itself. */
const pathOfFile = (file: File & { path?: string }): string =>
  webUtils ? webUtils.getPathForFile(file) : (file.path ?? '');

// Listening here and not in the page: a page can make a drop up, but not a trusted one.
window.addEventListener(
  'drop',
  (event) => {
    const file = event.isTrusted ? event.dataTransfer?.files[0] : undefined;
    const dropped = file ? pathOfFile(file) : '';
    if (dropped !== '') ipcRenderer.send(DROPPED_FILE, dropped);
  },
  true,
);
