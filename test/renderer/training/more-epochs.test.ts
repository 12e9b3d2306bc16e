/** How a run is offered to go on: how far one that was still learning, and one that was stopped before it had seen all. */
import { describe, expect, it } from 'vitest';
import { moreEpochs, readLedger, wayOn } from '../../../renderer/training/ledger';
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

it('a run that was stopped within its first epoch is offered to continue', () => {
  const stopped = (epochs: number) =>
    readLedger([{ type: 'report', time: 0, epochs, stopped: 'asked' } as RunEvent]);
  expect(wayOn(stopped(0), 'run/few-samples-seen')).toEqual({ label: 'Continue' });
  expect(wayOn(stopped(1), 'run/few-samples-seen')).toBeNull();
  expect(wayOn(stopped(0), 'run/metric-sample')).toBeNull();
});
