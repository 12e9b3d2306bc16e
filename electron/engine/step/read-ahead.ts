/**
 * Owns reading ahead: while a step computes, the rows of the next batch come from the disk, where the set stays there. The
 * order is known, so that this changes no number. Sets in memory cost nothing here.
 */
import type { FileValues } from '../../data/file-values';
import { Unreadable } from '../../data/opened-file';
import { isOnDisk } from '../../data/values';
import { fail } from '../../../shared/result';
import type { Samples } from './samples';

/** A disk that has to wake up takes ten seconds. */
const PATIENCE_SECONDS = 30;

interface Column {
  values: FileValues;
  /** Values in a row. */
  size: number;
}

interface Batch {
  rows: Int32Array;
  read: Promise<unknown>;
}

export class ReadAhead {
  private readonly columns: readonly Column[];
  private next: Batch | null = null;

  constructor(
    { inputs, labels, weights = new Map() }: Samples,
    private readonly patienceSeconds = PATIENCE_SECONDS,
  ) {
    const columns = new Map<FileValues, Column>();
    for (const { values, shape } of [...inputs.values(), ...labels.values(), ...weights.values()])
      if (isOnDisk(values)) columns.set(values, { values, size: shape.reduce((a, b) => a * b, 1) });
    this.columns = [...columns.values()];
  }

  /**
   * The rows can be had at once when it settles, and those of `next` are on their way. Rejects with `Unreadable`: the disk
   * refuses, or gives nothing for too long.
   */
  async ready(rows: Int32Array, next: Int32Array): Promise<void> {
    if (this.columns.length === 0) return;
    const batch = this.next !== null && isSame(this.next.rows, rows) ? this.next : this.bring(rows);
    await this.patiently(batch.read);
    this.next = next.length > 0 ? this.bring(next) : null;
  }

  private bring(rows: Int32Array): Batch {
    const read = Promise.all(this.columns.map(({ values, size }) => values.bring(rows, size)));
    // Whoever waits for it hears of it; a batch that is not needed any more concerns nobody.
    read.catch(() => undefined);
    return { rows, read };
  }

  private async patiently(read: Promise<unknown>): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    const silence = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(this.silent()), this.patienceSeconds * 1000);
    });
    try {
      await Promise.race([read, silence]);
    } finally {
      clearTimeout(timer);
    }
  }

  private silent(): Unreadable {
    const files = this.columns.flatMap(({ values }) => values.paths).join(', ');
    const message = `The disk has given nothing for ${this.patienceSeconds} seconds: ${files} cannot be read. See whether the disk or the network that it lies on is there, then continue the run.`;
    return new Unreadable(fail('data/disk-silent', message).problem);
  }
}

const isSame = (a: Int32Array, b: Int32Array): boolean =>
  a.length === b.length && a.every((row, i) => row === b[i]);
