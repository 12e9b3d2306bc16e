/** Answers what a data source holds. Needs no TensorFlow. */
import type { DataFacts } from '../../../shared/document/facts';
import type { InspectRequests } from '../../../shared/protocol/engine';
import type { Result } from '../../../shared/result';
import { readFacts } from '../../data/facts';

export const facts = (
  { source }: InspectRequests['facts'],
  cacheFolder: string,
): Promise<Result<DataFacts>> =>
  readFacts(source.reader, source.params, { folder: source.folder, cacheFolder });
