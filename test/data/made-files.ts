/** Makes small files for the tests of readers, in a folder that disappears with the test file. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { afterAll } from 'vitest';
import type { DataColumn } from '../../electron/data/data-set';
import { inMemory, type NumberValues } from '../../electron/data/values';
import type { DataFacts } from '../../shared/document/facts';
import type { Result } from '../../shared/result';

export function temporaryFolder(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'axonry-data-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export function writeIn(folder: string, name: string, content: string | Uint8Array): string {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, content);
  return file;
}

const TYPES = {
  ubyte: {
    code: 0x08,
    bytes: 1,
    write: (view: DataView, at: number, value: number) => view.setUint8(at, value),
  },
  byte: {
    code: 0x09,
    bytes: 1,
    write: (view: DataView, at: number, value: number) => view.setInt8(at, value),
  },
  short: {
    code: 0x0b,
    bytes: 2,
    write: (view: DataView, at: number, value: number) => view.setInt16(at, value),
  },
  int: {
    code: 0x0c,
    bytes: 4,
    write: (view: DataView, at: number, value: number) => view.setInt32(at, value),
  },
  float: {
    code: 0x0d,
    bytes: 4,
    write: (view: DataView, at: number, value: number) => view.setFloat32(at, value),
  },
  double: {
    code: 0x0e,
    bytes: 8,
    write: (view: DataView, at: number, value: number) => view.setFloat64(at, value),
  },
};
export type IdxType = keyof typeof TYPES;

/** The bytes of an IDX file. Missing values are 0. */
export function idxBytes(type: IdxType, shape: readonly number[], values: readonly number[] = []): Buffer {
  const { code, bytes, write } = TYPES[type];
  const begin = 4 + 4 * shape.length;
  const buffer = Buffer.alloc(begin + bytes * shape.reduce((product, axis) => product * axis, 1));
  buffer[2] = code;
  buffer[3] = shape.length;
  shape.forEach((axis, i) => buffer.writeUInt32BE(axis, 4 + 4 * i));
  const view = new DataView(buffer.buffer, buffer.byteOffset);
  values.forEach((value, i) => write(view, begin + i * bytes, value));
  return buffer;
}

/** A folder with `n` pictures of 2 × 3 pixels, pixel k of picture i being 10i + k, and labels 0, 1, 0, 1 … */
export function writePictures(
  folder: string,
  prefix: string,
  n: number,
  { gzip = false, dots = false } = {},
) {
  const pixels = Array.from({ length: n * 6 }, (_, at) => 10 * Math.floor(at / 6) + (at % 6));
  const files = {
    [`${prefix}-images${dots ? '.' : '-'}idx3-ubyte`]: idxBytes('ubyte', [n, 2, 3], pixels),
    [`${prefix}-labels${dots ? '.' : '-'}idx1-ubyte`]: idxBytes(
      'ubyte',
      [n],
      Array.from({ length: n }, (_, i) => i % 2),
    ),
  };
  for (const [name, bytes] of Object.entries(files)) {
    writeIn(folder, gzip ? `${name}.gz` : name, gzip ? gzipSync(bytes) : bytes);
  }
}

export function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.code}: ${result.problem.message}`);
  return result.value;
}

export function problemOf<T>(result: Result<T>): { code: string; message: string } {
  if (result.ok) throw new Error('expected a problem');
  return result.problem;
}

export function columnOf(facts: DataFacts, name: string): DataFacts['columns'][number] {
  const column = facts.columns.find((candidate) => candidate.name === name);
  if (column === undefined)
    throw new Error(`no column ${name} among ${facts.columns.map((c) => c.name).join(', ')}`);
  return column;
}

export const codesOf = (facts: DataFacts): string[] => facts.problems.map(({ code }) => code);

export const valuesIn = ({ values }: Pick<DataColumn, 'values'>): (number | string)[] =>
  Array.isArray(values) ? values : numbersIn({ values });

export const numbersIn = ({ values }: { values: NumberValues }): number[] => [...inMemory(values)];

/** The bytes as they could arrive from a disk. */
export const chunksOf = (bytes: Buffer, size: number): Readable =>
  Readable.from(
    Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
      bytes.subarray(i * size, (i + 1) * size),
    ),
  );
