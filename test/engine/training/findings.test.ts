/** What a run has found out is told once, again where it has gone on, and taken back where it is long past. */
import { describe, expect, it } from 'vitest';
import {
  changedDiagnostics,
  newDiagnostics,
  noteLook,
  pastDiagnostics,
} from '../../../electron/engine/training/findings';
import { newProgress } from '../../../electron/engine/training/progress';
import { runDiagnostics } from '../../../shared/metrics/run-diagnostics';

const validation = [0.3, 0.153, 0.16, 0.167, 0.174, 0.181, 0.189];
const after = (epochs: number) =>
  runDiagnostics(
    validation.slice(0, epochs).map((loss, i) => ({
      epoch: i + 1,
      train: { loss: 0.2 / (i + 1), n: 100 },
      validation: { loss, n: 100 },
    })),
    { block: 'train', ended: false },
  );

describe('overfitting that goes on', () => {
  it('is told once while the run goes on, and at its end with the figures of the end', () => {
    const told = { progress: newProgress() };
    expect(newDiagnostics(told, after(5))[0].message).toContain('0.153 to 0.174');
    expect(newDiagnostics(told, after(6))).toEqual([]);
    expect(changedDiagnostics(told, after(7))[0].message).toContain('risen for 5 epochs (0.153 to 0.189)');
    expect(told.progress.diagnostics).toHaveLength(1);
    expect(told.progress.diagnostics[0]).toMatchObject({ epoch: 7 });
  });
  it('is not told again as it was told', () => {
    const told = { progress: newProgress() };
    newDiagnostics(told, after(7));
    expect(changedDiagnostics(told, after(7))).toEqual([]);
  });
});

describe('a loss that swung', () => {
  /** The remarks that stand after each epoch, for losses as told and then falling evenly. */
  const standing = (swinging: readonly number[], falling: number) => {
    const losses = [...swinging, ...Array.from({ length: falling }, (_, i) => 0.5 / (i + 2))];
    const told = { progress: newProgress() };
    const taken: number[] = [];
    const codes = losses.map((_, i) => {
      const history = losses.slice(0, i + 1).map((loss, at) => ({ epoch: at + 1, train: { loss, n: 100 } }));
      const found = runDiagnostics(history, { block: 'train', ended: false });
      told.progress.epochs = i + 1;
      noteLook(told, 'curves', found);
      newDiagnostics(told, found);
      if (pastDiagnostics(told).length > 0) taken.push(i + 1);
      return told.progress.diagnostics.map(({ code }) => code);
    });
    return { told, codes, taken };
  };
  const swings = [0.9, 0.6, 0.9, 0.6, 0.9, 0.6];

  it('is no longer spoken of when it has fallen evenly for a good while', () => {
    const { codes, taken } = standing(swings, 20);
    expect(codes[5]).toEqual(['run/oscillating']);
    expect(codes[14]).toEqual(['run/oscillating']);
    expect(codes.at(-1)).toEqual([]);
    expect(taken).toHaveLength(1);
  });

  it('is spoken of for longer in a long run, so that the remark does not come and go', () => {
    const long = Array.from({ length: 300 }, (_, i) => (i % 2 === 0 ? 0.9 : 0.6));
    expect(standing(long, 25).taken).toEqual([]);
    expect(standing(long, 60).taken).toHaveLength(1);
  });

  it('is not spoken of at the end of a short run that had left it behind', () => {
    const { told, codes } = standing(swings, 9);
    expect(codes.at(-1)).toEqual(['run/oscillating']);
    expect(pastDiagnostics(told, true).map(({ code }) => code)).toEqual(['run/oscillating']);
    expect(pastDiagnostics(standing(swings, 3).told, true)).toEqual([]);
  });

  it('is told anew when it swings again', () => {
    const { told } = standing(swings, 30);
    const again = standing(swings, 0).told.progress.diagnostics;
    expect(newDiagnostics(told, again)).toEqual(again);
  });

  it('is not taken back for what others who look elsewhere do not find', () => {
    const { told } = standing(swings, 0);
    for (let i = 0; i < 30; i++) noteLook(told, 'a step of train', []);
    expect(pastDiagnostics(told)).toEqual([]);
  });
});
