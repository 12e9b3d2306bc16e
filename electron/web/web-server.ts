/** Browser mode: the host behind HTTP and WebSocket, on this computer only. */
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { HostApi } from '../../shared/protocol/host-api';
import { fail, ok, type Result } from '../../shared/result';
import { Access } from './access';
import { apiSocket } from './api-socket';
import { answerPage } from './page-server';

export const USUAL_PORT = 7411;
const ADDRESS = '127.0.0.1';
const TRIED_PORTS = 50;

export interface WebServerOptions {
  api: HostApi;
  /** The built window, `out/renderer`. */
  folder: string;
  /** Only this port; absent: the usual one, or the next that is free. 0 lets the system choose. */
  port?: number;
  /** Bytes of one message from a window. */
  largestMessage?: number;
  onBug: (error: unknown) => void;
}

export interface WebServer {
  port: number;
  /** The address of which the token has not been used yet; a new token when it has been. */
  address(): string;
  close(): Promise<void>;
}

function listen(server: http.Server, port: number): Promise<Result<number>> {
  return new Promise((resolve, reject) => {
    const refused = (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE')
        resolve(fail('serve/port-in-use', `Port ${port} is used by another program.`));
      else if (error.code === 'EACCES')
        resolve(
          fail(
            'serve/port-not-allowed',
            `Port ${port} may only be used by the administrator. Choose one above 1023 with --port.`,
          ),
        );
      else reject(error);
    };
    server.once('error', refused);
    server.listen(port, ADDRESS, () => {
      server.off('error', refused);
      resolve(ok((server.address() as AddressInfo).port));
    });
  });
}

async function isFree(port: number): Promise<boolean> {
  const probe = http.createServer();
  const listening = await listen(probe, port);
  if (listening.ok) await new Promise((resolve) => probe.close(resolve));
  return listening.ok;
}

async function nextFree(after: number): Promise<number | null> {
  const last = Math.min(after + TRIED_PORTS, 65_535);
  for (let port = after + 1; port <= last; port++) if (await isFree(port)) return port;
  return null;
}

/** A port that was asked for is taken or refused; otherwise the first free one from the usual one on. */
async function listenSomewhere(server: http.Server, asked: number | undefined): Promise<Result<number>> {
  const wanted = asked ?? USUAL_PORT;
  const first = await listen(server, wanted);
  if (first.ok || first.problem.code !== 'serve/port-in-use') return first;
  const free = await nextFree(wanted);
  if (asked === undefined && free !== null) return listen(server, free);
  const advice =
    free === null
      ? 'Choose another one with --port.'
      : `Try --port ${free}, which is free, or leave --port out.`;
  return fail(first.problem.code, `${first.problem.message} ${advice}`);
}

export async function startWebServer(options: WebServerOptions): Promise<Result<WebServer>> {
  const server = http.createServer();
  const listening = await listenSomewhere(server, options.port);
  if (!listening.ok) return listening;
  const port = listening.value;
  const access = new Access(port);
  const socket = apiSocket(options.api, access, options.onBug, options.largestMessage);
  server.on('request', (request, response) => {
    answerPage(access, options.folder, request, response).catch((error: unknown) => {
      options.onBug(error);
      response.destroy();
    });
  });
  server.on('upgrade', socket.upgrade);
  return ok({
    port,
    address: () => `http://${ADDRESS}:${port}/?token=${access.current ?? access.renew()}`,
    close: () => {
      socket.close();
      return new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  });
}
