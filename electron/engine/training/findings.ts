/**
 * Owns what a run has found out about itself: each finding is said once, again at the end if it has gone on, and taken back
 * where it has not been true for a good while.
 */
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

/** Longer than what the rules look back on: a habit that pauses for a few epochs is not over. */
const GOOD_WHILE = 10;
/** In a long run, of its epochs: a remark that comes and goes every few moments helps nobody. */
const SHARE_OF_RUN = 0.1;
/** At the end so much of it is enough: no epoch will follow that could bring the finding back. */
const AT_END = 0.5;

/**
 * Notes what a look at the run has found. `look` names who looked, as `curves`: only its own findings are missed where it
 * does not find them again.
 */
export function noteLook({ progress }: Told, look: string, found: readonly RunDiagnostic[]): void {
  for (const missed of Object.values(progress.missed)) if (missed.look === look) missed.looks += 1;
  for (const { code } of found) progress.missed[code] = { look, looks: 0 };
}

/** Answers the findings that have been missed for a good while, and forgets them: they can be found anew. */
export function pastDiagnostics({ progress }: Told, ended = false): RunDiagnostic[] {
  const goodWhile = Math.max(GOOD_WHILE, SHARE_OF_RUN * progress.epochs) * (ended ? AT_END : 1);
  const past = progress.diagnostics.filter(({ code }) => (progress.missed[code]?.looks ?? 0) >= goodWhile);
  progress.diagnostics = progress.diagnostics.filter((known) => !past.includes(known));
  for (const { code } of past) delete progress.missed[code];
  return past;
}

export function tellDiagnostics({ run }: Session, diagnostics: readonly RunDiagnostic[]): void {
  for (const diagnostic of diagnostics) run.emit({ type: 'diagnostic', time: Date.now(), diagnostic });
}

export function takeBack({ run, progress: { epochs } }: Session, past: readonly RunDiagnostic[]): void {
  for (const { code, block } of past)
    run.emit({ type: 'withdrawn', time: Date.now(), code, block, epoch: epochs });
}
