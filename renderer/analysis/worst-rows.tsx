/** The rows with the largest error, and all columns of the one that is selected. */
import { useRef } from 'react';
import { samplePlace } from '../../shared/metrics/row-number';
import type { RegressionPoint, RegressionRow } from '../../shared/protocol/evaluation';
import { countText, figureText } from '../ui/numbers';
import { placeCounted, placeTitle } from './place-text';
import { CellText } from './sample-shown';

/** Columns that the table has room for; the others show below it for the selected row. */
const COLUMNS = 3;

const cellsOf = (row: RegressionRow) => (row.view.kind === 'row' ? row.view.cells : []);

interface WorstRowsProps {
  rows: readonly RegressionRow[];
  selected: RegressionPoint | null;
  onSelect: (row: number) => void;
}

function Selected({ row, point }: { row: RegressionRow | undefined; point: RegressionPoint }) {
  const title = placeTitle(row ?? point);
  return (
    <section className="worst-selected" aria-label={title}>
      <h2 className="num" title={placeCounted(row ?? point)}>
        {title}
      </h2>
      <p className="s12 ink2 num">
        actual {figureText(point.actual)}, predicted {figureText(point.predicted)}, error{' '}
        {figureText(point.predicted - point.actual)}
      </p>
      {row ? (
        <dl className="detail-cells s12 num" tabIndex={0} aria-label="Columns of the row">
          {cellsOf(row).map(({ column, text }) => (
            <div key={column} className="row g8">
              <dt className="ink3 grow">{column}</dt>
              <dd>
                <CellText text={text} />
              </dd>
            </div>
          ))}
        </dl>
      ) : (
        <p className="s12 ink3">Not among the rows with the largest error; its columns are not read.</p>
      )}
    </section>
  );
}

export function WorstRows({ rows, selected, onSelect }: WorstRowsProps) {
  const body = useRef<HTMLTableSectionElement>(null);
  const columns = rows.length > 0 ? cellsOf(rows[0]).slice(0, COLUMNS) : [];
  const at = rows.findIndex((row) => row.index === selected?.index);
  const onKeyDown = (event: React.KeyboardEvent) => {
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const next = rows[Math.min(rows.length - 1, Math.max(0, at + step))];
    onSelect(next.index);
    body.current?.querySelector<HTMLElement>(`[data-row="${next.index}"]`)?.focus();
  };
  return (
    <section className="worst" aria-label="Rows with the largest error" data-area="rows">
      <div className="examine-heading">
        <h2>Largest errors</h2>
        <span className="s12 ink3">a row here is a point of the plot</span>
      </div>
      <div className="worst-scroll">
        <table className="worst-table num">
          <thead>
            <tr>
              <th scope="col">{rows.length > 0 ? samplePlace(rows[0].index, rows[0].view).word : 'row'}</th>
              <th scope="col">actual</th>
              <th scope="col">predicted</th>
              <th scope="col">error</th>
              {columns.map(({ column }) => (
                <th scope="col" key={column} title={column}>
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body} onKeyDown={onKeyDown}>
            {rows.map((row, i) => (
              <tr key={row.index} data-chosen={i === at || undefined} onClick={() => onSelect(row.index)}>
                <th scope="row">
                  <button
                    type="button"
                    data-row={row.index}
                    tabIndex={(at === -1 ? i === 0 : i === at) ? 0 : -1}
                    aria-pressed={i === at}
                  >
                    {countText(samplePlace(row.index, row.view).number)}
                  </button>
                </th>
                <td>{figureText(row.actual)}</td>
                <td>{figureText(row.predicted)}</td>
                <td className="worst-error">{figureText(row.predicted - row.actual)}</td>
                {cellsOf(row)
                  .slice(0, COLUMNS)
                  .map(({ column, text }) => (
                    <td key={column} className="ink2">
                      <CellText text={text} />
                    </td>
                  ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {selected && <Selected row={rows[at]} point={selected} />}
    </section>
  );
}
