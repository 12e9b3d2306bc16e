/** A confusion matrix of at most thirty classes: a table of buttons with one tab stop. */
import { useMemo, useRef, useState } from 'react';
import { classScores } from '../../shared/metrics/confusion';
import { lookAtCell } from './examine-store';
import { cellName } from './matrix-text';
import { cellStep, cellText, cellValues, isChosen, movedCell, type MatrixProps } from './matrix-view';

const RECALL_WIDTH = 66;
const LARGEST_CELL = 64;
const SMALLEST_CELL = 9;
/** Below this a number of three figures does not fit at 11 px. */
const CELL_WITH_TEXT = 24;

/** Room for the class names at the left: as wide as they are, but no more than a quarter. */
const labelWidth = (labels: readonly string[], width: number): number =>
  Math.min(width / 4, 16 + 7 * Math.max(...labels.map((label) => label.length)));

/** Per cent without its sign. `room` is in pixels: where there is little, the decimals or the last letters are left out. */
function edgeText(share: number | null, room: number): string {
  if (share === null) return room < 56 ? 'undef.' : 'undefined';
  return room < 32 ? (100 * share).toFixed(0) : (100 * share).toFixed(1);
}

export function Matrix({ view, width, onPoint, onOpen }: MatrixProps) {
  const { confusion, values, steps, chosen } = view;
  const { labels } = confusion;
  const body = useRef<HTMLTableSectionElement>(null);
  const [stop, setStop] = useState<readonly [number, number]>([0, 0]);
  const shown = useMemo(() => cellValues(confusion, values), [confusion, values]);
  const scores = useMemo(() => classScores(confusion), [confusion]);
  const first = labelWidth(labels, width);
  const cell = Math.max(
    SMALLEST_CELL,
    Math.min(LARGEST_CELL, Math.floor((width - first - RECALL_WIDTH - labels.length - 3) / labels.length)),
  );
  const tilted = labels.some((label) => label.length * 7 > cell);
  const tabStop = stop[0] < labels.length && stop[1] < labels.length ? stop : ([0, 0] as const);

  const onKeyDown = (event: React.KeyboardEvent) => {
    const next = movedCell(event.key, tabStop, labels.length);
    if (!next) return;
    event.preventDefault();
    setStop(next);
    body.current?.querySelector<HTMLElement>(`[data-cell="${next[0]},${next[1]}"]`)?.focus();
  };
  const sizes = { '--cell': `${cell}px`, '--first': `${first}px` } as React.CSSProperties;
  return (
    <table
      className="matrix num"
      style={sizes}
      data-small={cell < CELL_WITH_TEXT || undefined}
      onMouseLeave={() => onPoint(null)}
    >
      <caption className="visually-hidden">
        Confusion matrix: a row for each true class, a column for each predicted class
      </caption>
      <thead>
        <tr data-tilted={tilted || undefined}>
          <td />
          {labels.map((label, p) => (
            <th key={label} scope="col" title={label} data-chosen={chosen.predictedClass === p || undefined}>
              <span>{label}</span>
            </th>
          ))}
          <th scope="col" className="matrix-edge">
            recall
          </th>
        </tr>
      </thead>
      <tbody ref={body} onKeyDown={onKeyDown} onBlur={() => onPoint(null)}>
        {labels.map((label, t) => (
          <tr key={label}>
            <th scope="row" title={label} data-chosen={chosen.trueClass === t || undefined}>
              <button
                type="button"
                tabIndex={-1}
                onClick={() => lookAtCell({ trueClass: t, predictedClass: null })}
              >
                {label}
              </button>
            </th>
            {labels.map((other, p) => (
              <td key={other}>
                <button
                  type="button"
                  className="matrix-cell"
                  data-cell={`${t},${p}`}
                  data-step={cellStep(shown[t][p], t === p, steps)}
                  data-chosen={isChosen(chosen, t, p) || undefined}
                  data-area-entry={(tabStop[0] === t && tabStop[1] === p) || undefined}
                  tabIndex={tabStop[0] === t && tabStop[1] === p ? 0 : -1}
                  aria-label={cellName(confusion, t, p)}
                  aria-pressed={isChosen(chosen, t, p)}
                  onFocus={() => {
                    setStop([t, p]);
                    onPoint([t, p]);
                  }}
                  onMouseEnter={() => onPoint([t, p])}
                  onClick={() => onOpen(t, p)}
                >
                  {cell < CELL_WITH_TEXT ? '' : cellText(shown[t][p], values, cell)}
                </button>
              </td>
            ))}
            <td className="matrix-edge" data-undefined={scores[t].recall === null || undefined}>
              {edgeText(scores[t].recall, RECALL_WIDTH)}
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot>
        <tr>
          <td />
          {scores.map(({ label, precision }) => (
            <td
              key={label}
              className="matrix-edge"
              data-undefined={precision === null || undefined}
              title={`precision of ${label}: ${edgeText(precision, RECALL_WIDTH)}`}
            >
              <span>{edgeText(precision, cell)}</span>
            </td>
          ))}
          <th scope="row" className="matrix-edge">
            precision
          </th>
        </tr>
      </tfoot>
    </table>
  );
}
