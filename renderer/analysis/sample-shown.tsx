/** What a card shows of a sample: its picture, or the first cells of its row. */
import type { SampleView } from '../../shared/protocol/samples';
import { Picture } from './picture';

/** Cells that a card has room for. */
const CELLS = 3;

/** A text that is to be read, not a value of a column: it takes lines of its own. */
export const isProse = (text: string): boolean => text.length > 24;

export function SampleShown({ view, name }: { view: SampleView; name: string }) {
  if (view.kind === 'picture') return <Picture view={view} size={64} name={name} />;
  return (
    <span className="card-cells s11 num">
      {view.cells.slice(0, CELLS).map(({ column, text }) =>
        isProse(text) ? (
          <span key={column} className="card-prose" title={column}>
            {text}
          </span>
        ) : (
          <span key={column} className="row g4">
            <span className="ink3 answer-name grow">{column}</span>
            <span className="answer-name">{text}</span>
          </span>
        ),
      )}
      {view.cells.length > CELLS && <span className="ink3">{view.cells.length - CELLS} more</span>}
    </span>
  );
}
