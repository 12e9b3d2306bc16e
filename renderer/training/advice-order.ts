/**
 * Owns which remarks on a run are read, and which first: none that only follows from another one; then by weight, by what can
 * be acted upon, and the newest.
 */
import type { Fix } from '../../shared/compiler/diagnostic';
import type { RunDiagnostic } from '../../shared/protocol/run';

const WEIGHT: Readonly<Record<RunDiagnostic['severity'], number>> = { error: 0, warning: 1, hint: 2 };

/** What a network shows that was thrown far away. */
const THROWN = [
  'run/oscillating',
  'run/plateau',
  'run/underfit',
  'run/large-updates',
  'run/saturated',
  'run/dead-units',
  'run/saddle',
  'run/majority-only',
  'run/class-ignored',
];

/** By the code of a cause, what follows from it and is gone when it is mended. */
const CONSEQUENCES: Readonly<Record<string, readonly string[]>> = {
  'run/not-finite': ['run/diverging', ...THROWN],
  'run/diverging': THROWN,
  'run/oscillating': ['run/large-updates'],
  'run/too-slow': ['run/majority-only', 'run/class-ignored'],
};

export function causes(told: readonly RunDiagnostic[]): RunDiagnostic[] {
  const followed = new Set(told.flatMap(({ code }) => CONSEQUENCES[code] ?? []));
  return told.filter(({ code }) => !followed.has(code));
}

/** `told`: oldest first. `fixes`: what a remark offers to change. */
export function byWeight(
  told: readonly RunDiagnostic[],
  fixes: (diagnostic: RunDiagnostic) => readonly Fix[],
): RunDiagnostic[] {
  const idle = (diagnostic: RunDiagnostic) => Number(fixes(diagnostic).length === 0);
  return [...told].reverse().sort((a, b) => WEIGHT[a.severity] - WEIGHT[b.severity] || idle(a) - idle(b));
}
