import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { hostForTest } from './hosted';

const hosted = hostForTest();
afterAll(() => hosted.close());

it('leaves a table that is being read where it is when a person cancels, and reads it when it is asked for again', async () => {
  const { data } = hosted.host.parts;
  const rows = Array.from({ length: 200_000 }, (_, i) => `${i % 97},${i % 31},${i % 7},${i % 3 ? 'a' : 'b'}`);
  const params = { path: path.join(hosted.root, 'long.csv') };
  writeFileSync(params.path, `x,y,z,kind\n${rows.join('\n')}\n`);
  const ask = () => data.facts('CSVTable', params, hosted.root, { project: null, block: 'table' });
  let isOver = false;
  const reading = ask().finally(() => (isOver = true));
  // What was asked before the engine has begun to read stops nothing.
  while (!isOver) await data.stopReading('CSVTable', params, hosted.root);
  expect(await reading).toMatchObject({ ok: false, problem: { code: 'data/stopped' } });
  expect(await ask()).toMatchObject({ ok: true, value: { n: 200_000 } });
});
