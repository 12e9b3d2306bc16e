/** The right column of Examine: how well each class is found, how sure that is, and which classes are confused most. */
import { useMemo } from 'react';
import type { Interval } from '../../shared/metrics/interval';
import type { Confusion } from '../../shared/protocol/run';
import { countText, percentText } from '../ui/numbers';
import { axisStart, classRows, type ClassRow } from './class-intervals';
import { lookAtCell, sameCell, useExamine } from './examine-store';
import { mostConfused } from './matrix-text';

const MOST_CONFUSED = 6;
/** Intervals from fewer samples than this are wide enough to say so. */
const FEW = 20;

const WIDTH = 38;
const HEIGHT = 12;

/** Line and dot on the axis from `start` to 1. */
function IntervalMark({ value, interval, start }: { value: number; interval: Interval; start: number }) {
  const x = (share: number) => 3 + ((WIDTH - 6) * (share - start)) / Math.max(1e-9, 1 - start);
  return (
    <svg
      className="interval"
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      aria-hidden="true"
    >
      <line x1={0} x2={WIDTH} y1={HEIGHT / 2} y2={HEIGHT / 2} stroke="var(--line)" />
      <line
        x1={x(interval.low)}
        x2={x(interval.high)}
        y1={HEIGHT / 2}
        y2={HEIGHT / 2}
        stroke="var(--edge)"
        strokeWidth={2}
        strokeLinecap="round"
      />
      <circle cx={x(value)} cy={HEIGHT / 2} r={2.5} fill="var(--ink)" />
    </svg>
  );
}

function Score({
  value,
  interval,
  start,
}: {
  value: number | null;
  interval: Interval | null;
  start: number;
}) {
  if (value === null || interval === null) return <td className="ink3">undefined</td>;
  return (
    <td title={`95 % interval ${percentText(interval.low)} to ${percentText(interval.high)}`}>
      <span className="score">
        <span className="score-value">{(100 * value).toFixed(1)}</span>
        <IntervalMark value={value} interval={interval} start={start} />
      </span>
      <span className="visually-hidden">
        , between {percentText(interval.low)} and {percentText(interval.high)}
      </span>
    </td>
  );
}

/** `Recall of 7: 100 %, but from 4 samples: the true value is likely between 51 and 100 %.` */
function fewSentence(rows: readonly ClassRow[]): string | null {
  const row = rows
    .filter(({ support, recall }) => support > 0 && support < FEW && recall !== null)
    .sort((a, b) => a.support - b.support)[0];
  const interval = row?.intervals.recall;
  if (!interval) return null;
  const samples = row.support === 1 ? '1 sample' : `${row.support} samples`;
  return `Recall of ${row.label} is ${percentText(row.recall, 0)}, but from ${samples}: the true value is likely between ${(100 * interval.low).toFixed(0)} and ${(100 * interval.high).toFixed(0)}\u2009%.`;
}

function ClassTable({ rows, start }: { rows: readonly ClassRow[]; start: number }) {
  const cell = useExamine((state) => state.cell);
  return (
    <div className="class-rows">
      <table className="class-table num">
        <thead>
          <tr>
            <th scope="col">class</th>
            <th scope="col">n</th>
            <th scope="col">precision</th>
            <th scope="col">recall</th>
            <th scope="col">F1</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row, i) => (
            <tr
              key={row.label}
              data-chosen={cell.trueClass === i || undefined}
              onClick={() => lookAtCell({ trueClass: i, predictedClass: null })}
            >
              <th scope="row">
                <button
                  type="button"
                  aria-pressed={cell.trueClass === i && cell.predictedClass === null}
                  title={row.label}
                  aria-label={`${row.label}: show its row`}
                >
                  {row.label}
                </button>
              </th>
              <td className="ink2">{countText(row.support)}</td>
              <Score value={row.precision} interval={row.intervals.precision} start={start} />
              <Score value={row.recall} interval={row.intervals.recall} start={start} />
              <Score value={row.f1} interval={row.intervals.f1} start={start} />
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function MostConfused({ confusion }: { confusion: Confusion }) {
  const chosen = useExamine((state) => state.cell);
  const cells = mostConfused(confusion, MOST_CONFUSED);
  const most = cells[0]?.count ?? 1;
  if (cells.length === 0) return null;
  return (
    <section className="most-confused" aria-label="Most frequent mistakes">
      <h2>Most frequent mistakes</h2>
      <ul className="s12 num">
        {cells.map(({ trueClass, predictedClass, count }) => (
          <li key={`${trueClass},${predictedClass}`}>
            <button
              type="button"
              aria-pressed={sameCell(chosen, { trueClass, predictedClass })}
              onClick={() => lookAtCell({ trueClass, predictedClass })}
            >
              <span className="answer-name">
                {confusion.labels[trueClass]} read as {confusion.labels[predictedClass]}
              </span>
              <span className="probability" data-of="predicted">
                <i style={{ width: `${(100 * count) / most}%` }} />
              </span>
              <span>{countText(count)}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}

export function ClassesPanel({ confusion }: { confusion: Confusion }) {
  const rows = useMemo(() => classRows(confusion), [confusion]);
  const start = axisStart(rows);
  const few = fewSentence(rows);
  return (
    <section className="classes" aria-label="Per class" data-area="classes">
      <div className="examine-heading">
        <h2>Per class</h2>
        <span className="grow" />
        <span className="s11 ink3 num">
          in %, line: 95&#8201;% interval, axis {Math.round(100 * start)} to 100
        </span>
      </div>
      <ClassTable rows={rows} start={start} />
      {few && <p className="s12 ink2 classes-few">{few}</p>}
      <MostConfused confusion={confusion} />
    </section>
  );
}
