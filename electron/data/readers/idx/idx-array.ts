/**
 * Decodes the IDX format (MNIST's): two zero bytes, a type byte, the number of axes, the length of each axis as a
 * big-endian 32-bit integer, then the values, big-endian, last axis fastest.
 */
import type { Problem, Result } from '../../../../shared/result';
import { fail, ok } from '../../../../shared/result';
import type { Numbers, NumberType } from '../../numbers';
import type { NumberValues } from '../../values';
import { bytesText } from '../source-file';

export interface IdxArray {
  shape: number[];
  values: NumberValues;
}

/** What one file may decode to in memory. */
export const LARGEST_ARRAY = 2 * 1024 ** 3;
const MOST_AXES = 8;
const FIRST_BUFFER = 1024 ** 2;

interface ValueType {
  bytes: number;
  decoded: NumberType;
  decode(view: DataView, count: number): Numbers;
}

const integers = (read: (view: DataView, at: number) => number, bytes: number): ValueType => ({
  bytes,
  decoded: 'int32',
  decode: (view, count) => Int32Array.from({ length: count }, (_, i) => read(view, i * bytes)),
});
const floats = (read: (view: DataView, at: number) => number, bytes: number): ValueType => ({
  bytes,
  decoded: 'float32',
  decode: (view, count) => Float32Array.from({ length: count }, (_, i) => read(view, i * bytes)),
});

const TYPES: Readonly<Record<number, ValueType | undefined>> = {
  0x08: {
    bytes: 1,
    decoded: 'uint8',
    decode: (view, count) => new Uint8Array(view.buffer, view.byteOffset, count),
  },
  0x09: integers((view, at) => view.getInt8(at), 1),
  0x0b: integers((view, at) => view.getInt16(at), 2),
  0x0c: integers((view, at) => view.getInt32(at), 4),
  0x0d: floats((view, at) => view.getFloat32(at), 4),
  0x0e: floats((view, at) => view.getFloat64(at), 8),
};

export interface Header {
  type: ValueType;
  shape: number[];
  /** Where the values begin. */
  begin: number;
  /** Bytes of the whole file, unpacked. */
  total: number;
}

type Failure = { ok: false; problem: Problem };

/** null while too few bytes have come. */
export function parseHeader(bytes: Buffer, name: string): Result<Header | null> {
  if (bytes.length < 4) return ok(null);
  const type = TYPES[bytes[2]];
  const axes = bytes[3];
  if (bytes[0] !== 0 || bytes[1] !== 0 || type === undefined || axes === 0 || axes > MOST_AXES) {
    const seen = bytes
      .subarray(0, 4)
      .toString('hex')
      .replace(/(..)(?!$)/g, '$1 ');
    const message = `${name} is not an IDX file: it begins with ${seen}, where MNIST's pictures begin with 00 00 08 03 and labels with 00 00 08 01. Get the file again, or choose another folder.`;
    return fail('data/not-idx', message);
  }
  const begin = 4 + 4 * axes;
  if (bytes.length < begin) return ok(null);
  const shape = Array.from({ length: axes }, (_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  if (shape.some((length) => length === 0)) {
    return fail(
      'data/empty-file',
      `${name} holds nothing: its sizes are ${shape.join(' × ')}. Get the file again.`,
    );
  }
  const total = begin + shape.reduce((product, length) => product * length, type.bytes);
  return ok({ type, shape, begin, total });
}

function tooLarge(name: string, { shape, total }: Header, most: number): Failure {
  const message = `${name} declares ${shape.join(' × ')} values, which is ${bytesText(total)}; up to ${bytesText(most)} are read into memory. Unpack it where it is packed: pictures that lie unpacked on the disk are read from there, however many they are. Or the file is damaged.`;
  return fail('data/too-large', message);
}

/** Grows with what really comes, not with what a damaged header declares. */
class ByteStore {
  private buffer = Buffer.alloc(FIRST_BUFFER);
  length = 0;

  append(chunk: Uint8Array, most: number) {
    const needed = this.length + chunk.length;
    if (needed > this.buffer.length) {
      const larger = Buffer.alloc(Math.max(needed, Math.min(this.buffer.length * 2, Math.max(most, needed))));
      this.buffer.copy(larger, 0, 0, this.length);
      this.buffer = larger;
    }
    this.buffer.set(chunk, this.length);
    this.length = needed;
  }

  get bytes(): Buffer {
    return this.buffer.subarray(0, this.length);
  }
}

export const wrongLength = (name: string, { shape, total }: Header, length: number): Failure => {
  const values = shape.join(' × ');
  const message =
    length < total
      ? `${name} is cut short: ${values} values need ${total} bytes, and ${length} are there. Get the file again.`
      : `${name} is longer than its header says: ${values} values need ${total} bytes, and more are there. Get the file again.`;
  return fail(length < total ? 'data/truncated' : 'data/too-long', message);
};

/** `chunks` are the unpacked bytes of the file, which are at most so many. */
export async function decodeIdx(
  chunks: AsyncIterable<Uint8Array>,
  name: string,
  most = LARGEST_ARRAY,
): Promise<Result<IdxArray>> {
  const store = new ByteStore();
  let header: Header | null = null;
  for await (const chunk of chunks) {
    if (header !== null && store.length + chunk.length > header.total) {
      return wrongLength(name, header, store.length + chunk.length);
    }
    store.append(chunk, header?.total ?? 0);
    if (header !== null) continue;
    const parsed = parseHeader(store.bytes, name);
    if (!parsed.ok) return parsed;
    header = parsed.value;
    if (header !== null && header.total > most) return tooLarge(name, header, most);
  }
  if (store.length === 0) return fail('data/empty-file', `${name} is empty. Get the file again.`);
  if (header === null) {
    return fail(
      'data/truncated',
      `${name} is cut short: it ends after ${store.length} bytes, within its header. Get the file again.`,
    );
  }
  if (store.length !== header.total) return wrongLength(name, header, store.length);
  const { buffer, byteOffset } = store.bytes;
  const view = new DataView(buffer, byteOffset + header.begin, header.total - header.begin);
  const count = view.byteLength / header.type.bytes;
  return ok({ shape: header.shape, values: header.type.decode(view, count) });
}
