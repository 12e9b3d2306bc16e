/** The left column of Examine: the confusion matrix with its legend and the sentence about the cell at hand. */
import { useElementSize } from '@mantine/hooks';
import { useState } from 'react';
import type { Confusion } from '../../shared/protocol/run';
import { percentText } from '../ui/numbers';
import { countStepNames, countSteps, shareSteps } from './error-steps';
import { lookAtCell, useExamine } from './examine-store';
import { DenseMatrix } from './dense-matrix';
import { Matrix } from './matrix';
import { mostOf, type MatrixView } from './matrix-view';
import { cellSentence } from './matrix-text';

/** More classes than this are drawn, not laid out: 900 buttons are enough for a page. */
const MOST_BUTTON_CLASSES = 30;

function Legend({ view }: { view: MatrixView }) {
  const names =
    view.values === 'counts'
      ? countStepNames(view.most)
      : view.steps
          .map((end, i) => (i === 0 ? `up to ${percentText(end)}` : percentText(end)))
          .concat(view.most > 0 ? 'more' : []);
  return (
    <div className="matrix-legend s11 ink2 num" aria-hidden="true">
      <span>{names.length > 0 ? 'mistakes' : 'no mistakes'}</span>
      {names.map((name, i) => (
        <span key={name} className="row g4">
          <i data-step={i + 1} /> {name}
        </span>
      ))}
      <span className="row g4">
        <i data-step="right" /> right
      </span>
    </div>
  );
}

function ValuesSwitch({ values }: { values: MatrixView['values'] }) {
  return (
    <div className="seg" role="group" aria-label="What the cells show">
      <button
        type="button"
        aria-pressed={values === 'counts'}
        onClick={() => useExamine.setState({ values: 'counts' })}
      >
        Counts
      </button>
      <button
        type="button"
        aria-pressed={values === 'shares'}
        onClick={() => useExamine.setState({ values: 'shares' })}
      >
        Row %
      </button>
    </div>
  );
}

export function ConfusionPanel({ confusion, caption }: { confusion: Confusion; caption: string }) {
  const values = useExamine((state) => state.values);
  const chosen = useExamine((state) => state.cell);
  const [pointed, setPointed] = useState<readonly [number, number] | null>(null);
  const { ref, width } = useElementSize();
  const most = mostOf(confusion, values);
  const steps = values === 'counts' ? countSteps(most) : shareSteps(most);
  const view: MatrixView = { confusion, values, most, steps, chosen };
  const at =
    pointed ??
    (chosen.trueClass !== null && chosen.predictedClass !== null
      ? [chosen.trueClass, chosen.predictedClass]
      : null);
  const Shown = confusion.labels.length > MOST_BUTTON_CLASSES ? DenseMatrix : Matrix;
  return (
    <section className="confusion" aria-label="Confusion matrix" data-area="matrix">
      <div className="examine-heading">
        <h2>Confusion matrix</h2>
        <span className="s12 ink3 num grow">{caption}</span>
        <ValuesSwitch values={values} />
      </div>
      <p className="s11 ink3 matrix-axes">
        Predicted class across, true class down; recall and precision in %
      </p>
      <div ref={ref} className="matrix-room">
        {width > 0 && (
          <Shown
            view={view}
            width={width}
            onPoint={setPointed}
            onOpen={(t, p) => lookAtCell({ trueClass: t, predictedClass: p })}
          />
        )}
      </div>
      <Legend view={view} />
      <p className="matrix-sentence s12 ink2 num" aria-live="polite">
        {at && at[0] < confusion.labels.length && at[1] < confusion.labels.length
          ? cellSentence(confusion, at[0], at[1])
          : 'Arrow keys move, Enter shows the samples of a cell.'}
      </p>
    </section>
  );
}
