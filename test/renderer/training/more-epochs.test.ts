/** How far a run that was still learning is offered to train on. */
import { describe, expect, it } from 'vitest';
import { moreEpochs, readLedger } from '../../../renderer/training/ledger';
import type { RunEvent } from '../../../shared/protocol/run';

type Report = Extract<RunEvent, { type: 'report' }>;

const offered = (report: Partial<Report>) =>
  moreEpochs(
    readLedger([{ type: 'report', time: 0, epochs: 5, stopped: 'finished', ...report } as RunEvent]),
  );

describe('a run that did all its epochs', () => {
  it('is offered as many again', () => {
    expect(offered({})).toBe(10);
  });

  it('is offered none where it ended in another way, tried rates, or trains in turns', () => {
    expect(offered({ stopped: 'early' })).toBeNull();
    expect(offered({ rangeTest: { optimizer: 'adam', points: [], suggestion: null } })).toBeNull();
    expect(offered({ trainers: { one: { metrics: {} }, other: { metrics: {} } } })).toBeNull();
    expect(moreEpochs(readLedger([]))).toBeNull();
  });
});
