/** Owns what a run has found out about itself: each finding is said once, and again at the end if it has gone on. */
import type { RunDiagnostic } from '../../../shared/protocol/run';
import type { Session } from './session';

type Told = Pick<Session, 'progress'>;

/** Answers those that are new in this run and remembers them. */
export function newDiagnostics({ progress }: Told, found: readonly RunDiagnostic[]): RunDiagnostic[] {
  const fresh = found.filter(({ code }) => !progress.diagnostics.some((known) => known.code === code));
  progress.diagnostics.push(...fresh);
  return fresh;
}

/** Answers those that were said before and read otherwise by now, and remembers them in the place of what was said. */
export function changedDiagnostics({ progress }: Told, found: readonly RunDiagnostic[]): RunDiagnostic[] {
  const changed = found.filter(({ code, message }) =>
    progress.diagnostics.some((known) => known.code === code && known.message !== message),
  );
  progress.diagnostics = progress.diagnostics.map(
    (known) => changed.find(({ code }) => code === known.code) ?? known,
  );
  return changed;
}

export function tellDiagnostics({ run }: Session, diagnostics: readonly RunDiagnostic[]): void {
  for (const diagnostic of diagnostics) run.emit({ type: 'diagnostic', time: Date.now(), diagnostic });
}
