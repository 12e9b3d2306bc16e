/** Owns the reading of sources: how far it is, and that it can be left off. Needs no TensorFlow. */
import type { SourceReference } from '../../../shared/protocol/engine';
import type { ReadingProgress } from '../../../shared/protocol/reading';
import type { Result } from '../../../shared/result';
import type { DataSet } from '../../data/data-set';
import { readSource } from '../../data/facts';
import { paced } from '../../data/progress';

export type TellReading = (source: SourceReference, progress: ReadingProgress) => void;

const keyOf = (source: SourceReference): string => JSON.stringify(source);

export class Readings {
  private readonly going = new Map<AbortController, string>();

  constructor(
    private readonly cacheFolder: string,
    private readonly tell: TellReading,
  ) {}

  /** Read from the disk, or from what is kept of it. */
  async read(source: SourceReference): Promise<Result<DataSet>> {
    const stopper = new AbortController();
    this.going.set(stopper, keyOf(source));
    try {
      return await readSource(source.reader, source.params, {
        folder: source.folder,
        cacheFolder: this.cacheFolder,
        signal: stopper.signal,
        onProgress: paced((progress) => this.tell(source, progress)),
      });
    } finally {
      this.going.delete(stopper);
    }
  }

  stop(source: SourceReference): void {
    for (const [stopper, key] of this.going) if (key === keyOf(source)) stopper.abort();
  }
}
