/** What the Train workspace shows of a run that was stopped within an epoch, and of the same run when it goes on. */
import { describe, expect, it } from 'vitest';
import { epochsTrained, keptWeights, readLedger } from '../../../renderer/training/ledger';
import { resultText } from '../../../renderer/ui/run-result';
import { runWords } from '../../../renderer/ui/run-state';
import type { Report, RunEvent, RunRecord } from '../../../shared/protocol/run';

const event = (type: RunEvent['type'], more: object): RunEvent => ({ type, time: 0, ...more }) as RunEvent;
const started = (epoch: number, step: number) =>
  event('started', { epoch, step, epochs: 5, stepsPerEpoch: 300 });
const progress = (step: number) =>
  event('progress', { epoch: Math.ceil(step / 300), step, stepInEpoch: step % 300 || 300, loss: 1 });
const remark = (code: string) => event('diagnostic', { diagnostic: { code, block: 'train', message: code } });
const epoch = (number: number) => event('epoch', { epoch: number, step: 300 * number, best: true });
const report = (more: Partial<Report>) => event('report', { stopped: 'asked', ...more });

const stopped = [
  started(1, 0),
  progress(15),
  remark('run/initial-loss'),
  progress(30),
  event('kept', { epoch: 1, step: 35 }),
  remark('run/few-samples-seen'),
  report({ epochs: 0, keptEpoch: 1, steps: 35 }),
];
const codes = (events: RunEvent[]) => readLedger(events).diagnostics.map(({ code }) => code);

describe('a run that was stopped within its first epoch', () => {
  it('shows its end at the step where it ended, and its weights there', () => {
    const ledger = readLedger(stopped);
    expect(epochsTrained(ledger)).toBeCloseTo(35 / 300);
    expect(keptWeights(ledger)).toEqual({ epoch: 1, within: true, at: 35 / 300, ended: true });
  });

  it('loses the remarks on its end when it goes on, and no others', () => {
    expect(codes(stopped)).toEqual(['run/initial-loss', 'run/few-samples-seen']);
    expect(codes([...stopped, started(1, 35)])).toEqual(['run/initial-loss']);
    const ended = [event('kept', { epoch: 5, step: 1500 }), remark('run/metric-sample')];
    expect(codes([...stopped, started(1, 35), ...ended])).toEqual(['run/initial-loss', 'run/metric-sample']);
  });

  it('keeps the curve up to the step that it goes on from', () => {
    const steps = (...more: RunEvent[]) => readLedger([...stopped, ...more]).progress.map(({ step }) => step);
    expect(steps(started(1, 35), progress(50))).toEqual([15, 30, 50]);
    expect(steps(started(1, 20), progress(40))).toEqual([15, 40]);
  });
});

it('a run that was stopped within a later epoch has come no less far than before', () => {
  const going = [started(1, 0), epoch(1), progress(410)];
  const before = epochsTrained(readLedger(going));
  const ended = readLedger([...going, report({ epochs: 1, keptEpoch: 1, steps: 415 })]);
  expect(epochsTrained(ended)).toBeGreaterThan(before);
  expect(keptWeights(ended)).toEqual({ epoch: 1, within: false, at: 1, ended: true });
});

describe('the list of runs', () => {
  const record = (more: object): RunRecord =>
    ({ state: 'finished', report: { metrics: {}, ...more } }) as RunRecord;
  const rangeTest = { optimizer: 'adam', points: [], suggestion: null };

  it('does not call a search for a rate a trained network', () => {
    const search = record({ rangeTest, metrics: { test: { accuracy: 0.2 } } });
    expect(runWords(search) + resultText(search)).toBe('rates tried');
  });

  it('says that a run was not judged', () => {
    expect(resultText(record({ leftOut: ['test', 'train'] }))).toBe(', not judged');
    expect(resultText(record({}))).toBe('');
  });
});
