/** One line of what a project's latest run reached, for the start page. */
import { MOST_TELLING_FIRST } from '../../shared/document/facts';
import type { Report } from '../../shared/protocol/run';
import { readRecord, runFoldersIn } from './run-folder';

const names: Record<string, string> = { test: 'test', validation: 'validation', train: 'training' };

/** `97.8 % test accuracy`, or the loss where accuracy was not measured. */
export function resultLine({ metrics }: Report): string | null {
  for (const part of MOST_TELLING_FIRST) {
    const values = metrics[part];
    if (!values) continue;
    if (typeof values.accuracy === 'number')
      return `${(values.accuracy * 100).toFixed(1)} % ${names[part]} accuracy`;
    if (values.loss !== null) return `${names[part]} loss ${values.loss.toPrecision(3)}`;
  }
  return null;
}

export async function latestResult(runs: string): Promise<string | null> {
  for (const folder of (await runFoldersIn(runs)).reverse()) {
    const record = await readRecord(folder);
    if (record.ok && record.value.report) return resultLine(record.value.report);
  }
  return null;
}
