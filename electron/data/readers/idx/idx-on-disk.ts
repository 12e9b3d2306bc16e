/** Finds the values of unpacked IDX files where they lie, for pictures that are too many for the memory. */
import { open } from 'node:fs/promises';
import type { Result } from '../../../../shared/result';
import { ok } from '../../../../shared/result';
import { FileValues } from '../../file-values';
import { OpenedFile } from '../../opened-file';
import type { SourceFile } from '../source-file';
import { fileProblem } from '../source-file';
import { parseHeader, wrongLength } from './idx-array';
import type { Header, IdxArray } from './idx-array';

/** The longest header has eight axes. */
const HEADER_BYTES = 4 + 4 * 8;

/** null where the file is packed or ends within its header. */
export async function readIdxHeader({ path, name }: SourceFile): Promise<Result<Header | null>> {
  try {
    const file = await open(path, 'r');
    try {
      const { bytesRead, buffer } = await file.read(Buffer.alloc(HEADER_BYTES), 0, HEADER_BYTES, 0);
      const isPacked = buffer[0] === 0x1f && buffer[1] === 0x8b;
      return isPacked ? ok(null) : parseHeader(buffer.subarray(0, bytesRead), name);
    } finally {
      await file.close();
    }
  } catch (error) {
    return fileProblem(error, path);
  }
}

/** Bytes that the values of a file take in memory. */
export const decodedBytes = ({ type, shape }: Header): number =>
  shape.reduce((product, axis) => product * axis, type.decoded === 'uint8' ? 1 : 4);

/** Problems: the file has another length than its header says. */
export function idxOnDisk({ path, name, size }: SourceFile, header: Header): Result<IdxArray> {
  if (size !== header.total) return wrongLength(name, header, size);
  const { type, shape, begin } = header;
  const piece = {
    file: new OpenedFile(path),
    begin,
    length: (header.total - begin) / type.bytes,
    bytesEach: type.bytes,
    type: type.decoded,
    decode: (bytes: Uint8Array) =>
      type.decode(new DataView(bytes.buffer, bytes.byteOffset, bytes.length), bytes.length / type.bytes),
  };
  return ok({ shape, values: new FileValues([piece]) });
}
