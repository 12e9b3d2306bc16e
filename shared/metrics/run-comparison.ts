/** Owns whether a run is told apart from the runs before it, or differs from them by no more than chance. */
import type { Report, RunDiagnostic } from '../protocol/run';
import { count, shareOf, titleOf } from './counted-share';
import { percent } from './run-figures';

/** A finished run of the same project. */
export interface EarlierRun {
  number: number;
  planHash: string;
  metrics: Report['metrics'];
}

/** Standard normal quantile for 95 % (two-sided). */
const Z95 = 1.96;

/**
 * Whether a change of the network brought less than chance does: both shares against each other as if of independent samples
 * (two-proportion z-test), which is stricter than runs of the same samples need. null: something else, or a real difference.
 */
export function notSignificant(
  now: Omit<EarlierRun, 'number'>,
  earlier: readonly EarlierRun[],
): RunDiagnostic | null {
  const judged = ({ metrics }: Pick<EarlierRun, 'metrics'>) => shareOf(metrics.test ?? metrics.validation);
  const share = judged(now);
  if (share === null) return null;
  const comparable = earlier.flatMap((run) => {
    const before = judged(run);
    const fits = before?.name === share.name && before.n === share.n && run.planHash !== now.planHash;
    return before !== null && fits ? [{ run, before }] : [];
  });
  if (comparable.length === 0) return null;
  const { run, before } = comparable.reduce((best, one) =>
    one.before.value > best.before.value ? one : best,
  );
  const mean = (share.value + before.value) / 2;
  const chance = Math.sqrt((2 * mean * (1 - mean)) / share.n);
  const difference = Math.abs(share.value - before.value);
  if (difference === 0 || difference >= Z95 * chance) return null;
  return {
    code: 'run/not-significant',
    severity: 'hint',
    block: null,
    message: `The ${titleOf(share.name)} of ${percent(share.value)} and that of run ${run.number}, ${percent(before.value)}, are not told apart by ${count(share.n)} samples.`,
    why: 'Another seed changes as much. Train both with several seeds, or hold out more samples, before you believe that one is better.',
  };
}
