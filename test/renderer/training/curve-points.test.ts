/** The points and ticks of the live curves. */
import { describe, expect, it } from 'vitest';
import type { RunEvent } from '../../../shared/protocol/run';
import { curvePoints, evenTicks, lastEpochShown, logTicks } from '../../../renderer/training/curve-points';
import { ledgerOf, readLedger, trainersOf } from '../../../renderer/training/ledger';

const progress = (epoch: number, loss: number): RunEvent => ({
  type: 'progress',
  time: epoch * 10,
  epoch,
  step: epoch,
  stepInEpoch: 1,
  learningRate: 0.1,
  loss,
  lossMin: loss - 0.1,
  lossMax: loss + 0.1,
  metrics: {},
  samplesPerSecond: 1,
  secondsLeft: 1,
  memory: { rss: 1, tensors: 1 },
});
const epoch = (number: number, loss: number): RunEvent => ({
  type: 'epoch',
  time: number * 10 + 5,
  epoch: number,
  step: number,
  seconds: 1,
  train: { loss, n: 10 },
  validation: { loss: loss + 1, n: 5 },
  learningRate: 0.1,
  best: true,
  checkpoint: '',
});

describe('a curve', () => {
  it('of a Train block that takes turns is made of its own figures', () => {
    const [train_1, train_2] = [1, 5].map((loss) => ({ loss, metrics: {}, learningRate: 0.1 }));
    const [own, other] = [1, 4].map((loss) => ({ train: { loss, n: 10 }, learningRate: 0.1 }));
    const ledger = readLedger([
      { ...progress(1, 1), trainers: { train_1, train_2 } } as RunEvent,
      { ...epoch(1, 1), trainers: { train_1: own, train_2: other } } as RunEvent,
    ]);
    expect(trainersOf(ledger)).toEqual(['train_1', 'train_2']);
    const points = curvePoints(ledgerOf(ledger, 'train_2'), 'loss');
    expect(points.map(({ train, validation }) => [train, validation])).toEqual([
      [5, undefined],
      [undefined, undefined],
    ]);
    expect(ledgerOf(ledger, 'train_2').epochs[0].train.loss).toBe(4);
    expect(trainersOf(readLedger([epoch(1, 3)]))).toEqual([]);
  });

  it('of epochs that are shorter than the news is made of epochs alone', () => {
    const ledger = readLedger([progress(1, 9), epoch(1, 3), epoch(2, 2), epoch(3, 1)]);
    const points = curvePoints(ledger, 'loss');
    expect(points.map(({ train }) => train)).toEqual([3, 2, 1]);
  });

  it('of long epochs is made of the news, with the spread of the steps', () => {
    const ledger = readLedger([progress(1, 9), progress(1, 8), epoch(1, 3)]);
    const train = curvePoints(ledger, 'loss').filter((point) => point.train !== undefined);
    expect(train.map((point) => [point.train, point.band])).toEqual([
      [9, [8.9, 9.1]],
      [8, [7.9, 8.1]],
    ]);
  });

  it('of many epochs goes through the best, through the one that is kept, and through the last', () => {
    const validation = (number: number) => (number === 699 ? 0.005 : 1 + number / 1000);
    const epochs = Array.from({ length: 1000 }, (_, i) => ({
      ...epoch(i + 1, validation(i + 1) - 1),
      best: i + 1 === 699,
    })) as RunEvent[];
    const report = { type: 'report', time: 99999, epochs: 1000, keptEpoch: 746 } as RunEvent;
    const points = curvePoints(readLedger([...epochs, report]), 'loss');
    expect(points.length).toBeLessThan(200);
    const drawn = new Map(points.map(({ x, validation }) => [x, validation]));
    expect([...drawn.values()].reduce((low = 9, value = 9) => Math.min(low, value))).toBeCloseTo(0.005);
    expect(drawn.get(699)).toBeCloseTo(0.005);
    expect(drawn.get(746)).toBeCloseTo(validation(746));
    expect(drawn.has(1000)).toBe(true);
  });

  it('does not leap where a person lets a single step through', () => {
    const told = (step: number, loss: number) => ({ ...progress(1, loss), step }) as RunEvent;
    const events = [told(40, 4), told(80, 2), told(81, 0.36)];
    const points = curvePoints(readLedger(events), 'loss');
    expect(points.map(({ train }) => train?.toFixed(2))).toEqual(['4.00', '1.96']);
    expect(points[1].band?.[0]).toBeCloseTo(0.26);
  });
});

describe('a range test', () => {
  const tried = (...rates: number[]) => ({
    optimizer: 'adam',
    points: rates.map((rate) => ({ rate, loss: 1 })),
  });

  it('grows with the news, and ends with what the report says', () => {
    const news = [tried(1e-3, 2e-3), tried(4e-3)].map(
      (rangeTest, i): RunEvent => ({ ...progress(i + 1, 1), rangeTest }) as RunEvent,
    );
    expect(readLedger(news).rangeTest).toEqual({ ...tried(1e-3, 2e-3, 4e-3), suggestion: null });
    const result = { ...tried(1e-3, 2e-3, 4e-3, 8e-3), suggestion: 4e-3 };
    const report = { type: 'report', rangeTest: result } as unknown as RunEvent;
    expect(readLedger([...news, report]).rangeTest).toEqual(result);
  });
});

describe('ticks', () => {
  it('stand close on a logarithmic axis where the values lie close', () => {
    const ticks = logTicks([{ x: 1, train: 570, validation: 410 }]) ?? [];
    expect(ticks.length).toBeGreaterThanOrEqual(3);
    expect(ticks[0]).toBeLessThanOrEqual(410);
    expect(ticks.at(-1)).toBeGreaterThanOrEqual(570);
    expect(logTicks([{ x: 1, train: 2, validation: 0.011 }])).toEqual([0.01, 0.03, 0.1, 0.3, 1, 3]);
  });

  it('are round, hold the values and end at the greatest that there can be', () => {
    const ticks = evenTicks(
      [
        { x: 1, train: 0.682 },
        { x: 2, train: 0.991 },
      ],
      1,
    );
    expect(ticks[0]).toBeLessThanOrEqual(0.682);
    expect(ticks.at(-1)).toBe(1);
    for (const tick of ticks) expect(Number(tick.toFixed(2))).toBe(tick);
  });

  it('of equal values are a small range around them', () => {
    const ticks = evenTicks([
      { x: 1, train: 0 },
      { x: 2, train: 0 },
    ]);
    expect(ticks.length).toBeGreaterThan(1);
    expect(evenTicks([{ x: 1, train: 1 }], 1).length).toBeGreaterThan(1);
    expect(evenTicks([])).toEqual([0, 1]);
  });
});

describe('the axis of epochs', () => {
  it('ends with the run', () => {
    expect(lastEpochShown(0, 20)).toBe(20);
    expect(lastEpochShown(100, 1000)).toBe(1000);
    expect(lastEpochShown(1000, 1000)).toBe(1000);
  });
  it('ends earlier while little of a long run is over, so that its curve is seen', () => {
    expect([0.2, 5, 6, 40].map((done) => lastEpochShown(done, 1000))).toEqual([10, 10, 20, 100]);
    expect(lastEpochShown(5, 60)).toBe(10);
  });
});
