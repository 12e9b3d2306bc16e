/** Owns what a run has found out about itself: each finding is said once. */
import type { RunDiagnostic } from '../../../shared/protocol/run';
import type { Session } from './session';

/** Answers those that are new in this run and remembers them. */
export function newDiagnostics({ progress }: Session, found: readonly RunDiagnostic[]): RunDiagnostic[] {
  const fresh = found.filter(({ code }) => !progress.diagnostics.some((known) => known.code === code));
  progress.diagnostics.push(...fresh);
  return fresh;
}

export function tellDiagnostics({ run }: Session, diagnostics: readonly RunDiagnostic[]): void {
  for (const diagnostic of diagnostics) run.emit({ type: 'diagnostic', time: Date.now(), diagnostic });
}
