/** Owns which remark on a run is read first: by weight, then what can be acted upon, then the newest. */
import type { Fix } from '../../shared/compiler/diagnostic';
import type { RunDiagnostic } from '../../shared/protocol/run';

const WEIGHT: Readonly<Record<RunDiagnostic['severity'], number>> = { error: 0, warning: 1, hint: 2 };

/** `told`: oldest first. `fixes`: what a remark offers to change. */
export function byWeight(
  told: readonly RunDiagnostic[],
  fixes: (diagnostic: RunDiagnostic) => readonly Fix[],
): RunDiagnostic[] {
  const idle = (diagnostic: RunDiagnostic) => Number(fixes(diagnostic).length === 0);
  return [...told].reverse().sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || idle(a) - idle(b));
}
