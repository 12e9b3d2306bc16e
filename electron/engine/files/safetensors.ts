/**
 * Owns the safetensors format (https://huggingface.co/docs/safetensors): a JSON header with names, types, shapes and
 * offsets, then the numbers, little-endian. Checkpoints are written in it, so that Python opens them.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { z } from 'zod';
import { fail, ok, type Result } from '../../../shared/result';
import type { Heed } from './slices';
import { writeAtomically } from './write-atomically';

export type StoredTensor =
  | { dtype: 'F32'; shape: readonly number[]; values: Float32Array }
  | { dtype: 'I32'; shape: readonly number[]; values: Int32Array }
  | { dtype: 'U8'; shape: readonly number[]; values: Uint8Array };
export type TensorMap = Map<string, StoredTensor>;
export interface SafetensorsContent {
  tensors: TensorMap;
  metadata: Record<string, string>;
}

/** The format's own bound. */
const MAX_HEADER = 100_000_000;
const METADATA = '__metadata__';
const bytesOf = { F32: 4, I32: 4, U8: 1 } as const;

const asBytes = (values: Float32Array | Int32Array | Uint8Array): Uint8Array =>
  new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
const countOf = (shape: readonly number[]): number => shape.reduce((product, size) => product * size, 1);

/** Four-byte types stand before single bytes, so that every tensor starts at a multiple of its own size. */
const inFileOrder = (tensors: ReadonlyMap<string, StoredTensor>): [string, StoredTensor][] =>
  [...tensors].sort(([, a], [, b]) => bytesOf[b.dtype] - bytesOf[a.dtype]);

function headerBytes(
  tensors: readonly [string, StoredTensor][],
  metadata: Record<string, string>,
): Uint8Array {
  const header: Record<string, unknown> = { [METADATA]: metadata };
  let offset = 0;
  for (const [name, { dtype, shape, values }] of tensors) {
    if (countOf(shape) !== values.length)
      throw new Error(`${name} has ${values.length} values for the shape [${shape.join(', ')}]`);
    header[name] = { dtype, shape, data_offsets: [offset, offset + values.byteLength] };
    offset += values.byteLength;
  }
  const text = Buffer.from(JSON.stringify(header), 'utf8');
  const padded = Buffer.alloc(8 + Math.ceil(text.length / 8) * 8, ' ');
  padded.writeBigUInt64LE(BigInt(padded.length - 8), 0);
  text.copy(padded, 8);
  return padded;
}

/** Replaces `file` only once everything is written; the problem is a disk that is full or closed to us. */
export async function writeSafetensors(
  file: string,
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata: Record<string, string> = {},
  heed?: Heed,
  isDurable?: boolean,
): Promise<Result<null>> {
  const ordered = inFileOrder(tensors);
  return writeAtomically(
    file,
    [headerBytes(ordered, metadata), ...ordered.map(([, tensor]) => asBytes(tensor.values))],
    heed,
    isDurable,
  );
}

const tensorHeader = z.object({
  dtype: z.string(),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});
type TensorHeader = z.infer<typeof tensorHeader>;
const fileHeader = z.record(z.string(), z.unknown());
const metadataHeader = z.record(z.string(), z.string());

const damaged = (file: string, what: string) =>
  fail('file/damaged', `${file} is damaged: ${what}. Take another checkpoint or train again.`);

function readAt(handle: number, position: number, length: number): Buffer {
  const bytes = Buffer.alloc(length);
  for (let at = 0; at < length;) {
    const got = readSync(handle, bytes, at, length - at, position + at);
    if (got === 0) throw new Error('the file became shorter while it was read');
    at += got;
  }
  return bytes;
}

function parseHeader(
  text: string,
): Result<{ entries: [string, TensorHeader][]; metadata: Record<string, string> }, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return { ok: false, problem: 'its header is not JSON' };
  }
  const header = fileHeader.safeParse(parsed);
  if (!header.success) return { ok: false, problem: 'its header is not a list of tensors' };
  const { [METADATA]: notes = {}, ...rest } = header.data;
  const metadata = metadataHeader.safeParse(notes);
  if (!metadata.success) return { ok: false, problem: 'its metadata are not texts' };
  const entries: [string, TensorHeader][] = [];
  for (const [name, value] of Object.entries(rest)) {
    const entry = tensorHeader.safeParse(value);
    if (!entry.success) return { ok: false, problem: `the header of the tensor ${name} is not complete` };
    entries.push([name, entry.data]);
  }
  return ok({ entries, metadata: metadata.data });
}

const isKnownType = (dtype: string): dtype is StoredTensor['dtype'] => Object.hasOwn(bytesOf, dtype);

/** The tensors must lie one after another and fill the file: no hole, no overlap, nothing after the end. */
function layoutProblem(entries: readonly [string, TensorHeader][], bytesLeft: number): string | null {
  const sorted = [...entries].sort(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  let end = 0;
  for (const [name, { dtype, shape, data_offsets }] of sorted) {
    if (!isKnownType(dtype))
      return `the tensor ${name} holds numbers of the type ${dtype}, which is not read here`;
    if (data_offsets[0] !== end) return `the tensor ${name} does not start where the one before it ends`;
    if (data_offsets[1] - data_offsets[0] !== countOf(shape) * bytesOf[dtype])
      return `the size of the tensor ${name} does not fit its shape [${shape.join(', ')}]`;
    end = data_offsets[1];
    if (end > bytesLeft) return `it ends within the tensor ${name}`;
  }
  return end === bytesLeft ? null : `${bytesLeft - end} bytes stand after its last tensor`;
}

function storedTensor(dtype: StoredTensor['dtype'], shape: number[], bytes: Buffer): StoredTensor {
  // The copy starts at offset 0 of a buffer of its own, as typed arrays of four bytes need it.
  const { buffer } = new Uint8Array(bytes);
  if (dtype === 'F32') return { dtype, shape, values: new Float32Array(buffer) };
  if (dtype === 'I32') return { dtype, shape, values: new Int32Array(buffer) };
  return { dtype, shape, values: new Uint8Array(buffer) };
}

function readOpen(file: string, handle: number): Result<SafetensorsContent> {
  const size = fstatSync(handle).size;
  if (size < 8) return damaged(file, `it has only ${size} bytes`);
  const headerSize = Number(readAt(handle, 0, 8).readBigUInt64LE(0));
  if (headerSize > MAX_HEADER || headerSize > size - 8)
    return damaged(file, 'it does not start with the length of its header');
  const header = parseHeader(readAt(handle, 8, headerSize).toString('utf8'));
  if (!header.ok) return damaged(file, header.problem);
  const start = 8 + headerSize;
  const problem = layoutProblem(header.value.entries, size - start);
  if (problem !== null) return damaged(file, problem);
  const tensors: TensorMap = new Map();
  for (const [
    name,
    {
      dtype,
      shape,
      data_offsets: [from, to],
    },
  ] of header.value.entries) {
    if (isKnownType(dtype))
      tensors.set(name, storedTensor(dtype, shape, readAt(handle, start + from, to - from)));
  }
  return ok({ tensors, metadata: header.value.metadata });
}

/** Everything in the file. Problems: `file/missing` (not there or not readable) and `file/damaged`, each naming the file. */
export function readSafetensors(file: string): Result<SafetensorsContent> {
  let handle: number;
  try {
    handle = openSync(file, 'r');
  } catch (error) {
    return fail(
      'file/missing',
      `${file} could not be opened (${(error as NodeJS.ErrnoException).code}). Check that it is there and can be read.`,
    );
  }
  try {
    return readOpen(file, handle);
  } catch (error) {
    return damaged(file, error instanceof Error ? error.message : String(error));
  } finally {
    closeSync(handle);
  }
}
