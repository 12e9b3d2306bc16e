/** The bar over the curves: which run, how far it is, how fast, how long still, and its buttons. */
import { ArrowUpToLine, Pause, Play, RotateCcw, Square } from 'lucide-react';
import type { RunOrder, RunRecord } from '../../shared/protocol/run';
import { useEstimateOf } from '../state/estimate';
import { showWorkspace } from '../state/project-store';
import { startRun, useRuns } from '../state/runs-store';
import { EpochBar } from '../ui/epoch-bar';
import { countText, timeText } from '../ui/numbers';
import { ReadingBar } from '../ui/reading-bar';
import { runStateColor, runWords } from '../ui/run-state';
import { durationText, estimateText, PART_WORDS } from './figures';
import { epochsTrained, hasLongEpochs, keptWeights, secondsSoFar, type Judging, type Ledger } from './ledger';
import { continueRun, moveRun, pauseRun, resumeRun, stopRun } from './run-actions';

/** `Training, run 3`: the word begins a line here. */
const headline = (record: RunRecord): string => {
  const words = runWords(record);
  return `${words[0].toUpperCase()}${words.slice(1)}, run ${record.number}`;
};

/** A run that waits has not started; one that waited started later than it was asked for. */
const sinceText = ({ state, created }: RunRecord, { started }: Ledger): string =>
  state === 'queued' ? `waiting since ${timeText(created)}` : `started ${timeText(started?.time ?? created)}`;

/** How many wait before this one; -1 where its turn has come. */
const placeOf = ({ waiting }: RunOrder, run: string): number => waiting.findIndex((one) => one.run === run);

/** What a run that waits is waiting for. */
function waitingText(place: number): string {
  if (place < 0) return 'Starts when the engine is ready';
  if (place === 0) return 'Starts when a run has ended';
  return `Starts after ${place} ${place === 1 ? 'other' : 'others'} that wait`;
}

const waits = ({ state }: RunRecord): boolean => state === 'queued' || state === 'preparing';

/** Steps are over: what is kept, and how far its figures are. */
function JudgingProgress({
  judging: { epoch, step, progress },
  ledger,
}: {
  judging: Judging;
  ledger: Ledger;
}) {
  const isWithin = epoch > (ledger.epochs.at(-1)?.epoch ?? 0);
  const share = progress ? progress.done / Math.max(1, progress.total) : 0;
  const part = progress ? ` on the ${PART_WORDS[progress.part]} samples` : '';
  return (
    <div className="run-progress">
      <div className="row g12 s12">
        <b>Step {countText(step)} was the last</b>
        <span className="ink2">
          weights {isWithin ? 'from within' : 'of'} epoch {epoch} kept, computing their figures{part}
        </span>
        <span className="grow" />
        {progress && (
          <span className="num ink2">
            {countText(progress.done)} of {countText(progress.total)} samples judged
          </span>
        )}
      </div>
      <EpochBar of="figures" done={share} epochs={1} />
    </div>
  );
}

/** A search for a rate counts rates: it ends within an epoch, and its weights are no result. */
function RatesProgress({ tried, ledger: { report, judging } }: { tried: number; ledger: Ledger }) {
  const words = report
    ? 'the chart shows where the loss falls fastest'
    : judging
      ? 'the last figures are computed'
      : 'the search ends by itself';
  return (
    <div className="run-progress">
      <div className="row g12 s12">
        <b>
          {countText(tried)} learning rates tried{report || judging ? '' : ' so far'}
        </b>
        <span className="ink2">{words}</span>
      </div>
    </div>
  );
}

function Progress({ record, ledger }: { record: RunRecord; ledger: Ledger }) {
  const order = useRuns((state) => state.order);
  const estimate = useEstimateOf(record);
  const { started, report } = ledger;
  if (ledger.rangeTest && !waits(record))
    return <RatesProgress tried={ledger.rangeTest.points.length} ledger={ledger} />;
  if (ledger.judging) return <JudgingProgress judging={ledger.judging} ledger={ledger} />;
  if (!started || waits(record)) {
    const words =
      record.state === 'queued'
        ? waitingText(placeOf(order, record.run))
        : (ledger.preparing?.message ?? 'Starting the engine');
    const { preparing } = ledger;
    if (record.state === 'preparing' && preparing?.share !== undefined)
      return (
        <div className="run-progress">
          <ReadingBar progress={{ ...preparing, share: preparing.share }} />
        </div>
      );
    return (
      <div className="run-progress">
        <span className="s12 ink2">{estimate ? `${words}. ${estimateText(estimate)}.` : words}</span>
      </div>
    );
  }
  const last = ledger.progress.at(-1);
  const done = epochsTrained(ledger);
  const kept = keptWeights(ledger);
  const epoch = Math.min(started.epochs, Math.max(1, Math.ceil(done)));
  return (
    <div className="run-progress">
      <div className="row g12 s12">
        <b>
          Epoch {countText(epoch)} of {countText(started.epochs)}
        </b>
        {last && !report && hasLongEpochs(ledger) && (
          <span className="ink2 num">
            step {countText(last.stepInEpoch)} of {countText(started.stepsPerEpoch)}
          </span>
        )}
        {report && kept && (
          <span className="ink2">
            {ENDINGS[report.stopped]}, weights {kept.within ? 'from within' : 'of'} epoch {kept.epoch} kept
          </span>
        )}
        <span className="grow" />
        <span className="num ink2">{Math.floor((100 * done) / started.epochs)}&#8201;%</span>
      </div>
      <EpochBar of="run" done={done} epochs={started.epochs} />
    </div>
  );
}

const ENDINGS = {
  finished: 'all epochs done',
  early: 'stopped early',
  asked: 'stopped by hand',
  'not-finite': 'stopped: not finite',
  failed: 'failed',
} as const;

function Figure({ value, label }: { value: string; label: string }) {
  return (
    <div className="run-figure">
      <b className="num">{value}</b>
      <span>{label}</span>
    </div>
  );
}

function Figures({ record, ledger }: { record: RunRecord; ledger: Ledger }) {
  const last = ledger.progress.at(-1);
  const speed = ledger.report?.samplesPerSecond ?? last?.samplesPerSecond;
  // What is left of the epochs says nothing of a search for a rate.
  const isForecast = record.state === 'running' && ledger.rangeTest === null;
  return (
    <div className="row run-figures">
      {speed !== undefined && <Figure value={countText(speed)} label="samples per second" />}
      {ledger.started && <Figure value={durationText(secondsSoFar(ledger))} label="elapsed" />}
      {isForecast && last?.secondsLeft != null && (
        <Figure value={durationText(last.secondsLeft)} label="left" />
      )}
    </div>
  );
}

/** What stopped a run from outside can be mended; one whose loss is no longer a number would break again. */
const canContinue = (record: RunRecord, ledger: Ledger): boolean =>
  record.state !== 'failed' || (record.report === null && ledger.started !== null);

function Buttons({ record, ledger }: { record: RunRecord; ledger: Ledger }) {
  const place = useRuns(({ order }) => placeOf(order, record.run));
  switch (record.state) {
    case 'queued':
      return (
        <>
          {place > 0 && (
            <button className="btn" onClick={() => void moveRun(record.run, 0)}>
              <ArrowUpToLine size={14} aria-hidden /> Start next
            </button>
          )}
          <StopButton record={record} ledger={ledger} />
        </>
      );
    case 'preparing':
    case 'running':
    case 'paused':
    case 'stopping':
      return (
        <>
          <PauseButton record={record} />
          <StopButton record={record} ledger={ledger} />
        </>
      );
    case 'lost':
    case 'stopped':
    case 'failed':
      return (
        <>
          {canContinue(record, ledger) && (
            <button className="btn primary" onClick={() => void continueRun(record.run)}>
              <RotateCcw size={14} aria-hidden /> Continue
            </button>
          )}
          <button className="btn" onClick={() => void startRun()}>
            Start again
          </button>
        </>
      );
    case 'finished':
      return record.report?.rangeTest ? null : (
        <button className="btn primary" onClick={() => showWorkspace('examine')}>
          {ledger.pictured.length > 0 ? 'See the pictures' : 'See the mistakes'}
        </button>
      );
  }
}

function PauseButton({ record: { run, state } }: { record: RunRecord }) {
  if (state === 'running')
    return (
      <button className="btn" onClick={() => void pauseRun(run)}>
        <Pause size={14} aria-hidden /> Pause
      </button>
    );
  if (state !== 'paused') return null;
  return (
    <button className="btn primary" onClick={() => void resumeRun(run)}>
      <Play size={14} aria-hidden /> Resume
    </button>
  );
}

/** What the button that stops a run would do now. */
function stopLabel({ state }: RunRecord, { judging, started }: Ledger): string {
  if (judging) return 'Leave out the rest';
  if (state === 'stopping') return started ? 'Stopping…' : 'End it now';
  return state === 'queued' || state === 'preparing' ? 'Stop' : 'Stop and keep best';
}

function StopButton({ record, ledger }: { record: RunRecord; ledger: Ledger }) {
  const { run, state } = record;
  // One that hangs can be asked again, which ends it.
  const isSilent = useRuns((store) => store.silence?.run === run);
  const off = state === 'stopping' && ledger.started !== null && !ledger.judging && !isSilent;
  return (
    <button
      className="btn"
      aria-disabled={off}
      title={ledger.judging ? 'What was not computed can be computed later' : undefined}
      onClick={() => void (off || stopRun(run))}
    >
      <Square size={14} aria-hidden /> {stopLabel(record, ledger)}
    </button>
  );
}

export function RunBar({ record, ledger }: { record: RunRecord; ledger: Ledger }) {
  const origin = [
    record.from ? `goes on from run ${record.from.number}` : `seed ${record.seed}`,
    sinceText(record, ledger),
    ledger.started?.engine.device,
  ]
    .filter(Boolean)
    .join(', ');
  return (
    <section className="run-bar" aria-label="Run" data-area="run">
      <div>
        <div className="row g8 run-name">
          <span className="dot" style={{ color: runStateColor(record.state) }} />
          <b role="status">{headline(record)}</b>
        </div>
        <div className="s11 ink3 num run-origin" title={origin}>
          {origin}
        </div>
      </div>
      <Progress record={record} ledger={ledger} />
      <Figures record={record} ledger={ledger} />
      <div className="row g8">
        <Buttons record={record} ledger={ledger} />
      </div>
    </section>
  );
}
