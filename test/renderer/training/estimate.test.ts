// @vitest-environment jsdom
/** What is said of how long a network will take, before it is trained. */
import { describe, expect, it, vi } from 'vitest';
import type { Plan } from '../../../shared/compiler/plan';
import { stepKey } from '../../../shared/compiler/run-time';
import type { Calibration } from '../../../shared/protocol/calibration';
import type { RunRecord } from '../../../shared/protocol/run';
import { dense, planOf } from '../../engine/plans';

// The store connects when it is loaded; nobody answers here.
vi.stubGlobal(
  'WebSocket',
  class {
    addEventListener() {
      return undefined;
    }
  },
);
const { estimateOf } = await import('../../../renderer/state/estimate');
const { estimateText, roughDurationText } = await import('../../../renderer/training/figures');

const calibration: Calibration = {
  format: 'axonry-calibration',
  version: 1,
  machine: '',
  time: 1000,
  device: 'AMD EPYC',
  rates: { products: 60e9, convolutions: 60e9, bytes: 30e9, operation: 1.5e-6 },
};
const rows = { train: 1000, validation: 0, test: 0 };
const plan = (trainer: Partial<Plan['trainers'][number]> = {}): Plan =>
  planOf({
    input: [null, 2],
    layers: [dense('out', 3, 'softmax')],
    trainer: { epochs: 10, batch_size: 10, ...trainer },
  });
const run = (created: number, more: Partial<RunRecord> = {}): RunRecord =>
  ({
    number: 4,
    created,
    state: 'finished',
    stepKey: stepKey(plan()),
    report: { samplesPerSecond: 100, steps: 1000 },
    ...more,
  }) as RunRecord;

describe('the time of a training', () => {
  it('is foretold by what the computer was measured to do', () => {
    const { seconds, run: known } = estimateOf(plan(), rows, calibration, []);
    expect(known).toBeNull();
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(10);
  });

  it('is that of the last run of the same network here, with as many epochs as are asked for now', () => {
    expect(estimateOf(plan(), rows, calibration, [run(2000)])).toMatchObject({ run: 4 });
    // 1,000 samples at 100 a second, ten times.
    expect(estimateOf(plan(), rows, calibration, [run(2000)]).seconds).toBeCloseTo(100, -1);
    expect(estimateOf(plan({ epochs: 20 }), rows, calibration, [run(2000)]).seconds).toBeCloseTo(200, -1);
  });

  it('takes no run of another network, nor one from before this computer was measured', () => {
    expect(estimateOf(plan({ batch_size: 20 }), rows, calibration, [run(2000)]).run).toBeNull();
    expect(estimateOf(plan(), rows, calibration, [run(500)]).run).toBeNull();
    expect(estimateOf(plan(), rows, calibration, [run(2000, { report: null })]).run).toBeNull();
  });

  it('takes no run that failed, that still goes on, or that was stopped after a few steps', () => {
    const known = (more: Partial<RunRecord>) => estimateOf(plan(), rows, calibration, [run(2000, more)]).run;
    const few = { samplesPerSecond: 100, steps: 3 } as RunRecord['report'];
    expect(known({ state: 'stopped' })).toBe(4);
    expect(known({ state: 'failed' })).toBeNull();
    expect(known({ state: 'running' })).toBeNull();
    expect(known({ state: 'stopped', report: few })).toBeNull();
    const before = run(1500, { number: 3 });
    expect(estimateOf(plan(), rows, calibration, [run(2000, { state: 'failed' }), before]).run).toBe(3);
  });

  it('is said with no more digits than a forecast has', () => {
    const texts = [1, 12, 33, 190, 1700, 5000, 40_000, 300_000].map(roughDurationText);
    expect(texts).toEqual(['a few seconds', '10 s', '30 s', '3 min', '30 min', '1.5 h', '11 h', '3 days']);
    expect(estimateText({ seconds: 190, run: null, atMost: false })).toBe('About 3 min on this computer');
    expect(estimateText({ seconds: 5, run: null, atMost: false })).toBe('A few seconds on this computer');
    expect(estimateText({ seconds: 5, run: null, atMost: true })).toBe(
      'At most a few seconds on this computer',
    );
    expect(estimateText({ seconds: 190, run: 4, atMost: true })).toBe(
      'At most about 3 min at the speed of run 4',
    );
  });
});
