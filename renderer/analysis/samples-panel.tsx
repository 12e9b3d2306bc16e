/** The middle column of Examine: the samples of the chosen cell, in an order that is worth reading. */
import { Select } from '@mantine/core';
import { useRef } from 'react';
import type { CellSample } from '../../shared/protocol/evaluation';
import type { Confusion } from '../../shared/protocol/run';
import { countText, plural } from '../ui/numbers';
import { useCellSamples, type CellQuestion, type CellSamples } from './cell-samples';
import { anyMistake, lookAtCell, sameCell, useExamine, type SampleOrder } from './examine-store';
import { choiceTitle, chosenCount, emptySentence, type CellChoice } from './matrix-text';
import { SampleCard } from './sample-card';
import { SampleDetail } from './sample-detail';

const ORDERS: readonly { value: SampleOrder; label: string }[] = [
  { value: 'confident', label: 'Most confident first' },
  { value: 'doubtful', label: 'Most doubtful first' },
  { value: 'loss', label: 'Highest loss first' },
  { value: 'row', label: 'Order of the rows' },
];

function MirrorLink({ confusion, cell }: { confusion: Confusion; cell: CellChoice }) {
  const { trueClass, predictedClass } = cell;
  if (trueClass === null || predictedClass === null || trueClass === predictedClass) return null;
  const mirror = { trueClass: predictedClass, predictedClass: trueClass };
  const { labels } = confusion;
  return (
    <button type="button" className="btn link s12 num" onClick={() => lookAtCell(mirror)}>
      Mirror cell, {labels[predictedClass]} as {labels[trueClass]}:{' '}
      {countText(chosenCount(confusion, mirror))}
    </button>
  );
}

function Heading({ confusion, cell }: { confusion: Confusion; cell: CellChoice }) {
  const order = useExamine((state) => state.order);
  return (
    <div className="samples-heading">
      <div className="row g12">
        <h2>{choiceTitle(confusion, cell)}</h2>
        <span className="s12 ink3 num">{plural(chosenCount(confusion, cell), 'sample')}</span>
        <span className="grow" />
        {!sameCell(cell, anyMistake) && (
          <button type="button" className="btn link s12" onClick={() => lookAtCell(anyMistake)}>
            All mistakes
          </button>
        )}
        <MirrorLink confusion={confusion} cell={cell} />
      </div>
      <div className="row g12">
        <Select
          className="order-select"
          aria-label="Order of the samples"
          data={ORDERS}
          value={order}
          onChange={(value) =>
            useExamine.setState({
              order: ORDERS.find((one) => one.value === value)?.value ?? order,
              sample: null,
            })
          }
        />
        <span className="grow" />
        <span className="row g4 s11 ink2">
          <i className="key-mark" data-of="predicted" /> predicted
        </span>
        <span className="row g4 s11 ink2">
          <i className="key-mark" data-of="true" /> true
        </span>
        <span className="s11 ink3">in %</span>
      </div>
    </div>
  );
}

/** How many cards stand in a row of the grid, as it is laid out now. */
function cardsInRow(grid: HTMLElement): number {
  return getComputedStyle(grid).gridTemplateColumns.split(' ').length;
}

function cardStep(key: string, grid: HTMLElement): number | null {
  switch (key) {
    case 'ArrowRight':
      return 1;
    case 'ArrowLeft':
      return -1;
    case 'ArrowDown':
      return cardsInRow(grid);
    case 'ArrowUp':
      return -cardsInRow(grid);
    default:
      return null;
  }
}

function Gallery({
  samples,
  labels,
  total,
  more,
}: {
  samples: readonly CellSample[];
  labels: readonly string[];
  total: number;
  more: CellSamples;
}) {
  const grid = useRef<HTMLDivElement>(null);
  const selected = useExamine((state) => state.sample);
  const at = samples.findIndex((sample) => sample.index === selected);
  const select = (position: number, focus: boolean) => {
    const next = samples[Math.min(samples.length - 1, Math.max(0, position))];
    useExamine.setState({ sample: next.index });
    const card = grid.current?.querySelector<HTMLElement>(`[data-row="${next.index}"]`);
    if (focus) card?.focus();
    else card?.scrollIntoView({ block: 'nearest' });
  };
  return (
    <>
      <div className="gallery" data-area="samples">
        <div
          ref={grid}
          className="gallery-grid"
          role="group"
          aria-label="Samples"
          onKeyDown={(event) => {
            const step = grid.current ? cardStep(event.key, grid.current) : null;
            if (step === null) return;
            event.preventDefault();
            select((at === -1 ? 0 : at) + (at === -1 ? 0 : step), true);
          }}
        >
          {samples.map((sample, i) => (
            <SampleCard
              key={sample.index}
              sample={sample}
              labels={labels}
              selected={i === at}
              tabStop={at === -1 ? i === 0 : i === at}
              onSelect={() => useExamine.setState({ sample: i === at ? null : sample.index })}
            />
          ))}
        </div>
        <div className="row g12 gallery-end s12 ink3 num">
          {countText(samples.length)} of {countText(total)} shown
          {samples.length < total && (
            <button type="button" className="btn" disabled={more.asking} onClick={more.showMore}>
              {more.asking ? 'Reading' : 'Show more'}
            </button>
          )}
        </div>
      </div>
      {at !== -1 && (
        <SampleDetail
          sample={samples[at]}
          labels={labels}
          onMove={(step) => select(at + step, false)}
          onClose={() => useExamine.setState({ sample: null })}
        />
      )}
    </>
  );
}

function Content({
  confusion,
  cell,
  part,
  held,
}: {
  confusion: Confusion;
  cell: CellChoice;
  part: string;
  held: CellSamples;
}) {
  const { asked } = held;
  switch (asked.state) {
    case 'unasked':
      return (
        <p className="examine-note s12 ink2">Playing. The samples are read for the epoch where it stops.</p>
      );
    case 'waiting':
      return (
        <p className="examine-note s12 ink2" role="status">
          {asked.slow ? 'Reading the samples and what the network says of them.' : ''}
        </p>
      );
    case 'failed':
      return (
        <p className="examine-note s12 ink2" role="alert">
          {asked.problem.message}
        </p>
      );
    case 'answered':
      return asked.value.total === 0 ? (
        <p className="examine-note s12 ink2">{emptySentence(confusion, cell, part)}</p>
      ) : (
        <Gallery samples={held.samples} labels={asked.value.labels} total={asked.value.total} more={held} />
      );
  }
}

interface SamplesPanelProps {
  confusion: Confusion;
  cell: CellChoice;
  /** As `600 validation samples`. */
  part: string;
  /** null while the epochs play. */
  question: CellQuestion | null;
}

export function SamplesPanel({ confusion, cell, part, question }: SamplesPanelProps) {
  const held = useCellSamples(question);
  return (
    <section className="samples" aria-label="Samples of the cell">
      <Heading confusion={confusion} cell={cell} />
      <Content confusion={confusion} cell={cell} part={part} held={held} />
    </section>
  );
}
