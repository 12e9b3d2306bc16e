/** The files that a run leaves: what was written comes back, what is broken is named. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readNpy, writeNpy } from '../../../electron/engine/files/npy';
import {
  readSafetensors,
  writeSafetensors,
  type StoredTensor,
} from '../../../electron/engine/files/safetensors';

let folder: string;
beforeEach(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-files-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const tensors = new Map<string, StoredTensor>([
  ['mask', { dtype: 'U8', shape: [3], values: Uint8Array.of(1, 0, 255) }],
  [
    'conv2d_1/kernel',
    { dtype: 'F32', shape: [2, 3], values: Float32Array.of(1.5, -2, 3e-8, Infinity, 0, NaN) },
  ],
  ['step', { dtype: 'I32', shape: [], values: Int32Array.of(-7) }],
  ['nothing', { dtype: 'F32', shape: [0, 4], values: new Float32Array(0) }],
]);

/** A file with this header and as many zero bytes of numbers. */
function withHeader(header: unknown, bytes: number): string {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const file = path.join(folder, 'made.safetensors');
  writeFileSync(file, Buffer.concat([length, text, Buffer.alloc(bytes)]));
  return file;
}
const problemOf = (file: string): string => {
  const read = readSafetensors(file);
  return read.ok ? 'read' : `${read.problem.code}: ${read.problem.message}`;
};

describe('safetensors', () => {
  it('gives back every number, shape, type and note', async () => {
    const file = path.join(folder, 'deeper', 'a.safetensors');
    expect((await writeSafetensors(file, tensors, { epoch: '3', note: 'grün' })).ok).toBe(true);
    const read = readSafetensors(file);
    if (!read.ok) throw new Error(read.problem.message);
    expect(read.value.metadata).toEqual({ epoch: '3', note: 'grün' });
    expect(new Set(read.value.tensors.keys())).toEqual(new Set(tensors.keys()));
    for (const [name, tensor] of tensors) expect(read.value.tensors.get(name)).toEqual(tensor);
  });

  it('leaves nothing beside the file and replaces an older one', async () => {
    const file = path.join(folder, 'a.safetensors');
    await writeSafetensors(file, tensors, {});
    await writeSafetensors(
      file,
      new Map([['x', { dtype: 'F32', shape: [1], values: Float32Array.of(9) }]]),
      {},
    );
    expect(readdirSync(folder)).toEqual(['a.safetensors']);
    const read = readSafetensors(file);
    expect(read.ok && [...read.value.tensors.keys()]).toEqual(['x']);
  });

  it('names a file that is missing, empty or cut off anywhere', async () => {
    const file = path.join(folder, 'a.safetensors');
    expect(problemOf(file)).toMatch(/^file\/missing: .*a\.safetensors/);
    await writeSafetensors(file, tensors, {});
    const whole = readFileSync(file);
    for (const length of [0, 7, 8, 20, whole.length - 1]) {
      writeFileSync(file, whole);
      truncateSync(file, length);
      expect(problemOf(file), `${length} bytes`).toMatch(/^file\/damaged: .*a\.safetensors is damaged/);
    }
  });

  it.each([
    ['a header that is not JSON', withHeaderOf('{"a":'), 'not JSON'],
    ['an entry without offsets', withHeaderOf({ a: { dtype: 'F32', shape: [1] } }), 'not complete'],
    [
      'a size that does not fit the shape',
      withHeaderOf({ a: { dtype: 'F32', shape: [2], data_offsets: [0, 4] } }, 4),
      'does not fit its shape',
    ],
    [
      'tensors that overlap',
      withHeaderOf(
        {
          a: { dtype: 'F32', shape: [2], data_offsets: [0, 8] },
          b: { dtype: 'F32', shape: [1], data_offsets: [4, 8] },
        },
        8,
      ),
      'does not start where',
    ],
    [
      'offsets beyond the end',
      withHeaderOf({ a: { dtype: 'F32', shape: [4], data_offsets: [0, 16] } }, 4),
      'ends within',
    ],
    [
      'bytes after the last tensor',
      withHeaderOf({ a: { dtype: 'U8', shape: [1], data_offsets: [0, 1] } }, 4),
      '3 bytes stand after',
    ],
    [
      'a type that is not known',
      withHeaderOf({ a: { dtype: 'BF16', shape: [1], data_offsets: [0, 2] } }, 2),
      'BF16',
    ],
    [
      'a negative offset',
      withHeaderOf({ a: { dtype: 'U8', shape: [1], data_offsets: [-1, 0] } }, 0),
      'not complete',
    ],
  ])('refuses %s', (_, make, sentence) => {
    expect(problemOf(make())).toContain(sentence);
  });

  it('refuses a header that claims to be larger than the format allows, without reading it', () => {
    const file = path.join(folder, 'huge.safetensors');
    const start = Buffer.alloc(64);
    start.writeBigUInt64LE(200_000_000n);
    writeFileSync(file, start);
    expect(problemOf(file)).toContain('length of its header');
  });

  it('says why a file could not be saved, and keeps the old one', async () => {
    writeFileSync(path.join(folder, 'file'), 'old');
    const written = await writeSafetensors(path.join(folder, 'file', 'a.safetensors'), tensors, {});
    expect(written.ok ? '' : written.problem.message).toMatch(/a\.safetensors was not saved: /);
    expect(readFileSync(path.join(folder, 'file'), 'utf8')).toBe('old');
  });
});

function withHeaderOf(header: unknown, bytes = 0): () => string {
  return () => withHeader(header, bytes);
}

describe('npy', () => {
  it.each([[[6]], [[2, 3]], [[1, 2, 3, 1]]])('gives back shape %j and every number', async (shape) => {
    const file = path.join(folder, 'a.npy');
    const values = Float32Array.of(1, -2.5, 3e-30, 4, NaN, Infinity);
    expect((await writeNpy(file, values, shape)).ok).toBe(true);
    expect(readNpy(file)).toEqual({ ok: true, value: { shape, values } });
    // The format asks that the numbers start at a multiple of 64.
    expect((readFileSync(file).length - values.byteLength) % 64).toBe(0);
  });

  it('names a file that is missing, cut off, of another kind or of another type', async () => {
    const file = path.join(folder, 'a.npy');
    const message = () => {
      const read = readNpy(file);
      return read.ok ? 'read' : read.problem.message;
    };
    expect(message()).toContain('a.npy could not be opened');
    await writeNpy(file, new Float32Array(6), [2, 3]);
    const whole = readFileSync(file);
    for (const length of [0, 9, 40, whole.length - 1]) {
      writeFileSync(file, whole.subarray(0, length));
      expect(message(), `${length} bytes`).toContain('a.npy');
    }
    writeFileSync(file, whole.toString('latin1').replace('<f4', '<f8'), 'latin1');
    expect(message()).toContain('<f8');
  });
});
