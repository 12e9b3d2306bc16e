/** The selected sample, larger, with what the network said of every class. */
import { ChevronLeft, ChevronRight, X } from 'lucide-react';
import type { CellSample } from '../../shared/protocol/evaluation';
import { lossText } from '../training/figures';
import { Picture } from './picture';
import { placeCounted, placeTitle } from './place-text';
import { percentOf, ProbabilityBar } from './sample-card';
import { CellText, isProse } from './sample-shown';

/** Up to so many classes keep their own order; more are sorted by what they got. */
const MOST_IN_ORDER = 12;

function classesOf({ probabilities }: CellSample): number[] {
  const classes = probabilities.map((_, i) => i);
  return classes.length <= MOST_IN_ORDER
    ? classes
    : classes.sort((a, b) => probabilities[b] - probabilities[a]);
}

function Cells({ cells }: { cells: readonly { column: string; text: string }[] }) {
  return (
    <dl className="detail-cells s12 num" tabIndex={0} aria-label="Columns of the row">
      {cells.map(({ column, text }) => (
        <div key={column} className={isProse(text) ? 'detail-prose' : 'row g8'}>
          <dt className="ink3 grow">{column}</dt>
          <dd>
            <CellText text={text} />
          </dd>
        </div>
      ))}
    </dl>
  );
}

function Probabilities({ sample, labels }: { sample: CellSample; labels: readonly string[] }) {
  return (
    <ul className="detail-classes s12 num" tabIndex={0} aria-label="Probability of every class in per cent">
      {classesOf(sample).map((i) => {
        const of = i === sample.trueClass ? 'true' : i === sample.predictedClass ? 'predicted' : 'other';
        return (
          <li key={labels[i]} data-of={of}>
            <span className="answer-name">{labels[i]}</span>
            <ProbabilityBar share={sample.probabilities[i]} of={of} />
            <span>{percentOf(sample.probabilities[i])}&#8201;%</span>
          </li>
        );
      })}
    </ul>
  );
}

interface SampleDetailProps {
  sample: CellSample;
  labels: readonly string[];
  onMove: (step: 1 | -1) => void;
  onClose: () => void;
}

export function SampleDetail({ sample, labels, onMove, onClose }: SampleDetailProps) {
  const { view, trueClass, predictedClass } = sample;
  const words =
    trueClass === predictedClass
      ? `${labels[trueClass]}, read right`
      : `true ${labels[trueClass]}, predicted ${labels[predictedClass]}`;
  return (
    <section className="sample-detail" aria-label={placeTitle(sample)} data-area="sample">
      <div className="row g8">
        <h2 className="num" title={placeCounted(sample)}>
          {placeTitle(sample)}
        </h2>
        <span className="s12 ink2 grow answer-name">
          {words}, loss <span className="num">{lossText(sample.loss)}</span>
        </span>
        <button
          type="button"
          className="btn ghost icon"
          aria-label="Sample before"
          onClick={() => onMove(-1)}
        >
          <ChevronLeft size={16} strokeWidth={1.5} aria-hidden />
        </button>
        <button type="button" className="btn ghost icon" aria-label="Next sample" onClick={() => onMove(1)}>
          <ChevronRight size={16} strokeWidth={1.5} aria-hidden />
        </button>
        <button type="button" className="btn ghost icon" aria-label="Close the sample" onClick={onClose}>
          <X size={16} strokeWidth={1.5} aria-hidden />
        </button>
      </div>
      <div className="detail-body">
        {view.kind === 'picture' ? (
          <Picture
            view={view}
            size={196}
            name={`${placeTitle(sample)}, ${view.width} by ${view.height} pixels`}
          />
        ) : (
          <Cells cells={view.cells} />
        )}
        <Probabilities sample={sample} labels={labels} />
      </div>
    </section>
  );
}
