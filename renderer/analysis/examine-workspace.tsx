/** Examine: where the trained network errs, on what, and how sure that is. Read from left to right. */
import { Play } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';
import type { RunRecord } from '../../shared/protocol/run';
import { showWorkspace } from '../state/project-store';
import { startRun, useRuns } from '../state/runs-store';
import type { Ledger } from '../training/ledger';
import { continueRun } from '../training/run-actions';
import { useShownRun } from '../training/train-workspace';
import { goesOn } from '../ui/run-state';
import { ClassExamination } from './class-examination';
import { RunSelect } from './examine-header';
import { lookAtRun, useExamine } from './examine-store';
import { NumberExamination } from './number-examination';
import { PictureExamination } from './picture-examination';
import { firstPart, partSizes, taskOf } from './shown';
import './examine.css';
import './matrix.css';
import './samples.css';
import './classes.css';
import './regression.css';

function Empty({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="examine-empty" data-area="examine">
      <h1>{title}</h1>
      {children}
    </main>
  );
}

function NoRun() {
  return (
    <Empty title="Nothing trained yet">
      <p className="ink2">
        Run trains the network as it is drawn. After its first epoch, its mistakes can be looked at here.
      </p>
      <button type="button" className="btn primary" onClick={() => void startRun()}>
        <Play size={14} aria-hidden /> Run <kbd>Ctrl ⏎</kbd>
      </button>
    </Empty>
  );
}

/** Another run may have what this one lacks. */
function OtherRuns({ record }: { record: RunRecord }) {
  const several = useRuns((state) => state.records.length > 1);
  return several ? <RunSelect record={record} /> : null;
}

const showTrain = () => showWorkspace('train');

/** Why there is nothing to look at, and what comes next. */
function NoEpoch({ record, ledger }: { record: RunRecord; ledger: Ledger }) {
  const broken = ledger.broken?.type === 'failed' ? ledger.broken.message : ledger.broken?.reason;
  if (goesOn(record.state))
    return (
      <Empty title="No epoch is finished yet">
        <p className="ink2">
          {record.state === 'queued'
            ? `Run ${record.number} starts when the run before it has ended.`
            : `Run ${record.number} has just begun. What it predicts shows here after its first epoch, by itself.`}
        </p>
        <button type="button" className="btn" onClick={showTrain}>
          Watch it train
        </button>
        <OtherRuns record={record} />
      </Empty>
    );
  if (record.state === 'failed' || record.state === 'lost')
    return (
      <Empty
        title={
          record.state === 'failed'
            ? `Run ${record.number} could not go on`
            : `Run ${record.number} broke off`
        }
      >
        <p className="ink2">{record.message ?? broken ?? 'The engine ended before the first epoch.'}</p>
        <p className="ink2">No epoch was finished, so there are no predictions to look at.</p>
        <div className="row g8">
          {record.state === 'lost' ? (
            <button type="button" className="btn primary" onClick={() => void continueRun(record.run)}>
              Continue
            </button>
          ) : (
            <button type="button" className="btn primary" onClick={() => showWorkspace('build')}>
              Back to the network
            </button>
          )}
          <button type="button" className="btn" onClick={showTrain}>
            Show the run
          </button>
        </div>
        <OtherRuns record={record} />
      </Empty>
    );
  return (
    <Empty
      title={
        ledger.started ? `Run ${record.number} ended before its first epoch` : `Reading run ${record.number}`
      }
    >
      {ledger.started && (
        <p className="ink2">
          It was stopped early, so there are no predictions to look at. Run starts a new one.
        </p>
      )}
      <OtherRuns record={record} />
    </Empty>
  );
}

const EXAMINATIONS = {
  pictures: PictureExamination,
  classes: ClassExamination,
  numbers: NumberExamination,
} as const;

export function ExamineWorkspace() {
  const { record, ledger } = useShownRun();
  const run = record?.run ?? null;
  const { run: lookedAt, part: chosen, view } = useExamine();
  useEffect(() => lookAtRun(run), [run]);
  if (!record) return <NoRun />;
  const task = taskOf(ledger, view);
  if (task === null) return <NoEpoch record={record} ledger={ledger} />;
  if (lookedAt !== run) return null;
  const part = chosen !== null && partSizes(ledger)[chosen] > 0 ? chosen : firstPart(ledger);
  const Examination = EXAMINATIONS[task];
  return (
    <main className="examine">
      <Examination key={record.run} record={record} ledger={ledger} part={part} />
    </main>
  );
}
