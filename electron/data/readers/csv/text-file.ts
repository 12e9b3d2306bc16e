/** Looks through a file once, before it is parsed: its hash, how its text is encoded, and whether it is text at all. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { TextDecoder } from 'node:util';
import type { Result } from '../../../../shared/result';
import { fail, ok } from '../../../../shared/result';
import type { ReaderContext } from '../reader';
import { stopped } from '../reader';
import type { SourceFile } from '../source-file';
import { fileProblem } from '../source-file';

export type Encoding = 'utf8' | 'utf16le' | 'latin1';

export interface TextFile extends SourceFile {
  sha256: string;
  encoding: Encoding;
  hasQuotes: boolean;
  /** The first 64 KB as text, without a byte order mark. */
  start: string;
}

export const START_BYTES = 65_536;
const QUOTE = 0x22;

/** First bytes of formats that people take for tables. */
const FORMATS: readonly { bytes: readonly number[]; what: string }[] = [
  { bytes: [0x50, 0x4b, 0x03, 0x04], what: 'a zip archive or a spreadsheet; save the table as CSV' },
  { bytes: [0xd0, 0xcf, 0x11, 0xe0], what: 'an old spreadsheet; save the table as CSV' },
  { bytes: [0x1f, 0x8b], what: 'a gzip archive; unpack it first' },
  { bytes: [0x25, 0x50, 0x44, 0x46], what: 'a PDF; a table is needed as CSV' },
  { bytes: [0x89, 0x50, 0x4e, 0x47], what: 'a picture; a table is needed as CSV' },
  { bytes: [0xff, 0xd8, 0xff], what: 'a picture; a table is needed as CSV' },
  { bytes: [0x50, 0x41, 0x52, 0x31], what: 'a Parquet file; save the table as CSV' },
];

/** `known`: what identifies the file, where that is known already. */
export async function lookThrough(
  file: SourceFile,
  { signal, onProgress }: ReaderContext,
  known: string | null = null,
): Promise<Result<TextFile>> {
  const hash = createHash('sha256');
  const utf8 = new TextDecoder('utf-8', { fatal: true });
  const start: Buffer[] = [];
  let read = 0;
  let isUtf8 = true;
  let hasZeros = false;
  let hasQuotes = false;
  try {
    for await (const chunk of createReadStream(file.path, {
      highWaterMark: 1024 ** 2,
    }) as AsyncIterable<Buffer>) {
      if (signal?.aborted) return stopped(file.name);
      if (read < START_BYTES) start.push(chunk.subarray(0, START_BYTES - read));
      read += chunk.length;
      if (known === null) hash.update(chunk);
      hasZeros ||= chunk.includes(0);
      hasQuotes ||= chunk.includes(QUOTE);
      isUtf8 &&= decodes(utf8, chunk);
      onProgress?.({ message: `Reading ${file.name}`, done: read, total: file.size });
    }
  } catch (error) {
    return fileProblem(error, file.path);
  }
  isUtf8 &&= decodes(utf8);
  const head = Buffer.concat(start);
  const encoding = encodingOf(head, isUtf8);
  const what = notText(head, encoding, hasZeros);
  if (what !== null)
    return fail('data/not-text', `${file.name} is not a table of text: it looks like ${what}.`);
  return ok({
    ...file,
    size: read,
    sha256: known ?? hash.digest('hex'),
    encoding,
    hasQuotes,
    start: decodeStart(head, encoding),
  });
}

/** With no chunk it asks whether the last character was complete. */
function decodes(decoder: TextDecoder, chunk?: Buffer): boolean {
  try {
    decoder.decode(chunk, { stream: chunk !== undefined });
    return true;
  } catch {
    return false;
  }
}

const encodingOf = (head: Buffer, isUtf8: boolean): Encoding =>
  head[0] === 0xff && head[1] === 0xfe ? 'utf16le' : isUtf8 ? 'utf8' : 'latin1';

function notText(head: Buffer, encoding: Encoding, hasZeros: boolean): string | null {
  const format = FORMATS.find(({ bytes }) => bytes.every((byte, i) => head[i] === byte));
  if (format) return format.what;
  if (encoding === 'utf16le') return null;
  const controls = head.filter((byte) => byte < 32 && byte !== 9 && byte !== 10 && byte !== 13).length;
  return hasZeros || controls > head.length / 50
    ? 'a binary file; choose a file with one row per line'
    : null;
}

function decodeStart(head: Buffer, encoding: Encoding): string {
  const text = head.toString(encoding);
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
}
