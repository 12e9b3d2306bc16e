/** Owns what losses of quantities that are never negative say about their targets. */
import type { ColumnFacts } from '../../document/facts';
import type { Finding } from '../block';
import { lossFinding } from './loss-labels';

export const belowZero = (title: string, { name, min }: ColumnFacts): Finding | null =>
  min === null || min >= 0
    ? null
    : lossFinding(
        'loss/pairing',
        'warning',
        'labels',
        `${title} is made for targets of at least 0, but "${name}" goes down to ${Number(min.toPrecision(4))}.`,
        'Its formula takes a logarithm, which values below 0 do not have. Leave the column as it was counted, or measure the distance.',
        [{ label: 'Replace with MeanSquaredError', kind: 'replace', type: 'MeanSquaredError' }],
      );
