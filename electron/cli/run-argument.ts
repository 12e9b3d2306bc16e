/** RUN on the command line: a run's folder, and what an inspect process is told of it. */
import path from 'node:path';
import { RUN_FILES, type RunRecord } from '../../shared/protocol/run';
import type { Host } from '../host/host';
import { dataFolderOf } from '../host/run-folder';
import { need } from './command';

export async function readRunArgument(
  host: Host,
  argument: string,
): Promise<{ record: RunRecord; place: { run: string; folder: string } }> {
  // Completion in a shell often ends at the record inside.
  const folder = path.resolve(
    path.basename(argument) === RUN_FILES.record ? path.dirname(argument) : argument,
  );
  const record = need(await host.parts.runs.find(folder));
  return { record, place: { run: record.run, folder: dataFolderOf(record.run) } };
}
