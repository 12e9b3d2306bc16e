/**
 * Owns numbers that stay in the files that they came with: rows are read when they are asked for, or brought before that
 * by reads that go on beside other work. Knows no file format: how bytes become numbers is told with each piece.
 */
import { asType, newNumbers, widest, type Numbers, type NumberType } from './numbers';
import type { OpenedFile } from './opened-file';

/** Values of whole rows that stand one behind the other in a file. */
export interface FilePiece {
  file: OpenedFile;
  /** Where the first one stands, in bytes. */
  begin: number;
  /** How many there are. */
  length: number;
  /** Of one value in the file. */
  bytesEach: number;
  type: NumberType;
  /** What some of its bytes mean. May share their memory. */
  decode: (bytes: Uint8Array) => Numbers;
}

interface PlacedPiece extends FilePiece {
  /** The place of its first value among all. */
  first: number;
}

/** What is done to values after they were read: each `from` of them become `to`. */
interface Change {
  from: number;
  to: number;
  type: NumberType;
  /** Of any number of whole groups. May give its argument back, and keeps nothing of it. */
  of: (values: Numbers) => Numbers;
}

/** Rows that were read before they were asked for, in one block of memory. */
interface Brought {
  bytes: Uint8Array;
  /** Values in a row. */
  size: number;
  /** Where in it the row lies that begins with this value. */
  places: ReadonlyMap<number, number>;
}

/** The batch in use, and the one after it. */
const KEPT_BATCHES = 2;

export class FileValues {
  readonly length: number;
  /** Of one value in the files: the most. */
  private readonly bytesEach: number;
  private readonly pieces: readonly PlacedPiece[];
  private readonly stored: NumberType;
  private readonly brought: Brought[] = [];
  /** Of a batch that is done: clearing new memory for each takes longer than reading into it. */
  private spare: Uint8Array = new Uint8Array(0);

  /** The pieces follow each other in this order. */
  constructor(
    pieces: readonly FilePiece[],
    private readonly change: Change | null = null,
  ) {
    let first = 0;
    this.pieces = pieces.map((piece) => {
      const placed = { ...piece, first };
      first += piece.length;
      return placed;
    });
    this.length = this.given(first);
    this.bytesEach = Math.max(...pieces.map(({ bytesEach }) => bytesEach));
    this.stored = widest(pieces.map(({ type }) => type));
  }

  get paths(): string[] {
    return this.pieces.map(({ file }) => file.path);
  }

  get type(): NumberType {
    return this.change?.type ?? this.stored;
  }

  /** That the disk gives for so many values. */
  bytesOf(values: number): number {
    return this.inFile(values) * this.bytesEach;
  }

  static joined(all: readonly FileValues[]): FileValues {
    return new FileValues(all.flatMap(({ pieces }) => pieces));
  }

  /**
   * The rows of all of these one beside the other, where they come from the same places of the same files; else null.
   * `sizes`: values in a row of each.
   */
  static sideBySide(all: readonly FileValues[], sizes: readonly number[]): FileValues | null {
    const [{ pieces }] = all;
    const from = all[0].inFile(sizes[0]);
    if (all.some((one, i) => !isSame(one.pieces, pieces) || one.inFile(sizes[i]) !== from)) return null;
    const to = sizes.reduce((sum, size) => sum + size, 0);
    const type = widest(all.map((one) => one.type));
    const of = (values: Numbers): Numbers => {
      const rows = newNumbers(type, (values.length / from) * to);
      let begin = 0;
      all.forEach(({ change }, i) => {
        const part = change === null ? values : change.of(values);
        for (let at = 0, row = begin; at < part.length; row += to)
          for (let k = 0; k < sizes[i]; k++) rows[row + k] = part[at++];
        begin += sizes[i];
      });
      return rows;
    };
    return new FileValues(pieces, { from, to, type, of });
  }

  /** The same numbers, changed when they are read. */
  changed(next: Change): FileValues {
    const before = this.change;
    if (before === null) return new FileValues(this.pieces, next);
    const change = {
      from: before.from * next.from,
      to: before.to * next.to,
      type: next.type,
      of: (values: Numbers) => next.of(before.of(values)),
    };
    return new FileValues(this.pieces, change);
  }

  private given(values: number): number {
    return this.change === null ? values : (values / this.change.from) * this.change.to;
  }

  private inFile(values: number): number {
    return this.change === null ? values : (values / this.change.to) * this.change.from;
  }

  /** A copy of these values, which are whole rows, or a view of those that were brought. Throws `Unreadable`. */
  subarray(begin: number, end: number): Numbers {
    const values = this.read(this.inFile(begin), this.inFile(end));
    return this.change === null ? values : this.change.of(values);
  }

  private read(begin: number, end: number): Numbers {
    const pieces = this.pieces.filter(({ first, length }) => first < end && begin < first + length);
    if (pieces.length === 1) return this.valuesOf(pieces[0], begin, end);
    const all = newNumbers(this.stored, end - begin);
    for (const piece of pieces) {
      const [low, high] = [Math.max(begin, piece.first), Math.min(end, piece.first + piece.length)];
      all.set(this.valuesOf(piece, low, high), low - begin);
    }
    return all;
  }

  private valuesOf(piece: PlacedPiece, begin: number, end: number): Numbers {
    const length = (end - begin) * piece.bytesEach;
    const place = this.broughtRow(begin, end - begin);
    const bytes = place?.subarray(0, length) ?? readBytes(piece, begin, length);
    return asType(piece.decode(bytes), this.stored);
  }

  /** The memory from there on where this row lies. */
  private broughtRow(begin: number, size: number): Uint8Array | null {
    for (const batch of this.brought) {
      const place = batch.places.get(begin);
      if (place !== undefined && batch.size === size) return batch.bytes.subarray(place);
    }
    return null;
  }

  /**
   * Reads the rows of a batch while other work goes on, and keeps them until two more batches were brought. `rowSize`:
   * values in a row. Rejects with `Unreadable`.
   */
  async bring(rows: Int32Array, rowSize: number): Promise<void> {
    const size = this.inFile(rowSize);
    const rowBytes = size * this.bytesEach;
    const bytes = this.takeMemory(rows.length * rowBytes);
    const places = new Map<number, number>();
    const reads: Promise<void>[] = [];
    for (let i = 0; i < rows.length;) {
      const piece = this.pieceWith(rows[i] * size);
      const count = neighbours(rows, i, (piece.first + piece.length) / size);
      const length = size * piece.bytesEach;
      for (let k = 0; k < count; k++) places.set((rows[i] + k) * size, i * rowBytes + k * length);
      const into = bytes.subarray(i * rowBytes, i * rowBytes + count * length);
      reads.push(piece.file.read(into, positionOf(piece, rows[i] * size)));
      i += count;
    }
    await Promise.all(reads);
    this.brought.push({ bytes, size, places });
    while (this.brought.length > KEPT_BATCHES) this.spare = this.brought.shift()?.bytes ?? this.spare;
  }

  private pieceWith(value: number): PlacedPiece {
    const found = this.pieces.find(({ first, length }) => value < first + length);
    if (found === undefined) throw new Error(`there is no value ${value} among ${this.length}`);
    return found;
  }

  private takeMemory(length: number): Uint8Array {
    const { spare } = this;
    this.spare = new Uint8Array(0);
    return spare.length >= length ? spare : new Uint8Array(length);
  }
}

const isSame = (some: readonly PlacedPiece[], others: readonly PlacedPiece[]): boolean =>
  some.length === others.length &&
  some.every(({ file, begin }, i) => file === others[i].file && begin === others[i].begin);

const positionOf = ({ begin, first, bytesEach }: PlacedPiece, value: number): number =>
  begin + (value - first) * bytesEach;

function readBytes(piece: PlacedPiece, value: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  piece.file.readSync(bytes, positionOf(piece, value));
  return bytes;
}

/** How many rows from the i-th on stand one behind the other before row `end`, so that one read brings them. */
export function neighbours(rows: Int32Array, i: number, end = Infinity): number {
  let count = 1;
  while (i + count < rows.length && rows[i + count] === rows[i] + count && rows[i + count] < end) count += 1;
  return count;
}
