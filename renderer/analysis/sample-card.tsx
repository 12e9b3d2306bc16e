/** One sample of the gallery: what it is, what the network took it for, and how sure it was. */
import type { CellSample } from '../../shared/protocol/evaluation';
import { placeCounted, placeText, placeTitle } from './place-text';
import { SampleShown } from './sample-shown';

export function ProbabilityBar({ share, of }: { share: number; of: 'predicted' | 'true' | 'other' }) {
  return (
    <span className="probability" data-of={of}>
      <i style={{ width: `${100 * share}%` }} />
    </span>
  );
}

export const percentOf = (share: number): string => (100 * share).toFixed(1);

function Answer({
  word,
  label,
  share,
  of,
}: {
  word: string;
  label: string;
  share: number;
  of: 'predicted' | 'true';
}) {
  return (
    <span className="answer s11">
      <span className="row g4">
        <span className="grow answer-name">
          {word} <b>{label}</b>
        </span>
        <span className="num">{percentOf(share)}</span>
      </span>
      <ProbabilityBar share={share} of={of} />
    </span>
  );
}

interface SampleCardProps {
  sample: CellSample;
  labels: readonly string[];
  selected: boolean;
  /** The one card that Tab leads to. */
  tabStop: boolean;
  onSelect: () => void;
}

export function SampleCard({ sample, labels, selected, tabStop, onSelect }: SampleCardProps) {
  const { trueClass, predictedClass, probabilities, index } = sample;
  const right = trueClass === predictedClass;
  const name = `${placeTitle(sample)}: ${labels[trueClass]} read as ${labels[predictedClass]}, ${percentOf(probabilities[predictedClass])} % sure`;
  return (
    <button
      type="button"
      className="sample-card"
      data-view={sample.view.kind}
      data-row={index}
      aria-label={name}
      aria-pressed={selected}
      tabIndex={tabStop ? 0 : -1}
      data-area-entry={tabStop || undefined}
      onClick={onSelect}
    >
      <SampleShown view={sample.view} name="" />
      <span className="card-answers">
        <Answer
          word={right ? 'right' : 'predicted'}
          label={labels[predictedClass]}
          share={probabilities[predictedClass]}
          of={right ? 'true' : 'predicted'}
        />
        {!right && (
          <Answer word="true" label={labels[trueClass]} share={probabilities[trueClass]} of="true" />
        )}
        <span className="s11 ink3 num card-row" title={placeCounted(sample)}>
          {placeText(sample)}
        </span>
      </span>
    </button>
  );
}
