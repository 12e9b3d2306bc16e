/** What the curve of the training loss gives away fires where it should and is silent at a near miss. */
import { describe, expect, it } from 'vitest';
import { guessingLoss } from '../../../shared/metrics/run-curve';
import { runDiagnostics, type EpochFigures, type RunContext } from '../../../shared/metrics/run-diagnostics';
import { classes, data, features } from '../data';
import { network } from '../draw';

const history = (losses: readonly number[], validation: readonly number[] = []): EpochFigures[] =>
  losses.map((loss, i) => ({
    epoch: i + 1,
    train: { loss, n: 1000 },
    ...(i < validation.length ? { validation: { loss: validation[i], n: 100 } } : {}),
  }));
const found = (losses: readonly number[], context: Partial<RunContext>, validation?: readonly number[]) =>
  runDiagnostics(history(losses, validation), { block: 'train', ended: false, ...context });
const codes = (...asked: Parameters<typeof found>) => found(...asked).map(({ code }) => code);

describe('run/initial-loss', () => {
  it('fires where the first loss is far above guessing', () => {
    const [said] = found([2.1], { initialLoss: 41.2, guessingLoss: Math.log(10) });
    expect(said).toMatchObject({ code: 'run/initial-loss', block: 'train', epoch: 1 });
    expect(said.message).toBe('The loss began at 41.2; guessing gives 2.30.');
  });
  it('is silent near guessing and where guessing is not known', () => {
    expect(codes([2.1], { initialLoss: 2.9, guessingLoss: Math.log(10) })).toEqual([]);
    expect(codes([2.1], { initialLoss: 41.2 })).toEqual([]);
  });
  it('knows what guessing gives for a cross-entropy, and for nothing else', () => {
    const losses = (loss: string) => {
      const facts = data([...features(4), classes(3)]);
      const { plan } = network(facts, [], [['Dense', { units: 3 }], 'Softmax'], { loss }).compile();
      return guessingLoss(plan?.losses ?? []);
    };
    expect(losses('SparseCategoricalCrossentropy')).toBeCloseTo(Math.log(3));
    expect(guessingLoss([])).toBeUndefined();
  });
});

describe('run/oscillating', () => {
  it('fires where the loss swings for six epochs', () => {
    const [said] = found([1, 0.6, 0.9, 0.55, 0.95, 0.6], { initialLoss: 1.1 });
    expect(said.code).toBe('run/oscillating');
    expect(said.message).toContain('for 6 epochs, between 0.550 and 1.00');
  });
  it.each([
    ['small swings', [0.6, 0.59, 0.61, 0.59, 0.6, 0.59]],
    ['a loss that falls', [1, 0.8, 0.85, 0.5, 0.4, 0.3]],
    [
      'a few epochs of a long run',
      [...Array.from({ length: 200 }, (_, i) => 1 - i / 250), 0.2, 0.3, 0.2, 0.3, 0.2, 0.3],
    ],
    ['five epochs', [0.6, 0.9, 0.55, 0.95, 0.6]],
    ['a loss that is next to nothing', [1e-5, 1e-6, 9e-6, 1e-6, 9e-6, 1e-6, 9e-6]],
  ])('is silent with %s', (_, losses) => {
    expect(codes(losses, { initialLoss: 1.1 })).toEqual([]);
  });
});

describe('run/plateau', () => {
  const flat = [1.5, ...new Array<number>(8).fill(1.2)];
  it('fires where the loss stands still far above its end', () => {
    const [said] = found(flat, { initialLoss: 2 });
    expect(said.message).toBe('Training loss has stood at 1.20 for 8 epochs; it began at 2.00.');
  });
  it.each([
    ['a loss that is low', flat, 20],
    ['a loss that still moves', [1.5, 1.3, 1.28, 1.26, 1.24, 1.22, 1.2, 1.18, 1.16], 2],
    ['seven epochs', flat.slice(2), 2],
  ])('is silent with %s', (_, losses, initialLoss) => {
    expect(codes(losses, { initialLoss })).toEqual([]);
  });
});

describe('run/underfit', () => {
  const falling = [1, 0.8, 0.6, 0.45, 0.35];
  it('fires where a run ends while the loss falls', () => {
    const [said] = found(falling, { ended: true, initialLoss: 1.2 });
    expect(said).toMatchObject({ code: 'run/underfit', severity: 'hint' });
    expect(said.message).toContain('(0.800 to 0.350)');
  });
  it('is silent while it goes on, where the loss has settled, and where validation got worse', () => {
    expect(codes(falling, {})).toEqual([]);
    expect(codes([1, 0.5, 0.4, 0.39, 0.385], { ended: true })).toEqual([]);
    expect(codes(falling, { ended: true }, [1, 0.9, 0.8, 0.7, 0.72])).toEqual([]);
  });
  it('is silent where next to nothing is left of the loss', () => {
    expect(codes([1e-3, 8e-5, 6e-5, 4e-5, 3e-5], { ended: true, initialLoss: 1.2 })).toEqual([]);
  });
});

describe('run/learned-early', () => {
  /** A run of 45 epochs whose loss falls on, with every validation sample answered right from an epoch on. */
  const run = (rightFrom: number, { ended = true, n = 100, epochs = 45 } = {}) =>
    runDiagnostics(
      Array.from({ length: epochs }, (_, i) => ({
        epoch: i + 1,
        train: { loss: 0.9 ** i, n: 1000 },
        validation: { loss: 0.9 ** i, n, accuracy: i + 1 < rightFrom ? 0.98 : 1 },
      })),
      { block: 'train', ended },
    );
  it('says at the end since when no answer could become better, and not that the run could learn more', () => {
    const said = run(5);
    expect(said.map(({ code }) => code)).toEqual(['run/learned-early']);
    expect(said[0].message).toBe(
      'All 100 validation samples have been answered right since epoch 5, for 40 epochs.',
    );
  });
  it.each([
    ['while the run goes on', run(5, { ended: false })],
    ['where that came late in the run', run(30)],
    ['where it is a matter of few epochs', run(2, { epochs: 8 })],
    ['with few validation samples', run(5, { n: 20 })],
    ['where samples are wrong to the end', run(46)],
  ])('is silent %s', (_, said) => {
    expect(said.map(({ code }) => code)).not.toContain('run/learned-early');
  });
});
