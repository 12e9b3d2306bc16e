/**
 * Owns a data file that is open for reading at any place. What the disk refuses becomes `Unreadable`, which names the file
 * and what to do.
 */
import { closeSync, openSync, read, readSync } from 'node:fs';
import type { Problem } from '../../shared/result';
import { fail } from '../../shared/result';
import { fileProblem } from './readers/source-file';

/** Thrown where numbers were there when the set was opened and cannot be read any more. */
export class Unreadable extends Error {
  constructor(readonly problem: Problem) {
    super(problem.message);
  }
}

const closing = new FinalizationRegistry<number>((descriptor) => closeSync(descriptor));

export class OpenedFile {
  private descriptor: number | null = null;

  /** It is opened when it is first read, and closed when nobody has it any more. */
  constructor(
    readonly path: string,
    /** What helps where it cannot be read any more. */
    private readonly remedy: string | null = null,
  ) {}

  /** Fills the bytes with what stands in the file from `position` on. Throws `Unreadable`. */
  readSync(into: Uint8Array, position: number): void {
    for (let at = 0; at < into.length;) {
      const count = this.orUnreadable(() => readSync(this.open(), into, at, into.length - at, position + at));
      if (count === 0) throw this.cutShort(position + at);
      at += count;
    }
  }

  /** As `readSync`, while other work goes on. */
  read(into: Uint8Array, position: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const goOn = (at: number): void => {
        if (at === into.length) return resolve();
        const descriptor = this.orUnreadable(() => this.open());
        read(descriptor, into, at, into.length - at, position + at, (error, count) => {
          if (error !== null) reject(this.refused(error));
          else if (count === 0) reject(this.cutShort(position + at));
          else goOn(at + count);
        });
      };
      goOn(0);
    });
  }

  private open(): number {
    if (this.descriptor === null) {
      this.descriptor = openSync(this.path, 'r');
      closing.register(this, this.descriptor);
    }
    return this.descriptor;
  }

  private orUnreadable<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      throw this.refused(error);
    }
  }

  private readonly refused = (error: unknown): Unreadable =>
    new Unreadable(
      this.remedy === null
        ? fileProblem(error, this.path).problem
        : fail('data/unreadable', `${this.path} cannot be read any more. ${this.remedy}`).problem,
    );

  private cutShort(end: number): Unreadable {
    const message = `${this.path} has become shorter while it was in use: it ends after ${end.toLocaleString('en')} bytes. ${this.remedy ?? 'Put the whole file back.'}`;
    return new Unreadable(fail('data/truncated', message).problem);
  }
}
