/** Beside the curves of a run: what its network makes now. All epochs are in Examine. */
import type { Pictures } from '../../shared/protocol/pictures';
import { showWorkspace } from '../state/project-store';
import type { Ledger } from '../training/ledger';
import { plural } from '../ui/numbers';
import { rowsOf } from './pictured';
import { picturesIn, Sheet } from './sheet';

/** As many samples as can be seen at this width. */
const SAMPLES = 5;

function Now({ pictures }: { pictures: Pictures }) {
  switch (pictures.of) {
    case 'noise':
      return (
        <Sheet
          sheet={pictures.made}
          columns={Math.ceil(Math.sqrt(picturesIn(pictures.made)))}
          name="Made of random numbers"
        />
      );
    case 'samples': {
      const columns = Math.min(SAMPLES, picturesIn(pictures.made));
      return rowsOf(pictures).map(({ name, sheet }) => (
        <div key={name}>
          <span className="s11 ink3">{name}</span>
          <Sheet sheet={sheet} columns={columns} rows={1} name={`${name}: ${plural(columns, 'picture')}`} />
        </div>
      ));
    }
    case 'code':
      return null;
  }
}

export function PicturesCard({ ledger }: { ledger: Ledger }) {
  const newest = ledger.pictured.at(-1);
  if (!newest) return null;
  return (
    <section className="card pictures-card" aria-label="Pictures">
      <div className="row g8">
        <h2 className="num">Pictures after epoch {newest.epoch}</h2>
        <span className="grow" />
        <button type="button" className="btn link s12" onClick={() => showWorkspace('examine')}>
          All epochs
        </button>
      </div>
      <Now pictures={newest.pictures[0]} />
    </section>
  );
}
