/** Coming in: the token, the cookie, and who is turned away. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startWebServer } from '../../electron/web/web-server';
import type { HostApi } from '../../shared/protocol/host-api';
import { serveForTest, type Served } from './served';

let served: Served;
beforeAll(async () => {
  served = await serveForTest();
});
afterAll(() => served.close());

const tokenPath = (): string => `/?token=${new URL(served.address()).searchParams.get('token') ?? ''}`;

describe('the printed address', () => {
  it('buys a cookie that scripts cannot read and other sites cannot send, and leads to a clean address', async () => {
    const answer = await served.get(tokenPath());
    expect(answer.status).toBe(303);
    expect(answer.headers.location).toBe('/');
    const cookie = answer.headers['set-cookie']?.[0] ?? '';
    expect(cookie).toMatch(/HttpOnly/);
    expect(cookie).toMatch(/SameSite=Strict/);
    const page = await served.get('/', { cookie: cookie.split(';')[0] });
    expect(page.status).toBe(200);
    expect(page.text).toContain('The window');
  });

  it('opens once', async () => {
    const address = tokenPath();
    expect((await served.get(address)).status).toBe(303);
    const again = await served.get(address);
    expect(again.status).toBe(403);
    expect(again.headers['set-cookie']).toBeUndefined();
    expect(again.text).toContain('Press Enter in the terminal');
  });

  it('may be loaded again by the browser that used it', async () => {
    const address = tokenPath();
    const cookie = (await served.get(address)).headers['set-cookie']?.[0].split(';')[0] ?? '';
    expect((await served.get(address, { cookie })).status).toBe(303);
  });

  it.each(['wrong', '', 'a'.repeat(43)])('with the token %j is refused', async (token) => {
    const answer = await served.get(`/?token=${token}`);
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });
});

describe('a browser without the cookie', () => {
  it('sees no file', async () => {
    expect((await served.get('/')).status).toBe(403);
    expect((await served.get('/app-1a2b.js')).status).toBe(403);
  });

  it('does not get in with a cookie that it made up', async () => {
    expect((await served.get('/', { cookie: `axonry-${served.port}=${'a'.repeat(43)}` })).status).toBe(403);
  });
});

describe('a name that was pointed at this computer from outside', () => {
  it.each([
    'attacker.example',
    'attacker.example:80',
    '127.0.0.1.attacker.example',
    '[::1].attacker.example',
  ])('is refused, even with the cookie: Host %j', async (host) => {
    const cookie = await served.enter();
    const answer = await served.get('/', { cookie, host });
    expect(answer.status).toBe(403);
    expect(answer.text).not.toContain('The window');
  });

  it('cannot exchange the token', async () => {
    const answer = await served.get(tokenPath(), { host: 'attacker.example' });
    expect(answer.status).toBe(403);
    expect(answer.headers['set-cookie']).toBeUndefined();
  });

  it('localhost is this computer', async () => {
    const cookie = await served.enter();
    expect((await served.get('/', { cookie, host: `localhost:${served.port}` })).status).toBe(200);
  });
});

describe('what comes with every answer', () => {
  it('forbids foreign scripts, frames and guessing of types', async () => {
    const cookie = await served.enter();
    const { headers } = await served.get('/', { cookie });
    const policy = String(headers['content-security-policy']);
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("style-src 'self' 'unsafe-inline'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`ws://127.0.0.1:${served.port}`);
    expect(headers['x-content-type-options']).toBe('nosniff');
  });

  it('keeps pages out of caches, and scripts in them', async () => {
    const cookie = await served.enter();
    expect((await served.get('/', { cookie })).headers['cache-control']).toBe('no-store');
    expect((await served.get('/app-1a2b.js', { cookie })).headers['cache-control']).toContain('max-age');
  });
});

describe('files outside the window', () => {
  it.each([
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e%2fsecret.txt',
    '/..%5csecret.txt',
    '//../secret.txt',
    '/./../secret.txt',
    '/app-1a2b.js/../../secret.txt',
    '/%00/secret.txt',
    '/%E0%A4%A',
  ])('cannot be named by %s', async (urlPath) => {
    const cookie = await served.enter();
    const answer = await served.get(urlPath, { cookie });
    expect(answer.status).toBe(404);
    expect(answer.text).not.toContain('not for the window');
  });

  it('are not there for other methods either', async () => {
    const cookie = await served.enter();
    expect((await served.get('/', { cookie }, 'POST')).status).toBe(405);
    expect((await served.get('/', { cookie }, 'DELETE')).status).toBe(405);
  });
});

describe('a port that is in use', () => {
  const options = { api: {} as HostApi, folder: '/', onBug: () => undefined };

  it('that was asked for is refused with one that is free', async () => {
    const refused = await startWebServer({ ...options, port: served.port });
    expect(refused.ok).toBe(false);
    if (refused.ok) return;
    expect(refused.problem.code).toBe('serve/port-in-use');
    expect(refused.problem.message).toMatch(
      new RegExp(`Port ${served.port} is used by another program. Try --port \\d+, which is free`),
    );
  });

  it('that was not asked for is left for the next one', async () => {
    const first = await startWebServer(options);
    const second = await startWebServer(options);
    expect(first.ok && second.ok).toBe(true);
    if (!first.ok || !second.ok) return;
    expect(second.value.port).toBeGreaterThan(first.value.port);
    await Promise.all([first.value.close(), second.value.close()]);
  });
});
