/** Train: the run that goes on, its curves and what can be done about it. */
import { useEffect, useMemo, useState } from 'react';
import { Play } from 'lucide-react';
import type { RunEvent } from '../../shared/protocol/run';
import { PicturesCard } from '../pictures/pictures-card';
import { shortcutText } from '../app/commands';
import { useNextStep } from '../state/compilation';
import { showSettings } from '../state/dialogs';
import { useConnection } from '../state/host';
import { showWorkspace } from '../state/project-store';
import { showRun, startRun, useRuns } from '../state/runs-store';
import { sizeText, countText } from '../ui/numbers';
import { Advice, BrokenCard, SilenceCard } from './advice';
import { Curves } from './curves';
import { EpochTable } from './epoch-table';
import { ledgerOf, metricsOf, readLedger, trainersOf, type Ledger } from './ledger';
import { LeftOutCard } from './left-out-card';
import { RunBar } from './run-bar';
import { RunControls } from './run-controls';
import { useRunCommands } from './run-commands';
import { RunsCard } from './runs-card';
import './training.css';

const NO_EVENTS: readonly RunEvent[] = [];

/** The shown run and everything it said; read from the host when only its name is known, and again after a lost connection. */
export function useShownRun() {
  const shown = useRuns((state) => state.shown);
  const record = useRuns((state) => state.records.find((other) => other.run === state.shown));
  const events = useRuns((state) => (state.shown ? (state.events[state.shown] ?? NO_EVENTS) : NO_EVENTS));
  const connection = useConnection((state) => state.state);
  useEffect(() => {
    if (shown && connection === 'open') void showRun(shown);
  }, [shown, connection]);
  const ledger = useMemo(() => readLedger(events), [events]);
  return { record, ledger };
}

function NoRun() {
  const { ready, text } = useNextStep();
  return (
    <main className="train-empty" data-area="train">
      <h1>{ready ? 'Nothing trained yet' : 'Not ready to train'}</h1>
      <p className="ink2">
        {ready
          ? 'Run trains the network as it is drawn. Loss and accuracy appear here while it learns.'
          : text}
      </p>
      {ready ? (
        <button className="btn primary" onClick={() => void startRun()}>
          <Play size={14} aria-hidden /> Run <kbd>{shortcutText('run')}</kbd>
        </button>
      ) : (
        <button className="btn primary" onClick={() => showWorkspace('build')}>
          Go on drawing
        </button>
      )}
    </main>
  );
}

function Status({ ledger }: { ledger: Ledger }) {
  const { started } = ledger;
  const last = ledger.progress.at(-1);
  const checkpoint = ledger.epochs.at(-1);
  return (
    <footer className="train-status num">
      {last && (
        <span>
          <b>{sizeText(last.memory.rss)}</b> memory of the engine
        </span>
      )}
      {started && (
        <span>
          <b>{countText(started.samples.train)}</b> training, <b>{countText(started.samples.validation)}</b>{' '}
          validation, <b>{countText(started.samples.test)}</b> test samples
        </span>
      )}
      <span className="grow" />
      {checkpoint && <span>newest checkpoint: epoch {checkpoint.epoch}</span>}
      <button
        type="button"
        className="btn link s12"
        title="Runs at once, and cores left free"
        onClick={showSettings}
      >
        Settings
      </button>
    </footer>
  );
}

export function TrainWorkspace() {
  const { record, ledger } = useShownRun();
  const [chosen, setChosen] = useState<string | null>(null);
  const [trainer, setTrainer] = useState<string | null>(null);
  const trainers = trainersOf(ledger);
  const turned = trainer !== null && trainers.includes(trainer) ? trainer : (trainers[0] ?? null);
  const shown = useMemo(() => (turned === null ? ledger : ledgerOf(ledger, turned)), [ledger, turned]);
  useRunCommands();
  if (!record) return <NoRun />;
  const metrics = metricsOf(shown);
  const metric = chosen !== null && metrics.includes(chosen) ? chosen : (metrics[0] ?? null);
  return (
    <main className="train">
      <RunBar record={record} ledger={ledger} />
      <div className="train-middle">
        <Curves
          ledger={shown}
          metric={metric}
          metrics={metrics}
          onMetric={setChosen}
          trainer={turned}
          trainers={trainers}
          onTrainer={setTrainer}
          key={`curves of ${turned ?? ''} in ${record.run}`}
        />
        <aside className="train-side" aria-label="Advice" data-area="advice">
          <SilenceCard run={record.run} />
          <BrokenCard record={record} ledger={ledger} />
          <LeftOutCard record={record} ledger={ledger} key={`left out of ${record.run}`} />
          <PicturesCard ledger={ledger} />
          <Advice run={record.run} ledger={ledger} key={record.run} />
          <RunControls record={record} ledger={ledger} key={`controls of ${record.run}`} />
          <RunsCard />
          <EpochTable ledger={shown} metric={metric} />
        </aside>
      </div>
      <Status ledger={ledger} />
    </main>
  );
}
