/** The folder of an export: it appears whole, replaces only what was exported before, and harms nothing else. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { fail, ok } from '../../shared/result';
import { folderReader, modelFiles, writeFolder } from '../../electron/export/tfjs/folder';

let place: string;
beforeEach(() => (place = mkdtempSync(path.join(os.tmpdir(), 'axonry-folder-'))));
afterEach(() => rmSync(place, { recursive: true, force: true }));

const bytes = (text: string) => Buffer.from(text);
const files = (text: string) =>
  new Map([
    ['model.json', bytes(text)],
    ['preparation.json', bytes('{}')],
    ['group1-shard1of1.bin', bytes('x')],
  ]);
const unchecked = () => Promise.resolve(ok(null));
const write = (folder: string, content: ReadonlyMap<string, Uint8Array>) =>
  writeFolder(folder, content, unchecked);
const problem = async (folder: string): Promise<string> => {
  const written = await write(folder, files('new'));
  return written.ok ? 'written' : written.problem.message;
};

describe('the folder', () => {
  it('is made with the folders above it, and nothing stays beside it', async () => {
    const folder = path.join(place, 'a', 'b');
    const written = await write(folder, files('1'));
    expect(written.ok).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['group1-shard1of1.bin', 'model.json', 'preparation.json']);
    expect(readdirSync(path.join(place, 'a'))).toEqual(['b']);
  });
  it('replaces an older export, with files that the new one has no more', async () => {
    const folder = path.join(place, 'a');
    await write(folder, new Map([...files('old'), ['group1-shard2of2.bin', bytes('y')]]));
    expect(await problem(folder)).toBe('written');
    expect(readdirSync(folder).sort()).toEqual(['group1-shard1of1.bin', 'model.json', 'preparation.json']);
    expect(readFileSync(path.join(folder, 'model.json'), 'utf8')).toBe('new');
    expect(readdirSync(place)).toEqual(['a']);
  });
  it('stays as it was where the new model turns out to be wrong', async () => {
    const folder = path.join(place, 'a');
    await write(folder, files('old'));
    const written = await writeFolder(folder, files('new'), (beside) => {
      expect(readFileSync(path.join(beside, 'model.json'), 'utf8')).toBe('new');
      return Promise.resolve(fail('export/differs', 'wrong'));
    });
    expect(written.ok).toBe(false);
    expect(readFileSync(path.join(folder, 'model.json'), 'utf8')).toBe('old');
    expect(readdirSync(place)).toEqual(['a']);
  });
  it('may be an empty folder', async () => {
    mkdirSync(path.join(place, 'empty'));
    expect(await problem(path.join(place, 'empty'))).toBe('written');
  });
  it('is refused where anything else lies in it, and left as it was', async () => {
    const folder = path.join(place, 'site');
    await write(folder, files('old'));
    writeFileSync(path.join(folder, 'index.html'), 'mine');
    expect(await problem(folder)).toContain('already holds other files, as index.html');
    expect(readFileSync(path.join(folder, 'model.json'), 'utf8')).toBe('old');
    expect(existsSync(path.join(folder, 'index.html'))).toBe(true);
  });
  it("is refused where another program's model or a file is", async () => {
    const folder = path.join(place, 'theirs');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'model.json'), '{}');
    expect(await problem(folder)).toContain('a model that was not exported from here');
    writeFileSync(path.join(place, 'file'), '');
    expect(await problem(path.join(place, 'file'))).toContain('is a file');
  });
  it('says so where it cannot be made', async () => {
    writeFileSync(path.join(place, 'file'), '');
    expect(await problem(path.join(place, 'file', 'a'))).toContain('was not saved');
  });
});

describe('weights', () => {
  it('are cut into pieces of 4 MB and come back whole', async () => {
    const weights = Float32Array.from({ length: 2_500_000 }, (_, i) => i / 7);
    const folder = path.join(place, 'large');
    const written = await write(
      folder,
      modelFiles({
        modelTopology: { a: 1 },
        weightSpecs: [{ name: 'w', shape: [2_500_000], dtype: 'float32' }],
        weightData: weights.buffer,
      }),
    );
    expect(written.ok).toBe(true);
    expect(readdirSync(folder).filter((name) => name.endsWith('.bin'))).toEqual(
      [1, 2, 3].map((i) => `group1-shard${i}of3.bin`),
    );
    const read = await folderReader(folder).load?.();
    expect(read?.weightSpecs).toEqual([{ name: 'w', shape: [2_500_000], dtype: 'float32' }]);
    const data = read?.weightData;
    if (!(data instanceof ArrayBuffer)) throw new Error('no weights');
    expect(Buffer.compare(Buffer.from(data), Buffer.from(weights.buffer))).toBe(0);
  });
});
