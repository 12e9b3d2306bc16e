/** Answers how samples of a source look, before anything is done to them. Needs no TensorFlow. */
import type { InspectRequests, SourceReference } from '../../../shared/protocol/engine';
import type { SampleView } from '../../../shared/protocol/samples';
import { ok, type Result } from '../../../shared/result';
import type { DataSet } from '../../data/data-set';
import { describeSample } from '../../data/samples';
import type { Readings } from './readings';

/** Leafing through samples asks for the same source again and again: the last one is kept. */
export class SourceKeeper {
  private key: string | null = null;
  private kept: Promise<Result<DataSet>> | null = null;

  constructor(private readonly readings: Readings) {}

  read(source: SourceReference): Promise<Result<DataSet>> {
    return this.readings.read(source);
  }

  /** Read anew only where the first page is asked for: files may have changed then. */
  page(source: SourceReference, offset: number): Promise<Result<DataSet>> {
    const key = JSON.stringify(source);
    if (this.kept === null || this.key !== key || offset === 0) {
      this.key = key;
      this.kept = this.read(source);
    }
    return this.kept;
  }
}

export async function samples(
  { source, offset, limit }: InspectRequests['samples'],
  sources: SourceKeeper,
): Promise<Result<SampleView[]>> {
  const read = await sources.page(source, offset);
  if (!read.ok) return read;
  const count = Math.max(0, Math.min(limit, read.value.facts.n - offset));
  return ok(Array.from({ length: count }, (_, i) => describeSample(read.value, offset + i)));
}
