/** Banners under the top bar and the small confirmation at the lower edge. */
import { CircleCheck, Files, OctagonAlert, RotateCcw, Unplug, X } from 'lucide-react';
import type { Problem } from '../../shared/result';
import { useCanvas } from '../canvas/canvas-store';
import { useCompilation } from '../state/compilation';
import { host, useConnection } from '../state/host';
import { dismissProblem, useNotices } from '../state/notices';
import { discardRecovered, openRecovery } from '../state/project-files';
import { forgetNotes, useProject } from '../state/project-store';
import { timeText } from '../ui/numbers';

export function ConnectionBanner() {
  const state = useConnection((connection) => connection.state);
  if (state !== 'lost') return null;
  return (
    <div className="banner warn" role="status">
      <Unplug size={16} strokeWidth={1.5} aria-hidden />
      <span className="grow">
        The connection to Axonry is lost. Trying again. Your drawing stays in this window; keep the window
        open until the connection is back.
      </span>
    </div>
  );
}

/** The card beside a block is open and says the same. */
function useSaidBeside(problem: Problem | null): boolean {
  const block = useCanvas((state) => state.problemsOf);
  return useCompilation(({ problems }) =>
    problems.some((one) => block !== null && one.block === block && one.code === problem?.code),
  );
}

export function ProblemBanner() {
  const problem = useNotices((state) => state.problem);
  const isSaidBeside = useSaidBeside(problem);
  if (!problem || isSaidBeside) return null;
  return (
    <div className="banner error" role="alert">
      <OctagonAlert size={16} strokeWidth={1.5} aria-hidden />
      <span className="grow">{problem.message}</span>
      <span className="mono ink3">{problem.code}</span>
      <button type="button" className="btn ghost icon" aria-label="Dismiss" onClick={dismissProblem}>
        <X size={16} strokeWidth={1.5} />
      </button>
    </div>
  );
}

function dismissRecovery(recovery: string): void {
  void host.discardRecovery({ recovery });
  forgetNotes();
}

/** What a crash left is open again: it says so once, and may be dropped. */
export function RecoveredBanner() {
  const recovered = useProject((state) => state.project?.recovered);
  const hasFile = useProject((state) => state.project?.path !== null);
  if (!recovered) return null;
  return (
    <div className="banner" role="status">
      <RotateCcw size={16} strokeWidth={1.5} aria-hidden />
      <span className="grow">
        Axonry ended before this was saved. It is open again as it was at {timeText(recovered.time)}.
        {hasFile && ' The file itself is unchanged.'}
      </span>
      <button type="button" className="btn" onClick={forgetNotes}>
        Keep it
      </button>
      <button type="button" className="btn ghost" onClick={() => void discardRecovered()}>
        Discard it
      </button>
    </div>
  );
}

export function AlsoOpenBanner() {
  const alsoOpen = useProject((state) => state.project?.alsoOpen);
  if (!alsoOpen) return null;
  return (
    <div className="banner warn" role="status">
      <Files size={16} strokeWidth={1.5} aria-hidden />
      <span className="grow">
        This project is open in another window too. Whoever saves second is asked before anything is replaced.
      </span>
      <button type="button" className="btn ghost icon" aria-label="Dismiss" onClick={forgetNotes}>
        <X size={16} strokeWidth={1.5} />
      </button>
    </div>
  );
}

export function RecoveryBanner() {
  const newer = useProject((state) => state.project?.newerAutosave);
  if (!newer) return null;
  return (
    <div className="banner" role="status">
      <RotateCcw size={16} strokeWidth={1.5} aria-hidden />
      <span className="grow">
        A copy of {timeText(newer.time)} is newer than the file. It was kept when Axonry last ended.
      </span>
      <button type="button" className="btn" onClick={() => void openRecovery(newer.recovery)}>
        Open the copy
      </button>
      <button type="button" className="btn ghost" onClick={() => dismissRecovery(newer.recovery)}>
        Discard the copy
      </button>
    </div>
  );
}

export function Confirmation() {
  const confirmation = useNotices((state) => state.confirmation);
  return (
    <div className="confirmation" role="status" aria-live="polite">
      {confirmation && (
        <div className="float row g8 s12" key={confirmation.id}>
          <CircleCheck size={16} strokeWidth={1.5} aria-hidden />
          {confirmation.text}
        </div>
      )}
    </div>
  );
}
