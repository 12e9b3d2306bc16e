/** The runs: those that train, those that wait in their order, and those of this project that have ended. */
import { useLayoutEffect, useRef } from 'react';
import { ChevronDown, ChevronUp, X } from 'lucide-react';
import type { RunOrder, RunRecord } from '../../shared/protocol/run';
import { showRun, useRuns } from '../state/runs-store';
import { resultText } from '../ui/run-result';
import { goesOn, runStateColor, runWords } from '../ui/run-state';
import { moveRun, stopRun } from './run-actions';

type Ordered = RunOrder['waiting'][number];

const icon = { size: 14, 'aria-hidden': true } as const;

/** A run of another project can be moved here, and looked at where it belongs. */
function Name({ run, record, shown }: { run: Ordered; record: RunRecord | undefined; shown: boolean }) {
  if (!record)
    return (
      <span className="run-name-of ink2" title={`Of the project ${run.project}`}>
        Run {run.number} of {run.project}
      </span>
    );
  return (
    <button
      type="button"
      className="btn ghost run-name-of"
      aria-current={shown || undefined}
      onClick={() => void showRun(record.run)}
    >
      <span className="dot" style={{ color: runStateColor(record.state) }} />
      <span>
        Run {record.number}
        <span className="ink2">
          , {runWords(record)}
          {resultText(record)}
        </span>
      </span>
    </button>
  );
}

function WaitingRow({
  run,
  record,
  shown,
  place,
  last,
  onMove,
}: {
  run: Ordered;
  record: RunRecord | undefined;
  shown: boolean;
  place: number;
  last: boolean;
  onMove: (label: string) => void;
}) {
  const name = record ? `run ${run.number}` : `run ${run.number} of ${run.project}`;
  const buttons = [
    { label: `Move ${name} up`, Icon: ChevronUp, to: place - 1, off: place === 0 },
    { label: `Move ${name} down`, Icon: ChevronDown, to: place + 1, off: last },
  ];
  return (
    <li className="row" data-place={place}>
      <Name run={run} record={record} shown={shown} />
      {buttons.map(({ label, Icon, to, off }) => (
        <button
          key={label}
          type="button"
          className="btn ghost icon"
          aria-label={label}
          title={label}
          aria-disabled={off}
          onClick={() => {
            if (off) return;
            onMove(label);
            void moveRun(run.run, to);
          }}
        >
          <Icon {...icon} />
        </button>
      ))}
      <button
        type="button"
        className="btn ghost icon"
        aria-label={`Cancel ${name}`}
        title={`Cancel ${name}: it is not trained`}
        onClick={() => {
          onMove(`Cancel ${name}`);
          void stopRun(run.run);
        }}
      >
        <X {...icon} />
      </button>
    </li>
  );
}

export function RunsCard() {
  const records = useRuns((state) => state.records);
  const order = useRuns((state) => state.order);
  const shown = useRuns((state) => state.shown);
  const list = useRef<HTMLElement>(null);
  const moved = useRef<string | null>(null);
  // A button keeps the focus when its row moves; that of a row that goes leaves it to the card.
  useLayoutEffect(() => {
    const label = moved.current;
    moved.current = null;
    if (label === null) return;
    const buttons = [...(list.current?.querySelectorAll('button') ?? [])];
    (buttons.find((button) => button.ariaLabel === label) ?? buttons.at(0))?.focus();
  }, [order]);
  const record = (run: string) => records.find((one) => one.run === run);
  const ended = records.filter(({ state }) => !goesOn(state));
  if (order.training.length + order.waiting.length + ended.length < 2) return null;
  return (
    <section className="card runs-card" aria-label="Runs" ref={list}>
      <h2>Runs</h2>
      <ul aria-label="Training">
        {order.training.map((run) => (
          <li className="row" key={run.run}>
            <Name run={run} record={record(run.run)} shown={run.run === shown} />
          </li>
        ))}
      </ul>
      {order.waiting.length > 0 && (
        <>
          <h3 className="label">Waiting</h3>
          <ol aria-label="Waiting">
            {order.waiting.map((run, place) => (
              <WaitingRow
                key={run.run}
                run={run}
                record={record(run.run)}
                shown={run.run === shown}
                place={place}
                last={place === order.waiting.length - 1}
                onMove={(label) => (moved.current = label)}
              />
            ))}
          </ol>
        </>
      )}
      {ended.length > 0 && (
        <>
          <h3 className="label">Ended</h3>
          <ul aria-label="Ended" className="runs-ended">
            {ended.map((one) => (
              <li className="row" key={one.run}>
                <Name run={one} record={one} shown={one.run === shown} />
              </li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}
