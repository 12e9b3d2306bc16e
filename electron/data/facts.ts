/** What a source holds, by the name of its reader: the data set, or only the facts about it. */
import type { DataFacts } from '../../shared/document/facts';
import type { Result } from '../../shared/result';
import { fail, ok } from '../../shared/result';
import type { DataSet } from './data-set';
import type { ReaderContext, ReaderParams } from './readers/reader';
import { isReaderName, readers } from './readers/readers';

export async function readSource(
  reader: string,
  params: ReaderParams,
  context: ReaderContext,
): Promise<Result<DataSet>> {
  if (isReaderName(reader)) return readers[reader](params, context);
  const known = Object.keys(readers).join(', ');
  return fail(
    'data/unknown-reader',
    `Nothing here reads “${reader}”. Known are ${known}; a newer version may know more.`,
  );
}

/** Problems with the data themselves are in `facts.problems`; the Result fails only where nothing could be read. */
export async function readFacts(
  reader: string,
  params: ReaderParams,
  context: ReaderContext,
): Promise<Result<DataFacts>> {
  const read = await readSource(reader, params, context);
  return read.ok ? ok(read.value.facts) : read;
}
