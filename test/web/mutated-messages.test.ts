/** Messages that no window would send, by a connection that got in: each is answered or ends the connection; the server lives on. */
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type WebSocket from 'ws';
import { hostRequests } from '../../shared/protocol/host-api';
import { full } from '../environment';
import { outcome, reply, serveForTest, type Served } from './served';

const RUNS = full ? 10_000 : 500;
const SEED = 20261121;
const MOST_GROWTH = 600 * 1024 ** 2;

let served: Served;
let socket: WebSocket;
beforeAll(async () => {
  served = await serveForTest();
  socket = served.connect({ cookie: await served.enter(), origin: `http://127.0.0.1:${served.port}` });
  expect(await outcome(socket)).toBe('open');
});
afterAll(async () => {
  socket.close();
  await served.close();
});

const PATHS = [
  '/etc/passwd',
  '../../etc/passwd',
  '..\\..\\x',
  '\0',
  '/proc/self/mem',
  '/dev/zero',
  'a'.repeat(5000),
  '',
];
// An engine is not part of this: those would only say that there is none.
const methods = Object.keys(hostRequests).filter(
  (name) => !['facts', 'samples', 'prepareEngine', 'calibration'].includes(name),
);
const text = fc.oneof(fc.string(), fc.constantFrom(...PATHS), fc.constantFrom('__proto__', 'constructor'));
const odd = fc.oneof(fc.jsonValue({ maxDepth: 3 }), text);
const params = fc.dictionary(
  fc.constantFrom(
    'project',
    'path',
    'run',
    'name',
    'text',
    'document',
    'recovery',
    'overwrite',
    'epochs',
    '__proto__',
  ),
  odd,
);
const message = fc.oneof(
  fc.record({ id: fc.nat(), method: fc.constantFrom(...methods), params: fc.oneof(params, odd) }),
  fc.record({
    id: odd,
    method: fc.oneof(text, fc.constantFrom('toString', 'subscribe', '__proto__')),
    params: odd,
  }),
  odd,
);
const sent = fc.oneof(
  message.map((value) => JSON.stringify(value) ?? 'undefined'),
  fc.string(),
);

it(`${RUNS} forged messages`, async () => {
  const before = process.memoryUsage().rss;
  await fc.assert(
    fc.asyncProperty(sent, async (words) => {
      const answer = JSON.stringify(await reply(socket, words));
      expect(answer).toContain('"ok":');
      expect(answer).not.toMatch(/\bat .*\.[tj]s:\d+|root:.*:0:0/);
    }),
    { numRuns: RUNS, seed: SEED },
  );
  // A mistake of ours would have been told here, and to the window only that there was one.
  expect(served.bugs).toEqual([]);
  expect(process.memoryUsage().rss - before).toBeLessThan(MOST_GROWTH);
  expect(await reply(socket, JSON.stringify({ id: 1, method: 'about', params: {} }))).toMatchObject({
    id: 1,
  });
}, 600_000);
