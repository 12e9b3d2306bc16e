/** A real server in front of a real host, in temporary folders, and a browser's way to it. */
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import WebSocket from 'ws';
import { createHost } from '../../electron/host/host';
import { childProcessLauncher } from '../../electron/host/launcher';
import { startWebServer } from '../../electron/web/web-server';

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
}

export interface Served {
  folder: string;
  port: number;
  address: () => string;
  /** Sends the path exactly as written: no client tidies it first. */
  get(urlPath: string, headers?: http.OutgoingHttpHeaders, method?: string): Promise<Answer>;
  /** The cookie that the current address buys. */
  enter(): Promise<string>;
  connect(headers: Record<string, string>, urlPath?: string): WebSocket;
  bugs: unknown[];
  close(): Promise<void>;
}

function request(
  port: number,
  urlPath: string,
  headers: http.OutgoingHttpHeaders,
  method: string,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = http.request(
      { host: '127.0.0.1', port, path: urlPath, headers, method, agent: false },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () =>
          resolve({ status: response.statusCode ?? 0, headers: response.headers, text }),
        );
      },
    );
    sent.on('error', reject);
    sent.end();
  });
}

export async function serveForTest(
  options: { largestMessage?: number; port?: number } = {},
): Promise<Served> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-web-'));
  const make = (name: string) => {
    mkdirSync(path.join(folder, name), { recursive: true });
    return path.join(folder, name);
  };
  const window = make('window');
  writeFileSync(path.join(window, 'index.html'), '<!doctype html><title>The window</title>');
  writeFileSync(path.join(window, 'app-1a2b.js'), 'export {};');
  writeFileSync(path.join(folder, 'secret.txt'), 'not for the window');
  const host = createHost({
    launcher: childProcessLauncher(path.join(folder, 'no-engine.cjs')),
    folders: { data: make('data'), cache: make('cache'), examples: make('examples') },
    version: '0.0.0',
    root: make('root'),
    home: path.join(folder, 'root'),
    shell: 'browser',
  });
  const bugs: unknown[] = [];
  const started = await startWebServer({
    api: host,
    folder: window,
    port: options.port ?? 0,
    largestMessage: options.largestMessage,
    onBug: (bug) => bugs.push(bug),
  });
  if (!started.ok) throw new Error(started.problem.message);
  const server = started.value;
  const get: Served['get'] = (urlPath, headers = {}, method = 'GET') =>
    request(server.port, urlPath, headers, method);
  return {
    folder,
    port: server.port,
    address: () => server.address(),
    get,
    enter: async () => {
      const { headers } = await get(new URL(server.address()).pathname + new URL(server.address()).search);
      return headers['set-cookie']?.[0].split(';')[0] ?? '';
    },
    connect: (headers, urlPath = '/api') =>
      new WebSocket(`ws://127.0.0.1:${server.port}${urlPath}`, { headers }),
    bugs,
    close: async () => {
      await server.close();
      await host.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** `open`, or the status with which the server refused, or the code with which it closed. */
export function outcome(socket: WebSocket): Promise<string> {
  return new Promise((resolve) => {
    socket.on('open', () => resolve('open'));
    socket.on('unexpected-response', (_, response) => resolve(String(response.statusCode)));
    socket.on('error', () => undefined);
    socket.on('close', (code) => resolve(`closed ${code}`));
  });
}

export const closed = (socket: WebSocket): Promise<number> =>
  new Promise((resolve) => socket.on('close', resolve));

/** The next answer; events in between are left out. */
export function reply(socket: WebSocket, text: string): Promise<Record<string, unknown>> {
  return new Promise((resolve) => {
    const hear = (data: WebSocket.RawData) => {
      const message = JSON.parse((data as Buffer).toString('utf8')) as Record<string, unknown>;
      if (!('id' in message)) return;
      socket.off('message', hear);
      resolve(message);
    };
    socket.on('message', hear);
    socket.send(text);
  });
}
