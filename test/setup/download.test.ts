/** Fetching a file over real connections that redirect, refuse, change their mind or lead through a proxy. */
import fs from 'node:fs';
import http from 'node:http';
import net, { type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { download } from '../../electron/setup/download';

let folder: string;
const servers: net.Server[] = [];

async function listen(server: net.Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

const serve = async (answer: http.RequestListener): Promise<string> =>
  `http://127.0.0.1:${await listen(http.createServer(answer))}`;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'axonry download '));
  for (const name of [
    'http_proxy',
    'HTTP_PROXY',
    'https_proxy',
    'HTTPS_PROXY',
    'all_proxy',
    'ALL_PROXY',
    'no_proxy',
    'NO_PROXY',
  ]) {
    vi.stubEnv(name, '');
  }
});
afterEach(() => {
  vi.unstubAllEnvs();
  for (const server of servers.splice(0)) {
    server.close();
    if (server instanceof http.Server) server.closeAllConnections();
  }
  fs.rmSync(folder, { recursive: true, force: true });
});

const quiet = { onProgress: () => undefined };
const fetchTo = (address: string) => download(new URL(address), path.join(folder, 'file'), quiet);
const fetched = (): string => fs.readFileSync(path.join(folder, 'file'), 'utf8');

async function problemOf(result: ReturnType<typeof download>) {
  const answer = await result;
  if (answer.ok) throw new Error('this should not have succeeded');
  return answer.problem;
}

describe('a download', () => {
  test('follows redirects and leaves only the file', async () => {
    const server = await serve((request, response) => {
      if (request.url === '/old') response.writeHead(302, { location: '/new' }).end();
      else response.end('the file');
    });
    expect(await fetchTo(`${server}/old`)).toMatchObject({ ok: true });
    expect(fetched()).toBe('the file');
    expect(fs.readdirSync(folder)).toEqual(['file']);
  });

  test('that goes in circles ends with a sentence', async () => {
    const server = await serve((_request, response) => response.writeHead(302, { location: '/again' }).end());
    expect((await problemOf(fetchTo(`${server}/again`))).message).toContain(
      'was passed on more than 5 times',
    );
  });

  test('is not continued when the file has changed meanwhile', async () => {
    let version = '"one"';
    const server = await serve((request, response) => {
      const body = version === '"one"' ? 'first version of it' : 'second version';
      const sameFile = request.headers['if-range'] === version;
      if (request.headers.range !== undefined && sameFile) return void response.writeHead(404).end();
      response.writeHead(200, { etag: version, 'content-length': body.length });
      if (version === '"one"') response.write(body.slice(0, 5), () => response.destroy());
      else response.end(body);
      version = '"two"';
    });
    expect(await fetchTo(server)).toMatchObject({ ok: true });
    expect(fetched()).toBe('second version');
  });

  test('begins anew when the server has no more than what was kept', async () => {
    fs.writeFileSync(path.join(folder, 'file.part'), 'far too long for this file');
    fs.writeFileSync(path.join(folder, 'file.part.name'), '"it"');
    const server = await serve((request, response) => {
      if (request.headers.range !== undefined) response.writeHead(416).end();
      else response.end('short');
    });
    expect(await fetchTo(server)).toMatchObject({ ok: true });
    expect(fetched()).toBe('short');
  });

  test('from a computer that does not listen names it', async () => {
    const probe = net.createServer();
    const port = await listen(probe);
    await new Promise((resolve) => probe.close(resolve));
    const problem = await problemOf(fetchTo(`http://127.0.0.1:${port}/`));
    expect(problem.code).toBe('setup/unreachable');
    expect(problem.message).toContain(`127.0.0.1:${port} could not be reached (ECONNREFUSED)`);
  });

  test('whose encrypted connection never comes to stand is given up', async () => {
    vi.stubEnv('AXONRY_SETUP_CONNECT_MS', '300');
    const port = await listen(net.createServer());
    expect((await problemOf(fetchTo(`https://127.0.0.1:${port}/`))).message).toContain(
      'no connection within 0.3 s',
    );
  });

  test('into a folder that is not there names the folder', async () => {
    const server = await serve((_request, response) => response.end('the file'));
    const missing = path.join(folder, 'not there');
    const problem = await problemOf(download(new URL(server), path.join(missing, 'file'), quiet));
    expect(problem.code).toBe('setup/folder-not-writable');
    expect(problem.message).toContain(missing);
  });

  test('goes through the proxy that the environment names, with its password', async () => {
    const asked: (string | undefined)[] = [];
    const proxy = await serve((request, response) => {
      asked.push(request.url, request.headers.host, request.headers['proxy-authorization']);
      response.end('by proxy');
    });
    vi.stubEnv('http_proxy', proxy.replace('//', '//me:s%20cret@'));
    expect(await fetchTo('http://files.example/a')).toMatchObject({ ok: true });
    expect(fetched()).toBe('by proxy');
    expect(asked).toEqual([
      'http://files.example/a',
      'files.example',
      `Basic ${Buffer.from('me:s cret').toString('base64')}`,
    ]);
  });

  test('goes directly to hosts that NO_PROXY lists', async () => {
    const server = await serve((_request, response) => response.end('directly'));
    vi.stubEnv('http_proxy', 'http://127.0.0.1:1');
    vi.stubEnv('NO_PROXY', 'example.org, 127.0.0.1');
    expect(await fetchTo(server)).toMatchObject({ ok: true });
    expect(fetched()).toBe('directly');
  });

  test('asks the proxy for a tunnel to an encrypted host, and names a proxy that refuses', async () => {
    const asked: (string | undefined)[] = [];
    const proxy = http.createServer().on('connect', (request: http.IncomingMessage, socket: net.Socket) => {
      asked.push(request.url);
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n');
    });
    vi.stubEnv('HTTPS_PROXY', `http://127.0.0.1:${await listen(proxy)}`);
    const problem = await problemOf(fetchTo('https://files.example/a'));
    expect(asked).toEqual(['files.example:443']);
    expect(problem.message).toMatch(
      /The proxy refused the way to files\.example: 127\.0\.0\.1:\d+ answered 407/,
    );
  });
});
