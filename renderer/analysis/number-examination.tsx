/** Examines a network that predicts numbers: predicted against actual, and the rows that it misses most. */
import { useCallback, useMemo } from 'react';
import type { Part } from '../../shared/document/facts';
import type { Regression } from '../../shared/protocol/evaluation';
import type { HostParams } from '../../shared/protocol/host-api';
import type { MetricValues, RunRecord } from '../../shared/protocol/run';
import { host } from '../state/host';
import { lossText, metricText, metricTitle } from '../training/figures';
import type { Epoch, Ledger } from '../training/ledger';
import { countText, figureText } from '../ui/numbers';
import { goesOn } from '../ui/run-state';
import { useAsked } from './asked';
import { EpochSlider } from './epoch-slider';
import { PART_NAMES } from '../ui/run-result';
import { ExamineHeader, HeaderFigure } from './examine-header';
import { useExamine } from './examine-store';
import { LossSamples } from './loss-samples';
import { drawnPoints, numberFigures } from './regression-points';
import { PredictedAgainstActual } from './scatter';
import { keptEpoch, otherFigures, shownEpoch, validated } from './shown';
import { WorstRows } from './worst-rows';

const WORST = 50;
/** Nothing is predicted that could be drawn against what is true. */
const NO_NUMBERS = 'run/no-numbers';

/** Those that are worked out from the points that are drawn. */
const DRAWN_FIGURES = new Set(['mean_absolute_error', 'root_mean_squared_error', 'r2_score']);

type Question = Omit<HostParams<'regression'>, 'offset' | 'limit'>;
const askRegression = (question: Question) => host.regression({ ...question, offset: 0, limit: WORST });

function Figures({ regression, metrics }: { regression: Regression; metrics: MetricValues | undefined }) {
  const { mae, rmse, r2, n } = useMemo(() => numberFigures(regression.points), [regression]);
  const text = (value: number | null) => (value === null ? 'undefined' : figureText(value));
  const of =
    n < regression.n ? `from ${countText(n)} of ${countText(regression.n)} rows` : `n = ${countText(n)}`;
  return (
    <>
      <HeaderFigure value={text(mae)} label={`mean absolute error, ${of}`} />
      <HeaderFigure value={text(rmse)} label="root mean squared error" />
      <HeaderFigure
        value={r2 === null ? 'undefined' : r2.toFixed(3)}
        label={r2 !== null && r2 < 0 ? 'R², below 0: worse than always the mean' : 'R², 1 is perfect'}
      />
      {metrics &&
        otherFigures(metrics)
          .filter(([name]) => !DRAWN_FIGURES.has(name))
          .map(([name, value]) => (
            <HeaderFigure key={name} value={metricText(name, value)} label={metricTitle(name)} />
          ))}
    </>
  );
}

function Slider({ record, ledger, epoch }: { record: RunRecord; ledger: Ledger; epoch: Epoch }) {
  const chosen = useExamine((state) => state.epoch);
  const all = useMemo(() => validated(ledger), [ledger]);
  const epochs = useMemo(() => all.map((one) => one.epoch), [all]);
  const values = useMemo(() => all.map((one) => one.validation?.loss ?? null), [all]);
  return (
    <EpochSlider
      epochs={epochs}
      shown={epoch.epoch}
      kept={keptEpoch(ledger)}
      following={!goesOn(record.state) ? 'ended' : chosen === null ? 'yes' : 'no'}
      series={{ name: 'Validation loss', values, format: lossText }}
    />
  );
}

function Body({ regression }: { regression: Regression }) {
  const row = useExamine((state) => state.sample);
  const points = useMemo(() => drawnPoints(regression.points, regression.worst), [regression]);
  const selected = points.find((point) => point.index === row) ?? null;
  const onSelect = useCallback((index: number) => useExamine.setState({ sample: index }), []);
  return (
    <>
      <section className="scatter" aria-label="Predicted against actual" data-area="plot">
        <div className="examine-heading">
          <h2>Predicted against actual</h2>
          <span className="s12 ink3 num">
            {points.length < regression.n
              ? `${countText(points.length)} of ${countText(regression.n)} rows drawn`
              : `${countText(points.length)} rows`}
            ; on the dashed line a prediction is right
          </span>
        </div>
        <div className="scatter-plot">
          <PredictedAgainstActual
            points={points}
            selected={selected}
            target={regression.target}
            onSelect={onSelect}
          />
        </div>
      </section>
      <WorstRows rows={regression.worst} selected={selected} onSelect={onSelect} />
    </>
  );
}

export function NumberExamination({
  record,
  ledger,
  part,
}: {
  record: RunRecord;
  ledger: Ledger;
  part: Part;
}) {
  const chosen = useExamine((state) => state.epoch);
  const epoch = part === 'validation' ? shownEpoch(ledger, record.state, chosen) : null;
  const waits = epoch === null && goesOn(record.state);
  const question: Question | null = waits
    ? null
    : { run: record.run, part, ...(epoch ? { epoch: epoch.epoch } : {}) };
  const asked = useAsked(question, askRegression, epoch ? '' : String(keptEpoch(ledger)));
  const samples = `${PART_NAMES[part].toLowerCase()} rows`;
  return (
    <>
      <ExamineHeader record={record} ledger={ledger} part={part}>
        {asked.state === 'answered' && (
          <Figures regression={asked.value} metrics={epoch?.validation ?? ledger.report?.metrics[part]} />
        )}
      </ExamineHeader>
      <div className="regression">
        {asked.state === 'answered' ? (
          <Body regression={asked.value} />
        ) : question !== null && asked.state === 'failed' && asked.problem.code === NO_NUMBERS ? (
          <div className="loss-only">
            <p className="examine-wait ink2" role="status">
              {asked.problem.message}
            </p>
            <LossSamples question={question} weights={String(keptEpoch(ledger))} />
          </div>
        ) : (
          <p className="examine-wait ink2" role={asked.state === 'failed' ? 'alert' : 'status'}>
            {asked.state === 'failed' && asked.problem.message}
            {asked.state === 'waiting' && asked.slow && `Predicting the ${samples}.`}
            {asked.state === 'unasked' &&
              `The ${samples} are read with the kept weights, and those are known when the run has ended.`}
          </p>
        )}
        <div className="regression-epochs">
          {epoch ? (
            <Slider record={record} ledger={ledger} epoch={epoch} />
          ) : (
            <p className="s12 ink3 examine-kept">
              Weights of epoch {keptEpoch(ledger) ?? '–'}, the kept ones. Only validation is known for every
              epoch.
            </p>
          )}
        </div>
      </div>
    </>
  );
}
