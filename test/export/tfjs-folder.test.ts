/** The folder of an export: it appears whole, replaces only what was exported before, and harms nothing else. */
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { folderReader, modelFiles, writeFolder } from '../../electron/export/tfjs/folder';

let place: string;
beforeEach(() => (place = mkdtempSync(path.join(os.tmpdir(), 'axonry-folder-'))));
afterEach(() => rmSync(place, { recursive: true, force: true }));

const bytes = (text: string) => Buffer.from(text);
const files = (text: string) => new Map([['model.json', bytes(text)], ['preparation.json', bytes('{}')], ['group1-shard1of1.bin', bytes('x')]]);
const problem = (folder: string): string => {
  const written = writeFolder(folder, files('new'));
  return written.ok ? 'written' : written.problem.message;
};

describe('the folder', () => {
  it('is made with the folders above it, and nothing stays beside it', () => {
    const folder = path.join(place, 'a', 'b');
    const written = writeFolder(folder, files('1'));
    expect(written).toEqual({ ok: true, value: ['model.json', 'preparation.json', 'group1-shard1of1.bin'].map((name) => path.join(folder, name)) });
    expect(readdirSync(path.join(place, 'a'))).toEqual(['b']);
  });
  it('replaces an older export, with files that the new one has no more', () => {
    const folder = path.join(place, 'a');
    writeFolder(folder, new Map([...files('old'), ['group1-shard2of2.bin', bytes('y')]]));
    expect(problem(folder)).toBe('written');
    expect(readdirSync(folder).sort()).toEqual(['group1-shard1of1.bin', 'model.json', 'preparation.json']);
    expect(readFileSync(path.join(folder, 'model.json'), 'utf8')).toBe('new');
    expect(readdirSync(place)).toEqual(['a']);
  });
  it('may be an empty folder', () => {
    mkdirSync(path.join(place, 'empty'));
    expect(problem(path.join(place, 'empty'))).toBe('written');
  });
  it('is refused where anything else lies in it, and left as it was', () => {
    const folder = path.join(place, 'site');
    writeFolder(folder, files('old'));
    writeFileSync(path.join(folder, 'index.html'), 'mine');
    expect(problem(folder)).toContain('already holds other files, as index.html');
    expect(readFileSync(path.join(folder, 'model.json'), 'utf8')).toBe('old');
    expect(existsSync(path.join(folder, 'index.html'))).toBe(true);
  });
  it("is refused where another program's model or a file is", () => {
    const folder = path.join(place, 'theirs');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'model.json'), '{}');
    expect(problem(folder)).toContain('a model that was not exported from here');
    writeFileSync(path.join(place, 'file'), '');
    expect(problem(path.join(place, 'file'))).toContain('is a file');
  });
  it('says so where it cannot be made', () => {
    writeFileSync(path.join(place, 'file'), '');
    expect(problem(path.join(place, 'file', 'a'))).toContain('was not saved');
  });
});

describe('weights', () => {
  it('are cut into pieces of 4 MB and come back whole', async () => {
    const weights = Float32Array.from({ length: 2_500_000 }, (_, i) => i / 7);
    const folder = path.join(place, 'large');
    const written = writeFolder(folder, modelFiles({ modelTopology: { a: 1 }, weightSpecs: [{ name: 'w', shape: [2_500_000], dtype: 'float32' }], weightData: weights.buffer }));
    expect(written.ok).toBe(true);
    expect(readdirSync(folder).filter((name) => name.endsWith('.bin'))).toEqual([1, 2, 3].map((i) => `group1-shard${i}of3.bin`));
    const read = await folderReader(folder).load?.();
    expect(read?.weightSpecs).toEqual([{ name: 'w', shape: [2_500_000], dtype: 'float32' }]);
    const data = read?.weightData;
    if (!(data instanceof ArrayBuffer)) throw new Error('no weights');
    expect(Buffer.compare(Buffer.from(data), Buffer.from(weights.buffer))).toBe(0);
  });
});
