/** HostApi over a WebSocket: `{id, method, params}` is answered by `{id, result}`; events come as `{event}`. */
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import { z } from 'zod';
import type { HostApi, HostEvent } from '../../shared/protocol/host-api';
import { fail, type Result } from '../../shared/result';
import { dispatch } from '../host/dispatch';
import type { Access } from './access';

/** The largest document, 64 MB, and what JSON adds to it. */
const LARGEST_MESSAGE = 80 * 1024 * 1024;
/** A window that does not keep up misses progress, nothing else. */
const SLOW_WINDOW = 4 * 1024 * 1024;

const message = z.object({ id: z.number().int(), method: z.string(), params: z.unknown().optional() });

export interface ApiSocket {
  upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  close: () => void;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const textOf = (data: RawData): string =>
  (Array.isArray(data) ? Buffer.concat(data) : Buffer.from(data as ArrayBuffer)).toString('utf8');

async function answer(
  api: HostApi,
  socket: WebSocket,
  text: string,
  onBug: (error: unknown) => void,
): Promise<void> {
  const parsed = message.safeParse(parseJson(text));
  const send = (id: number | null, result: Result<unknown>) => socket.send(JSON.stringify({ id, result }));
  if (!parsed.success)
    return send(
      null,
      fail('api/malformed', 'A message of this window could not be understood. Reload the window.'),
    );
  const { id, method, params } = parsed.data;
  send(id, await dispatch(api, method, params ?? {}, onBug));
}

const isProgress = (event: HostEvent): boolean => event.type === 'run' && event.event.type === 'progress';

function serve(api: HostApi, socket: WebSocket, onBug: (error: unknown) => void): void {
  const unsubscribe = api.subscribe((event) => {
    if (socket.bufferedAmount > SLOW_WINDOW && isProgress(event)) return;
    socket.send(JSON.stringify({ event }));
  });
  socket.on('close', unsubscribe);
  // Oversized and broken frames end the connection; ws closes it with the right code.
  socket.on('error', () => undefined);
  socket.on('message', (data) => void answer(api, socket, textOf(data), onBug).catch(onBug));
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

export function apiSocket(
  api: HostApi,
  access: Access,
  onBug: (error: unknown) => void,
  largestMessage = LARGEST_MESSAGE,
): ApiSocket {
  const server = new WebSocketServer({
    noServer: true,
    maxPayload: largestMessage,
    perMessageDeflate: false,
  });
  return {
    upgrade: (request, socket, head) => {
      socket.on('error', () => socket.destroy());
      if ((request.url ?? '').split('?')[0] !== '/api') return refuse(socket, '404 Not Found');
      if (!access.isLocal(request) || !access.isOwnOrigin(request)) return refuse(socket, '403 Forbidden');
      if (!access.isKnown(request)) return refuse(socket, '401 Unauthorized');
      server.handleUpgrade(request, socket, head, (connection) => serve(api, connection, onBug));
    },
    close: () => {
      for (const client of server.clients) client.terminate();
      server.close();
    },
  };
}
