/** Examines a network that makes pictures: what it made after each epoch, and the samples that it finds hardest. */
import { useMemo } from 'react';
import type { Part } from '../../shared/document/facts';
import type { RunRecord } from '../../shared/protocol/run';
import { Pictured } from '../pictures/pictured';
import { lossText, metricText, metricTitle } from '../training/figures';
import type { Epoch, Ledger } from '../training/ledger';
import { goesOn } from '../ui/run-state';
import { EpochSlider } from './epoch-slider';
import { ExamineHeader, HeaderFigure } from './examine-header';
import { useExamine } from './examine-store';
import { LossSamples, type LossQuestion } from './loss-samples';
import { keptEpoch, otherFigures, shownPictures } from './shown';

/** A row of samples is what `samples` are about; pictures of random numbers have no samples behind them. */
function questionOf(record: RunRecord, part: Part, epoch: Epoch | undefined): LossQuestion | null {
  const at = { run: record.run, part };
  if (part === 'validation' && epoch?.validation) return { ...at, epoch: epoch.epoch };
  return goesOn(record.state) ? null : at;
}

interface PictureExaminationProps {
  record: RunRecord;
  ledger: Ledger;
  part: Part;
}

export function PictureExamination({ record, ledger, part }: PictureExaminationProps) {
  const { epoch: chosen, playing } = useExamine();
  const { pictured } = ledger;
  const shown = shownPictures(ledger, record.state, chosen);
  const epochs = useMemo(() => pictured.map(({ epoch }) => epoch), [pictured]);
  const at = (epoch: number) => ledger.epochs.find((one) => one.epoch === epoch);
  const isValidated = ledger.epochs.some(({ validation }) => validation);
  const values = epochs.map((epoch) => {
    const figures = at(epoch);
    return (isValidated ? figures?.validation : figures?.train)?.loss ?? null;
  });
  if (!shown) return null;
  const epoch = at(shown.epoch);
  const hasSamples = shown.pictures.some(({ of }) => of === 'samples');
  const figures = isValidated ? epoch?.validation : epoch?.train;
  return (
    <>
      <ExamineHeader record={record} ledger={ledger} part={part}>
        {figures && figures.loss !== null && (
          <HeaderFigure
            value={lossText(figures.loss)}
            label={`${isValidated ? 'validation' : 'training'} loss, epoch ${shown.epoch}`}
          />
        )}
        {figures &&
          otherFigures(figures).map(([name, value]) => (
            <HeaderFigure key={name} value={metricText(name, value)} label={metricTitle(name)} />
          ))}
      </ExamineHeader>
      <div className="gallery-view" data-alone={!hasSamples || undefined}>
        <div className="gallery-pictures" data-area="pictures" tabIndex={0} aria-label="Pictures">
          {shown.pictures.map((pictures) => (
            <Pictured key={pictures.of} pictures={pictures} />
          ))}
        </div>
        <EpochSlider
          epochs={epochs}
          shown={shown.epoch}
          kept={keptEpoch(ledger)}
          following={!goesOn(record.state) ? 'ended' : chosen === null ? 'yes' : 'no'}
          series={{ name: isValidated ? 'Validation loss' : 'Training loss', values, format: lossText }}
        />
        {hasSamples && (
          <LossSamples
            question={playing ? null : questionOf(record, part, epoch)}
            weights={String(keptEpoch(ledger))}
          />
        )}
      </div>
    </>
  );
}
