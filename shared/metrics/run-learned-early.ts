/** Owns when a run has gone on for long after its answers could become no better. */
import type { RunDiagnostic } from '../protocol/run';
import { shareOf } from './counted-share';
import { epochs, type EpochFigures, type RunContext } from './run-figures';

/** With fewer validation samples all of them are soon right. */
const ENOUGH = 50;
/** So much of the run, and so many epochs, brought nothing. */
const SHARE_OF_RUN = 0.5;
const LONG = 10;

/** The first epoch since when every validation sample was answered right; null where the last epoch had a wrong one. */
function rightSince(history: readonly EpochFigures[]): EpochFigures | null {
  const isRight = ({ validation }: EpochFigures) => {
    const share = shareOf(validation);
    return share?.name === 'accuracy' && share.value === 1;
  };
  const wrong = history.map(isRight).lastIndexOf(false);
  return history.at(wrong + 1) ?? null;
}

export function learnedEarly(
  history: readonly EpochFigures[],
  { block, ended }: RunContext,
): RunDiagnostic | null {
  if (!ended) return null;
  const since = rightSince(history);
  if (since?.validation === undefined || since.validation.n < ENOUGH) return null;
  const { epoch } = history[history.length - 1];
  const idle = epoch - since.epoch;
  if (idle < Math.max(LONG, SHARE_OF_RUN * history.length)) return null;
  return {
    code: 'run/learned-early',
    severity: 'hint',
    block,
    message: `All ${since.validation.n} validation samples have been answered right since epoch ${since.epoch}, for ${epochs(idle)}.`,
    why: 'There was nothing more to learn from these samples. Fewer epochs would do.',
    epoch,
  };
}
