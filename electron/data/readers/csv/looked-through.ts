/**
 * Owns when the file of a table is looked through, which is once and only where that must be, and whether the table fits
 * into memory.
 */
import type { Result } from '../../../../shared/result';
import { ok } from '../../../../shared/result';
import { HASHED_WHOLE, hashFile } from '../../hash-file';
import { roomForSource } from '../../room';
import type { ReaderContext } from '../reader';
import { fileProblem, type SourceFile } from '../source-file';
import { guessSeparation, WHITESPACE } from './delimiter';
import { MOST_CELLS } from './table';
import { lookThrough, START_BYTES, type TextFile } from './text-file';

/** While a table is read each of its cells is a number of 64 bits in an array that has room to grow, then one of 32. */
const BYTES_IN_MEMORY = 20;
const BYTES_PREPARED = 8;

const linesIn = (text: string): number => (text.match(/\r\n?|\n/g)?.length ?? 0) + 1;

function cellsIn(text: string): number {
  const { delimiter } = guessSeparation(text);
  if (delimiter === WHITESPACE) return text.match(/\S+/g)?.length ?? 0;
  return text.split(delimiter).length - 1 + linesIn(text);
}

type Begun = Pick<TextFile, 'start' | 'size'>;

/** How many there are in the whole file, where its other lines are like the first ones. */
const inAll = ({ size, start }: Begun, count: (text: string) => number): number =>
  (count(start) / Math.min(size, START_BYTES)) * size;

/** That the cells take on the disk, with the number of the line for each row. */
export const bytesOfCells = (file: Begun): number =>
  Math.round(BYTES_PREPARED * (inAll(file, cellsIn) + inAll(file, linesIn)));

export class LookedThrough {
  private looked: Result<TextFile> | null = null;

  constructor(
    private readonly source: SourceFile,
    private readonly context: ReaderContext,
  ) {}

  /** What identifies the file. */
  async sha256(): Promise<Result<string>> {
    if (this.source.size > HASHED_WHOLE) return this.hash();
    const file = await this.file();
    return file.ok ? ok(file.value.sha256) : file;
  }

  async file(): Promise<Result<TextFile>> {
    this.looked ??= await this.look();
    return this.looked;
  }

  /** A file that is not hashed whole is not read whole either before it must be. */
  isLarge(): boolean {
    if (this.looked === null) return true;
    if (!this.looked.ok) return false;
    const cells = inAll(this.looked.value, cellsIn);
    const { room = roomForSource() } = this.context;
    return cells > MOST_CELLS || cells * BYTES_IN_MEMORY > room;
  }

  private async look(): Promise<Result<TextFile>> {
    if (this.source.size <= HASHED_WHOLE) return lookThrough(this.source, this.context);
    const known = await this.hash();
    return known.ok ? lookThrough(this.source, this.context, known.value) : known;
  }

  private async hash(): Promise<Result<string>> {
    try {
      return ok(await hashFile(this.source));
    } catch (error) {
      return fileProblem(error, this.source.path);
    }
  }
}
