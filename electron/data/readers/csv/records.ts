/**
 * Cuts the text of a table into records. A file without quotation marks is cut at its separators, which is several times as
 * fast; any other goes through the CSV parser.
 */
import { createReadStream } from 'node:fs';
import { CsvError, Parser } from 'csv-parse';
import type { Problem, Result } from '../../../../shared/result';
import { fail, ok } from '../../../../shared/result';
import type { ReaderContext } from '../reader';
import { stopped } from '../reader';
import { fileProblem } from '../source-file';
import type { Delimiter } from './delimiter';
import { WHITESPACE } from './delimiter';
import { PlainRecords } from './plain-records';
import { SpaceCollapser } from './spaces';
import type { TextFile } from './text-file';

/** Cells without spaces around them, the line of the file counted from 1. Answers whether more are wanted. */
export type TakeRecord = (cells: string[], line: number) => boolean;

/** A row longer than this is a quote that was never closed, or no table. In characters. */
export const LONGEST_ROW = 4 * 1024 ** 2;
const CHUNK = 256 * 1024;

interface Sink {
  write(text: string): Promise<void> | void;
  end(): Promise<void> | void;
}

export async function readRecords(
  file: TextFile,
  delimiter: Delimiter,
  take: TakeRecord,
  { signal, onProgress }: ReaderContext,
): Promise<Result<void>> {
  let lastLine = 0;
  let isWanted = true;
  const takeAndRemember = (cells: string[], line: number) => {
    isWanted &&= take(cells, line);
    lastLine = line;
  };
  const plain = file.hasQuotes ? null : new PlainRecords(delimiter, LONGEST_ROW, takeAndRemember);
  const sink = plain ?? parserSink(delimiter, takeAndRemember);
  const chunks = createReadStream(file.path, { encoding: file.encoding, highWaterMark: CHUNK });
  let read = 0;
  try {
    for await (const chunk of chunks as AsyncIterable<string>) {
      if (signal?.aborted) return stopped(file.name);
      await sink.write(chunk);
      if (plain?.isTooLong) return rowTooLong(file.name, lastLine);
      if (!isWanted) return ok(undefined);
      read += CHUNK;
      onProgress?.({ message: `Parsing ${file.name}`, done: Math.min(read, file.size), total: file.size });
    }
    await sink.end();
    return ok(undefined);
  } catch (error) {
    return error instanceof CsvError
      ? parseProblem(error, file.name, lastLine)
      : fileProblem(error, file.path);
  } finally {
    chunks.destroy();
  }
}

/** The streaming parser as something that text is put into. */
function parserSink(delimiter: Delimiter, take: (cells: string[], line: number) => void): Sink {
  const parser = new Parser({
    bom: true,
    delimiter: delimiter === WHITESPACE ? ' ' : delimiter,
    record_delimiter: ['\r\n', '\n', '\r'],
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
    max_record_size: LONGEST_ROW,
    on_record: (record: string[], info) => {
      take(record, info.lines);
      return null;
    },
  });
  const ended = new Promise<void>((resolve, reject) => {
    parser.once('end', resolve);
    parser.once('error', reject);
  });
  ended.catch(() => undefined);
  parser.resume();
  const spaces = delimiter === WHITESPACE ? new SpaceCollapser() : null;
  return {
    write: (text) =>
      new Promise((resolve, reject) => {
        parser.write(spaces?.collapse(text) ?? text, (error) => (error ? reject(error) : resolve()));
      }),
    end: () => {
      parser.end();
      return ended;
    },
  };
}

const placeText = (name: string, lastLine: number) =>
  lastLine === 0 ? `${name}, at its start` : `${name}, after line ${lastLine}`;

function parseProblem({ code }: CsvError, name: string, lastLine: number): { ok: false; problem: Problem } {
  const place = placeText(name, lastLine);
  switch (code) {
    case 'CSV_QUOTE_NOT_CLOSED':
      return fail(
        'data/open-quote',
        `${place}: a quotation mark opens a cell and none closes it. Close it or take it out.`,
      );
    case 'CSV_MAX_RECORD_SIZE':
      return rowTooLong(name, lastLine);
    default:
      return fail(
        'data/bad-csv',
        `${place}: the row cannot be read as CSV. Look for a stray quotation mark.`,
      );
  }
}

const rowTooLong = (name: string, lastLine: number) =>
  fail(
    'data/row-too-long',
    `${placeText(name, lastLine)}: a row is longer than 4 MB. Look for a quotation mark that is not closed, or for missing line breaks.`,
  );
