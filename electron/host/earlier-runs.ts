/** Owns which runs of its project a run is compared with: the finished ones before it, the nearest first. */
import path from 'node:path';
import type { EarlierRun } from '../../shared/metrics/run-comparison';
import type { RunRecord } from '../../shared/protocol/run';
import { numberOf, readRecord, runFoldersIn } from './run-folder';

/** What lies further back is seldom what a person compares with. */
const MOST = 20;

/** Runs in other folders of their own are compared with nothing. */
export async function earlierRuns({ run, number, document }: RunRecord): Promise<EarlierRun[]> {
  const folders = (await runFoldersIn(path.dirname(run))).filter(
    (folder) => folder !== run && numberOf(folder) < number,
  );
  const records = await Promise.all(folders.slice(-MOST).map(readRecord));
  return records.flatMap((record) => {
    if (!record.ok || record.value.document !== document || record.value.state !== 'finished') return [];
    const { report, planHash } = record.value;
    return report === null ? [] : [{ number: record.value.number, planHash, metrics: report.metrics }];
  });
}
