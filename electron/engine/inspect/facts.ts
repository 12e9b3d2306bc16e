/** Answers what a data source holds. Needs no TensorFlow. */
import type { DataFacts } from '../../../shared/document/facts';
import type { InspectRequests } from '../../../shared/protocol/engine';
import { ok, type Result } from '../../../shared/result';
import type { Readings } from './readings';

export async function facts(
  { source }: InspectRequests['facts'],
  readings: Readings,
): Promise<Result<DataFacts>> {
  const read = await readings.read(source);
  return read.ok ? ok(read.value.facts) : read;
}
