/** What a run has found out is told once, and again where it has gone on. */
import { describe, expect, it } from 'vitest';
import { changedDiagnostics, newDiagnostics } from '../../../electron/engine/training/findings';
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
