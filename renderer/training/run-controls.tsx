/** The card that steers a run while it goes: one step, figures of now, a snapshot, another learning rate. */
import { useState } from 'react';
import { Camera, Gauge, StepForward, Timer } from 'lucide-react';
import type { RunRecord } from '../../shared/protocol/run';
import { shortcutText } from '../app/commands';
import { countText } from '../ui/numbers';
import { lossText, metricText, metricTitle, PART_WORDS, rateText } from './figures';
import type { Asked, Ledger } from './ledger';
import {
  branchRun,
  evaluateNow,
  keepSnapshot,
  profileAndShow,
  setLearningRate,
  stepRun,
} from './run-actions';
import { canSteer, RATE_FIELD } from './run-commands';

const icon = { size: 14, 'aria-hidden': true } as const;

/** Empty or no number above 0: nothing to send. */
function readRate(text: string): number | null {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) && value > 0 ? value : null;
}

function RateField({ run, now }: { run: string; now: number | null }) {
  const [draft, setDraft] = useState<string | null>(null);
  const value = draft === null ? null : readRate(draft);
  const wrong = draft !== null && value === null;
  const change = () => {
    if (value === null) return;
    setDraft(null);
    void setLearningRate(run, value);
  };
  return (
    <div>
      <form
        className="row g8 rate-field"
        onSubmit={(event) => {
          event.preventDefault();
          change();
        }}
      >
        <label className="s12 ink2" htmlFor={RATE_FIELD}>
          Learning rate
        </label>
        <div className="field grow">
          <input
            id={RATE_FIELD}
            className="num"
            value={draft ?? (now === null ? '' : rateText(now))}
            inputMode="decimal"
            autoComplete="off"
            aria-invalid={wrong}
            aria-describedby={wrong ? `${RATE_FIELD}-problem` : undefined}
            onChange={(event) => setDraft(event.currentTarget.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape') setDraft(null);
            }}
          />
        </div>
        <button className="btn" type="submit" disabled={value === null}>
          Change
        </button>
      </form>
      {wrong && (
        <p id={`${RATE_FIELD}-problem`} className="field-problem" role="alert">
          A learning rate is a number above 0, as 0.001.
        </p>
      )}
    </div>
  );
}

function askedText(asked: Asked): string {
  const where = `Step ${countText(asked.step)}`;
  switch (asked.type) {
    case 'snapshot':
      return `${where}: kept as ${asked.checkpoint}.`;
    case 'rate':
      return `${where}: learning rate ${rateText(asked.value)}.`;
    case 'evaluated': {
      const { n, loss, ...metrics } = asked.metrics;
      const figures = [
        `loss ${loss === null ? 'undefined' : lossText(loss)}`,
        ...Object.entries(metrics).map(
          ([name, value]) => `${metricTitle(name).toLowerCase()} ${metricText(name, value)}`,
        ),
      ];
      return `${where}: ${figures.join(', ')} on ${countText(n)} ${PART_WORDS[asked.part]} samples.`;
    }
  }
}

function AskedList({ asked, run }: { asked: readonly Asked[]; run: string }) {
  if (asked.length === 0) return null;
  return (
    <ol className="asked num" aria-label="What was asked for" aria-live="polite" tabIndex={0}>
      {[...asked].reverse().map((one, i) => (
        <li key={asked.length - i}>
          {askedText(one)}{' '}
          {one.type === 'snapshot' && (
            <button
              type="button"
              className="btn link s12"
              title="A new run trains on with these weights; this one stays as it is"
              onClick={() => void branchRun(run, one.checkpoint)}
            >
              Train on from here
            </button>
          )}
        </li>
      ))}
    </ol>
  );
}

export function RunControls({ record, ledger }: { record: RunRecord; ledger: Ledger }) {
  const isGoing = canSteer(record.state);
  if (!isGoing && ledger.asked.length === 0) return null;
  const { run } = record;
  const now = ledger.progress.at(-1)?.learningRate ?? ledger.epochs.at(-1)?.learningRate ?? null;
  return (
    <section className="card run-controls" aria-label="Controls">
      <h2>{isGoing ? 'While it trains' : 'Asked for while it trained'}</h2>
      {isGoing && (
        <>
          <div className="row g8 control-buttons">
            <button
              className="btn"
              title={`Does one step, then pauses (${shortcutText('step-run')})`}
              onClick={() => void stepRun(run)}
            >
              <StepForward {...icon} /> One step
            </button>
            <button
              className="btn"
              title={`Figures of the weights of now (${shortcutText('evaluate-now')})`}
              onClick={() => void evaluateNow(run)}
            >
              <Gauge {...icon} /> Evaluate now
            </button>
            <button
              className="btn"
              title={`Keeps the weights of now in the run's folder (${shortcutText('keep-snapshot')})`}
              onClick={() => void keepSnapshot(run)}
            >
              <Camera {...icon} /> Keep a snapshot
            </button>
            <button
              className="btn"
              title="Measures where the time of a step goes; the canvas shows it"
              onClick={() => void profileAndShow(run)}
            >
              <Timer {...icon} /> Profile
            </button>
          </div>
          <RateField run={run} now={now} />
        </>
      )}
      <AskedList asked={ledger.asked} run={run} />
    </section>
  );
}
