/**
 * Owns NumPy's .npy format for float32 arrays (https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html).
 * Predictions are written in it, so that `numpy.load` opens them.
 */
import { readFileSync } from 'node:fs';
import { fail, ok, type Result } from '../../../shared/result';
import { writeAtomically } from './write-atomically';

export interface NpyArray {
  /** Row-major. */
  shape: number[];
  values: Float32Array;
}

const MAGIC = Buffer.from('\x93NUMPY', 'latin1');
/** Magic, two version bytes, two bytes of header length. */
const PREFIX = 10;

function npyHeader(shape: readonly number[]): Buffer {
  const tuple = shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
  const dictionary = `{'descr': '<f4', 'fortran_order': False, 'shape': ${tuple}, }`;
  // The numbers start at a multiple of 64; a line feed ends the header.
  const length = Math.ceil((PREFIX + dictionary.length + 1) / 64) * 64;
  const header = Buffer.alloc(length, ' ');
  MAGIC.copy(header);
  header.writeUInt8(1, 6);
  header.writeUInt8(0, 7);
  header.writeUInt16LE(length - PREFIX, 8);
  header.write(dictionary, PREFIX, 'latin1');
  header.write('\n', length - 1, 'latin1');
  return header;
}

/** Replaces `file` only once everything is on the disk. */
export async function writeNpy(
  file: string,
  values: Float32Array,
  shape: readonly number[],
): Promise<Result<null>> {
  const count = shape.reduce((product, size) => product * size, 1);
  if (count !== values.length)
    throw new Error(`${values.length} values do not have the shape [${shape.join(', ')}]`);
  return writeAtomically(file, [
    npyHeader(shape),
    new Uint8Array(values.buffer, values.byteOffset, values.byteLength),
  ]);
}

const damaged = (file: string, what: string) =>
  fail('file/damaged', `${file} ${what}. Evaluate the run again to write it anew.`);

/** Header of version 1 (two bytes of length) or 2 and 3 (four bytes). */
function splitHeader(bytes: Buffer): { header: string; start: number } | null {
  if (bytes.length < PREFIX || !bytes.subarray(0, MAGIC.length).equals(MAGIC)) return null;
  const long = bytes.readUInt8(6) > 1;
  if (long && bytes.length < PREFIX + 2) return null;
  const from = long ? PREFIX + 2 : PREFIX;
  const start = from + (long ? bytes.readUInt32LE(8) : bytes.readUInt16LE(8));
  return start > bytes.length ? null : { header: bytes.toString('latin1', from, start), start };
}

/** A float32 array in C order, as `writeNpy` and `numpy.save` write it. Problems: `file/missing`, `file/damaged`. */
export function readNpy(file: string): Result<NpyArray> {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    return fail(
      'file/missing',
      `${file} could not be opened (${(error as NodeJS.ErrnoException).code}). Check that it is there and can be read.`,
    );
  }
  const split = splitHeader(bytes);
  if (split === null) return damaged(file, 'is not a NumPy array file');
  const type = /'descr':\s*'([^']*)'/.exec(split.header)?.[1];
  const tuple = /'shape':\s*\(([^)]*)\)/.exec(split.header)?.[1];
  if (type === undefined || tuple === undefined)
    return damaged(file, 'has a header that does not say type and shape');
  if (type !== '<f4' || !/'fortran_order':\s*False/.test(split.header)) {
    return damaged(
      file,
      `holds numbers of the type ${type}; float32 values in row order (<f4) are read here`,
    );
  }
  const shape = tuple
    .split(',')
    .map((size) => size.trim())
    .filter((size) => size !== '')
    .map(Number);
  const count = shape.reduce((product, size) => product * size, 1);
  if (!Number.isSafeInteger(count) || bytes.length - split.start !== count * 4) {
    return damaged(
      file,
      `has ${bytes.length - split.start} bytes of numbers for the shape [${shape.join(', ')}]`,
    );
  }
  return ok({ shape, values: new Float32Array(new Uint8Array(bytes.subarray(split.start)).buffer) });
}
