/** Examines a network that predicts classes: where it errs, on which samples, how well each class is found. */
import { useMemo } from 'react';
import type { Part } from '../../shared/document/facts';
import type { Evaluation } from '../../shared/protocol/evaluation';
import type { HostParams } from '../../shared/protocol/host-api';
import type { Confusion, MetricValues, RunRecord } from '../../shared/protocol/run';
import { host } from '../state/host';
import { lossText, metricText, metricTitle } from '../training/figures';
import type { Epoch, Ledger } from '../training/ledger';
import { countText, percentText, plural } from '../ui/numbers';
import { goesOn } from '../ui/run-state';
import { useAsked, type Asked } from './asked';
import { BesideMatrix } from './beside-matrix';
import type { CellQuestion } from './cell-samples';
import { ConfusionPanel } from './confusion-panel';
import { PART_NAMES } from '../ui/run-result';
import { ExamineHeader, HeaderFigure } from './examine-header';
import { anyMistake, useExamine } from './examine-store';
import { EpochSlider } from './epoch-slider';
import { choiceName, chosenCount, type CellChoice } from './matrix-text';
import { figuresOf, keptEpoch, otherFigures, shownEpoch, validated } from './shown';

const askEvaluation = (question: HostParams<'evaluate'>) => host.evaluate(question);

interface Seen {
  confusion: Confusion;
  metrics: MetricValues;
  /** Of validation; null for the kept weights on another part. */
  epoch: Epoch | null;
}

/** Validation is in the ledger, epoch by epoch; the other parts are evaluated with the kept weights. */
function seenOf(part: Part, epoch: Epoch | null, asked: Asked<Evaluation>): Seen | null {
  if (part === 'validation' && epoch?.confusion && epoch.validation)
    return { confusion: epoch.confusion, metrics: epoch.validation, epoch };
  if (asked.state !== 'answered' || !asked.value.confusion) return null;
  return { confusion: asked.value.confusion, metrics: asked.value.metrics, epoch: null };
}

function Figures({ seen }: { seen: Seen }) {
  const { n, loss, accuracy, interval, mistakes } = figuresOf(seen.confusion, seen.metrics);
  return (
    <>
      <HeaderFigure
        value={percentText(accuracy, 2)}
        label={
          interval
            ? `accuracy, 95\u2009% interval ${(100 * interval.low).toFixed(2)} to ${percentText(interval.high, 2)}`
            : 'accuracy of no samples'
        }
      />
      <HeaderFigure
        value={countText(mistakes)}
        label={`${mistakes === 1 ? 'mistake' : 'mistakes'} in ${countText(n)}`}
      />
      <HeaderFigure value={loss === null ? 'undefined' : lossText(loss)} label="loss" />
      {otherFigures(seen.metrics).map(([name, value]) => (
        <HeaderFigure key={name} value={metricText(name, value)} label={metricTitle(name)} />
      ))}
    </>
  );
}

function Slider({
  record,
  ledger,
  epoch,
  cell,
}: {
  record: RunRecord;
  ledger: Ledger;
  epoch: Epoch;
  cell: CellChoice;
}) {
  const chosen = useExamine((state) => state.epoch);
  const withMatrix = useMemo(() => validated(ledger).filter((one) => one.confusion), [ledger]);
  const epochs = useMemo(() => withMatrix.map((one) => one.epoch), [withMatrix]);
  const values = useMemo(
    () => withMatrix.map(({ confusion }) => (confusion ? chosenCount(confusion, cell) : null)),
    [withMatrix, cell],
  );
  return (
    <EpochSlider
      epochs={epochs}
      shown={epoch.epoch}
      kept={keptEpoch(ledger)}
      following={!goesOn(record.state) ? 'ended' : chosen === null ? 'yes' : 'no'}
      series={{
        name: epoch.confusion ? choiceName(epoch.confusion, cell) : 'Mistakes',
        values,
        format: countText,
      }}
    />
  );
}

function waitingWords(record: RunRecord, part: Part, asked: Asked<Evaluation>): string {
  const samples = `${PART_NAMES[part].toLowerCase()} samples`;
  if (asked.state === 'failed') return asked.problem.message;
  if (asked.state === 'waiting') return asked.slow ? `Evaluating the kept weights on the ${samples}.` : '';
  return goesOn(record.state)
    ? `The ${samples} are read with the kept weights, and those are known when the run has ended. Validation shows every epoch.`
    : `No predictions for the ${samples} are known.`;
}

interface ExaminationProps {
  record: RunRecord;
  ledger: Ledger;
  part: Part;
}

function Columns({ record, ledger, part, seen }: ExaminationProps & { seen: Seen }) {
  const { order, playing, cell: chosen } = useExamine();
  const classes = seen.confusion.labels.length;
  const cell =
    (chosen.trueClass ?? 0) < classes && (chosen.predictedClass ?? 0) < classes ? chosen : anyMistake;
  const kept = keptEpoch(ledger);
  const at = { run: record.run, part };
  const question: CellQuestion = {
    ...at,
    ...(seen.epoch ? { epoch: seen.epoch.epoch } : {}),
    ...cell,
    mistakesOnly: cell.trueClass === null || cell.predictedClass === null,
    order,
  };
  const samples = plural(
    figuresOf(seen.confusion, seen.metrics).n,
    `${PART_NAMES[part].toLowerCase()} sample`,
  );
  return (
    <div className="examine-columns">
      <div className="examine-first">
        <ConfusionPanel confusion={seen.confusion} caption={samples} />
        {seen.epoch ? (
          <Slider record={record} ledger={ledger} epoch={seen.epoch} cell={cell} />
        ) : (
          <p className="s12 ink3 examine-kept">
            Weights of epoch {kept ?? '–'}, the kept ones. Only validation is known for every epoch.
          </p>
        )}
      </div>
      <BesideMatrix
        confusion={seen.confusion}
        cell={cell}
        part={samples}
        samples={question}
        plane={seen.epoch && seen.epoch.epoch !== kept ? { ...at, epoch: seen.epoch.epoch } : at}
        playing={playing}
        weights={String(kept)}
      />
    </div>
  );
}

export function ClassExamination({ record, ledger, part }: ExaminationProps) {
  const chosen = useExamine((state) => state.epoch);
  const epoch = part === 'validation' ? shownEpoch(ledger, record.state, chosen) : null;
  const inLedger = epoch?.confusion !== undefined && epoch.validation !== undefined;
  const asks = !inLedger && !goesOn(record.state);
  const asked = useAsked(asks ? { run: record.run, part } : null, askEvaluation, String(keptEpoch(ledger)));
  const seen = seenOf(part, epoch, asked);
  return (
    <>
      <ExamineHeader record={record} ledger={ledger} part={part}>
        {seen && <Figures seen={seen} />}
      </ExamineHeader>
      {seen ? (
        <Columns record={record} ledger={ledger} part={part} seen={seen} />
      ) : (
        <p className="examine-wait ink2" role={asked.state === 'failed' ? 'alert' : 'status'}>
          {waitingWords(record, part, asked)}
        </p>
      )}
    </>
  );
}
