/** What the run says unasked, the weightiest open and the others behind a button. And what broke it off. */
import { useState } from 'react';
import { runFixes } from '../../shared/metrics/run-fixes';
import type { RunDiagnostic, RunRecord } from '../../shared/protocol/run';
import { SeverityMark } from '../icons/marks';
import { applyFix } from '../canvas/apply-fix';
import { useProject } from '../state/project-store';
import { useRuns } from '../state/runs-store';
import { byWeight, causes } from './advice-order';
import { selectBlock } from './select-block';
import { wayOn, type Ledger, type WayOn } from './ledger';
import { continueRun } from './run-actions';

export function BrokenCard({ record, ledger }: { record: RunRecord; ledger: Ledger }) {
  if (record.state !== 'lost' && record.state !== 'failed') return null;
  // What broke it is told with its cause and what can be done.
  if (ledger.diagnostics.some(({ severity, message }) => severity === 'error' && message === record.message))
    return null;
  const sentence =
    record.message ?? (ledger.broken?.type === 'lost' ? ledger.broken.reason : ledger.broken?.message);
  return (
    <div
      className="card advice-card"
      data-severity={record.state === 'failed' ? 'error' : 'warning'}
      role="alert"
    >
      <h2 className="row g8">
        <SeverityMark
          severity={record.state === 'failed' ? 'error' : 'warning'}
          size={16}
          ground="var(--block)"
        />{' '}
        {record.state === 'lost' ? 'The engine ended unexpectedly' : 'The run could not go on'}
      </h2>
      <p className="s12 ink2">{sentence}</p>
    </div>
  );
}

/** The engine computes one very large step, or hangs: nobody can tell before it speaks again or is ended. */
export function SilenceCard({ run }: { run: string }) {
  const silence = useRuns((state) => state.silence);
  if (silence?.run !== run) return null;
  return (
    <div className="card advice-card" data-severity="warning" role="alert">
      <h2 className="row g8">
        <SeverityMark severity="warning" size={16} ground="var(--block)" /> The engine does not answer
      </h2>
      <p className="s12 ink2">
        It has given no sign of life for <span className="num">{silence.seconds}</span> seconds. One very
        large step can take that long. If it hangs, stop the run: the epochs that were finished are kept, and
        it can be continued from them.
      </p>
    </div>
  );
}

interface CardProps {
  diagnostic: RunDiagnostic;
  run: string;
  /** The last complete epoch. */
  now: number;
  /** The first thing to do, where it helps. */
  way: WayOn | null;
  onDismiss: () => void;
}

function Card({ diagnostic, run, now, way, onDismiss }: CardProps) {
  const { block, epoch = now } = diagnostic;
  const document = useProject((state) => state.whole);
  const fixes = runFixes(diagnostic, document);
  const isFirst = way === null && fixes.length === 0;
  return (
    <div className="card advice-card" data-severity={diagnostic.severity}>
      <h2 className="row g8">
        <SeverityMark severity={diagnostic.severity} size={16} ground="var(--block)" />{' '}
        {TITLES[diagnostic.code] ?? diagnostic.code}
      </h2>
      <p className="s12 ink2">{diagnostic.message}</p>
      <p className="s12 ink3">{diagnostic.why}</p>
      {epoch < now && <p className="s11 ink3 num">Seen at epoch {epoch}.</p>}
      <div className="row g8">
        {way !== null && (
          <button
            className="btn primary"
            title="This run goes on from where it ended; its curves are continued"
            onClick={() => void continueRun(run, way.epochs)}
          >
            {way.label}
          </button>
        )}
        {fixes.map((fix) => (
          <button
            key={fix.label}
            className={way === null ? 'btn primary' : 'btn'}
            title="Changes the network for the next run, which starts anew"
            onClick={() => {
              applyFix(fix);
              onDismiss();
            }}
          >
            {fix.label}
          </button>
        ))}
        {block && (
          <button className={isFirst ? 'btn primary' : 'btn'} onClick={() => selectBlock(block)}>
            Show the block
          </button>
        )}
        <button className="btn ghost" onClick={onDismiss}>
          Dismiss
        </button>
      </div>
    </div>
  );
}

const TITLES: Readonly<Record<string, string>> = {
  'run/not-finite': 'The loss is no longer a number',
  'run/diverging': 'The loss grows instead of falling',
  'run/too-slow': 'Hardly anything was learned',
  'run/overfit': 'Overfitting',
  'run/initial-loss': 'It begins worse than guessing',
  'run/oscillating': 'The loss swings up and down',
  'run/plateau': 'The loss stands still',
  'run/underfit': 'It could learn more',
  'run/learned-early': 'Fewer epochs would do',
  'run/majority-only': 'It answers the most frequent class only',
  'run/class-ignored': 'A class is never predicted',
  'run/one-class': 'There is only one class',
  'run/few-samples-seen': 'Not all samples were learned from',
  'run/metric-sample': 'How sure the figures are',
  'run/undefined-metric': 'A figure is undefined',
  'run/not-significant': 'A difference as small as chance',
  'run/mismatch': 'Test and validation differ',
  'run/checkpoint-damaged': 'A checkpoint is damaged',
  'run/dead-units': 'Units that never answer',
  'run/saturated': 'Answers at the ends of the range',
  'run/vanishing': 'The gradient vanishes',
  'run/exploding': 'The gradient explodes',
  'run/large-updates': 'Steps as large as leaps',
  'run/saddle': 'No slope, and not at the bottom',
};

export function Advice({ run, ledger }: { run: string; ledger: Ledger }) {
  const [dismissed, setDismissed] = useState<ReadonlySet<RunDiagnostic>>(new Set());
  const [all, setAll] = useState(false);
  const document = useProject((state) => state.whole);
  const hasBroken = useRuns(({ records }) =>
    records.some((record) => record.run === run && (record.state === 'failed' || record.state === 'lost')),
  );
  const left = byWeight(
    causes(ledger.diagnostics).filter((diagnostic) => !dismissed.has(diagnostic)),
    (diagnostic) => runFixes(diagnostic, document),
  );
  // Why it ended stands above.
  if (left.length === 0 && hasBroken) return null;
  if (left.length === 0) {
    const words = ledger.report
      ? 'Nothing to remark.'
      : ledger.epochs.length > 0
        ? 'Nothing to remark so far.'
        : 'Remarks on the run appear here.';
    return <p className="s12 ink3 advice-none">{words}</p>;
  }
  return (
    <>
      {(all ? left : left.slice(0, 1)).map((diagnostic) => (
        <Card
          key={`${diagnostic.code} ${diagnostic.block}`}
          diagnostic={diagnostic}
          run={run}
          now={ledger.epochs.at(-1)?.epoch ?? 0}
          way={wayOn(ledger, diagnostic.code)}
          onDismiss={() => setDismissed(new Set([...dismissed, diagnostic]))}
        />
      ))}
      {left.length > 1 && (
        <button
          type="button"
          className="btn link s12 advice-more"
          aria-expanded={all}
          onClick={() => setAll(!all)}
        >
          {all ? 'Only the first' : `${left.length - 1} more`}
        </button>
      )}
    </>
  );
}
