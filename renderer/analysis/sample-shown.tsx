/** What a card shows of a sample: its picture, or the first cells of its row. */
import type { SampleView } from '../../shared/protocol/samples';
import { Picture } from './picture';

/** Cells that a card has room for; a line that says "1 more" would take the room of that one. */
const CELLS = 4;

const roomFor = (count: number): number => (count <= CELLS ? count : CELLS - 1);

/** A text that is to be read, not a value of a column: it takes lines of its own. */
export const isProse = (text: string): boolean => text.length > 24;

/** An empty cell says so. */
export function CellText({ text }: { text: string }) {
  return text === '' ? <span className="ink3">empty</span> : text;
}

export function SampleShown({ view, name }: { view: SampleView; name: string }) {
  if (view.kind === 'picture') return <Picture view={view} size={64} name={name} />;
  const shown = roomFor(view.cells.length);
  return (
    <span className="card-cells s11 num">
      {view.cells.slice(0, shown).map(({ column, text }) =>
        isProse(text) ? (
          <span key={column} className="card-prose" title={column}>
            {text}
          </span>
        ) : (
          <span key={column} className="row g4">
            <span className="ink3 answer-name grow">{column}</span>
            <span className="answer-name">
              <CellText text={text} />
            </span>
          </span>
        ),
      )}
      {view.cells.length > shown && <span className="ink3">{view.cells.length - shown} more in the row</span>}
    </span>
  );
}
