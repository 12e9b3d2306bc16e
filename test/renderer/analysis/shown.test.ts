import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../shared/protocol/run';
import {
  figuresOf,
  firstPart,
  keptEpoch,
  shownEpoch,
  shownPictures,
  taskOf,
} from '../../../renderer/analysis/shown';
import { readLedger } from '../../../renderer/training/ledger';

const confusion = {
  labels: ['a', 'b'],
  counts: [
    [9, 1],
    [2, 8],
  ],
};
const engine = { backend: 'tensorflow', version: '2.21.0', step: 'eager' } as const;

const started = (validation: number): RunEvent => ({
  type: 'started',
  time: 0,
  run: '/runs/1',
  seed: 1,
  engine,
  epochs: 3,
  stepsPerEpoch: 5,
  batchSize: 4,
  samples: { train: 20, validation, test: 20 },
  parameters: 10,
  epoch: 1,
});
const epoch = (number: number, best: boolean, withMatrix = true): RunEvent => ({
  type: 'epoch',
  time: number,
  epoch: number,
  step: number * 5,
  seconds: 1,
  learningRate: 0.1,
  best,
  checkpoint: '',
  train: { loss: 1, n: 20 },
  validation: { loss: 0.5, n: 20 },
  ...(withMatrix ? { confusion } : {}),
});
const report = (kept: number): RunEvent => ({
  type: 'report',
  time: 9,
  run: '/runs/1',
  seed: 1,
  epochs: 3,
  keptEpoch: kept,
  steps: 15,
  seconds: 3,
  samplesPerSecond: 20,
  engine,
  metrics: {},
  diagnostics: [],
  stopped: 'finished',
});

describe('which epoch Examine shows', () => {
  const running = readLedger([started(20), epoch(1, true), epoch(2, false)]);
  const ended = readLedger([started(20), epoch(1, true), epoch(2, true), epoch(3, false), report(2)]);

  it('is the newest while the run goes on', () => {
    expect(shownEpoch(running, 'running', null)?.epoch).toBe(2);
    expect(shownEpoch(running, 'paused', null)?.epoch).toBe(2);
  });

  it('is the one whose weights were kept when it has ended', () => {
    expect(keptEpoch(ended)).toBe(2);
    expect(shownEpoch(ended, 'finished', null)?.epoch).toBe(2);
  });

  it('is the chosen one as long as there is one', () => {
    expect(shownEpoch(ended, 'finished', 1)?.epoch).toBe(1);
    expect(shownEpoch(ended, 'finished', 7)?.epoch).toBe(2);
    expect(shownEpoch(running, 'running', 1)?.epoch).toBe(1);
  });

  it('is the best so far of a run that broke off', () => {
    expect(shownEpoch(running, 'lost', null)?.epoch).toBe(1);
  });
});

describe('what Examine opens with', () => {
  it('is validation, and training where there is none', () => {
    expect(firstPart(readLedger([started(20)]))).toBe('validation');
    expect(firstPart(readLedger([started(0)]))).toBe('train');
  });

  it('is a matrix for classes, a plot for numbers, and nothing before the first epoch', () => {
    expect(taskOf(readLedger([started(20)]))).toBeNull();
    expect(taskOf(readLedger([started(20), epoch(1, true)]))).toBe('classes');
    expect(taskOf(readLedger([started(20), epoch(1, true, false)]))).toBe('numbers');
  });
});

describe('the pictures of a run', () => {
  const sheet = { width: 4, height: 4, channels: 1, pixels: '' };
  const pictured = (number: number): RunEvent => ({
    type: 'pictured',
    time: number,
    epoch: number,
    pictures: [{ of: 'noise', block: 'generator', made: sheet, real: sheet }],
  });
  const events = [started(20), epoch(1, true), pictured(1), epoch(2, true), epoch(3, false), pictured(3)];
  const ledger = readLedger(events);

  it('are what Examine opens with; a matrix beside them is chosen', () => {
    expect(taskOf(ledger)).toBe('pictures');
    expect(taskOf(ledger, 'matrix')).toBe('classes');
    expect(taskOf(readLedger([started(20), epoch(1, true, false), pictured(1)]), 'matrix')).toBe('pictures');
  });

  it('are the newest while the run goes on, then the last ones up to the kept epoch', () => {
    expect(shownPictures(ledger, 'running', null)?.epoch).toBe(3);
    expect(shownPictures(readLedger([...events, report(2)]), 'finished', null)?.epoch).toBe(1);
    expect(shownPictures(ledger, 'running', 2)?.epoch).toBe(1);
  });

  it('of epochs that a continued run gave up are forgotten', () => {
    const again = readLedger([...events, { ...started(20), epoch: 3 } as RunEvent]);
    expect(again.pictured.map((event) => event.epoch)).toEqual([1]);
  });
});

describe('the figures over a matrix', () => {
  it('carry their interval and their number of samples', () => {
    const figures = figuresOf(confusion, { loss: 0.4, n: 20 });
    expect(figures).toMatchObject({ n: 20, mistakes: 3, loss: 0.4, accuracy: 0.85 });
    expect(figures.interval?.low).toBeCloseTo(0.6396, 4);
    expect(figures.interval?.high).toBeCloseTo(0.9476, 4);
  });

  it('are undefined, not 0, without samples', () => {
    const none = {
      labels: ['a', 'b'],
      counts: [
        [0, 0],
        [0, 0],
      ],
    };
    expect(figuresOf(none, { loss: null, n: 0 })).toEqual({
      n: 0,
      mistakes: 0,
      loss: null,
      accuracy: null,
      interval: null,
    });
  });
});
