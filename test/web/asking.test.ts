/** The window's requests: who may ask, and what is refused. */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type WebSocket from 'ws';
import { closed, outcome, reply, serveForTest, type Served } from './served';

const LARGEST = 100_000;
let served: Served;
beforeAll(async () => {
  served = await serveForTest({ largestMessage: LARGEST });
});
afterAll(() => served.close());

const own = () => `http://127.0.0.1:${served.port}`;

async function connected(): Promise<WebSocket> {
  const socket = served.connect({ cookie: await served.enter(), origin: own() });
  expect(await outcome(socket)).toBe('open');
  return socket;
}

describe('a connection', () => {
  it('is open to the page that was served', async () => {
    const socket = await connected();
    const answer = await reply(socket, JSON.stringify({ id: 7, method: 'about', params: {} }));
    expect(answer).toMatchObject({
      id: 7,
      result: { ok: true, value: { version: '0.0.0', shell: 'browser' } },
    });
    socket.close();
  });

  it('without the cookie is refused', async () => {
    expect(await outcome(served.connect({ origin: own() }))).toBe('401');
  });

  it.each(['http://attacker.example', 'null', 'http://127.0.0.1:1', 'https://127.0.0.1'])(
    'from a page of %s is refused, even with the cookie',
    async (origin) => {
      expect(await outcome(served.connect({ cookie: await served.enter(), origin }))).toBe('403');
    },
  );

  it('that names no origin is refused', async () => {
    expect(await outcome(served.connect({ cookie: await served.enter() }))).toBe('403');
  });

  it('to a name from outside is refused', async () => {
    const socket = served.connect({
      cookie: await served.enter(),
      origin: 'http://attacker.example',
      host: 'attacker.example',
    });
    expect(await outcome(socket)).toBe('403');
  });

  it('to another path is refused', async () => {
    const socket = served.connect({ cookie: await served.enter(), origin: own() }, '/other');
    expect(await outcome(socket)).toBe('404');
  });
});

describe('a message', () => {
  it.each(['not json', '[]', '{}', '{"id":"1","method":"about"}', '{"id":1}', 'null'])(
    'that is %s is answered with a refusal',
    async (text) => {
      const socket = await connected();
      expect(await reply(socket, text)).toMatchObject({
        id: null,
        result: { ok: false, problem: { code: 'api/malformed' } },
      });
      // The connection is still good.
      expect(await reply(socket, JSON.stringify({ id: 1, method: 'newProject' }))).toMatchObject({
        id: 1,
        result: { ok: true },
      });
      socket.close();
    },
  );

  it.each(['shutdown', 'subscribe', 'parts', 'close', '__proto__', 'constructor', 'toString'])(
    'that asks for %s is refused',
    async (method) => {
      const socket = await connected();
      const answer = await reply(socket, JSON.stringify({ id: 2, method, params: {} }));
      expect(answer).toMatchObject({ id: 2, result: { ok: false, problem: { code: 'api/unknown-method' } } });
      socket.close();
    },
  );

  it('with wrong parameters is refused by name', async () => {
    const socket = await connected();
    const answer = await reply(socket, JSON.stringify({ id: 3, method: 'openProject', params: { path: 5 } }));
    expect(answer).toMatchObject({ id: 3, result: { ok: false, problem: { code: 'api/bad-request' } } });
    expect(JSON.stringify(answer)).toContain('path');
    socket.close();
  });

  it('that is too large ends the connection, not the server', async () => {
    const socket = await connected();
    const end = closed(socket);
    socket.send(
      JSON.stringify({ id: 4, method: 'openText', params: { name: 'a', text: 'x'.repeat(LARGEST) } }),
    );
    expect(await end).toBe(1009);
    (await connected()).close();
  });

  it('about a file outside the root is refused', async () => {
    writeFileSync(path.join(served.folder, 'outside.axon'), '{}');
    const socket = await connected();
    const answer = await reply(
      socket,
      JSON.stringify({
        id: 5,
        method: 'openProject',
        params: { path: path.join(served.folder, 'outside.axon') },
      }),
    );
    expect(answer).toMatchObject({ result: { ok: false, problem: { code: 'file/outside-root' } } });
    socket.close();
  });

  it('never carries a stack trace back', async () => {
    const socket = await connected();
    for (const [method, params] of [
      ['readRun', { run: '/nowhere' }],
      ['openExample', { name: '../secret' }],
      ['openText', { name: 'x.axon', text: 'not a project' }],
      ['saveProject', { project: 'none', document: {} }],
    ]) {
      const answer = JSON.stringify(await reply(socket, JSON.stringify({ id: 6, method, params })));
      expect(answer).toContain('"ok":false');
      expect(answer).not.toMatch(/\bat .*\.[tj]s:\d+/);
    }
    expect(served.bugs).toEqual([]);
    socket.close();
  });
});
