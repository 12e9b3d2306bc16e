/** Owns in how few words the window says what a run reached. */
import { MOST_TELLING_FIRST, type Part } from '../../shared/document/facts';
import type { RunRecord } from '../../shared/protocol/run';
import { metricText } from '../training/figures';

export const PART_NAMES: Readonly<Record<Part, string>> = {
  train: 'Training',
  validation: 'Validation',
  test: 'Test',
};

/** `, 98.06 % test`, `, not judged`, or nothing where accuracy was not measured. */
export function resultText({ report }: RunRecord): string {
  if (report?.rangeTest) return '';
  for (const part of MOST_TELLING_FIRST) {
    const accuracy = report?.metrics[part]?.accuracy;
    if (typeof accuracy === 'number')
      return `, ${metricText('accuracy', accuracy)} ${PART_NAMES[part].toLowerCase()}`;
  }
  return report?.leftOut ? ', not judged' : '';
}
