/** Goes through the epochs of a run: what was counted after each, the kept one marked. */
import { Pause, Play } from 'lucide-react';
import { useEffect } from 'react';
import { lookAtEpoch, useExamine } from './examine-store';

const PLAY_MS = 500;

export interface EpochSeries {
  /** As `4 read as 9`. */
  name: string;
  /** One for each epoch; null where it is undefined. */
  values: readonly (number | null)[];
  format: (value: number) => string;
}

function Curve({ values, at }: { values: readonly (number | null)[]; at: number }) {
  const most = Math.max(...values.map((value) => value ?? 0)) || 1;
  const x = (i: number) => (values.length === 1 ? 50 : (100 * i) / (values.length - 1));
  const points = values.flatMap((value, i) =>
    value === null ? [] : [`${x(i)},${30 - (28 * value) / most}`],
  );
  return (
    <svg className="epoch-curve" viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true">
      {points.length > 1 && (
        <polygon
          points={`${points[0].split(',')[0]},30 ${points.join(' ')} ${points[points.length - 1].split(',')[0]},30`}
          fill="var(--e1)"
        />
      )}
      <polyline
        points={points.join(' ')}
        fill="none"
        stroke="var(--pos)"
        strokeWidth="1.5"
        vectorEffect="non-scaling-stroke"
      />
      <line
        x1={x(at)}
        x2={x(at)}
        y1="0"
        y2="30"
        stroke="var(--edge)"
        strokeDasharray="2 3"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  );
}

/** Steps to the next epoch twice a second until the last. */
function usePlay(epochs: readonly number[], at: number): void {
  const playing = useExamine((state) => state.playing);
  useEffect(() => {
    if (!playing) return;
    const timer = setTimeout(() => {
      if (at + 1 < epochs.length) lookAtEpoch(epochs[at + 1]);
      if (at + 2 >= epochs.length) useExamine.setState({ playing: false });
    }, PLAY_MS);
    return () => clearTimeout(timer);
  }, [playing, epochs, at]);
}

function PlayButton({ epochs, at }: { epochs: readonly number[]; at: number }) {
  const playing = useExamine((state) => state.playing);
  const toggle = () => {
    if (!playing && at === epochs.length - 1) lookAtEpoch(epochs[0]);
    useExamine.setState({ playing: !playing });
  };
  const Icon = playing ? Pause : Play;
  return (
    <button
      type="button"
      className="btn ghost icon"
      aria-label={playing ? 'Stop playing' : 'Play the epochs'}
      onClick={toggle}
    >
      <Icon size={14} strokeWidth={1.5} aria-hidden />
    </button>
  );
}

interface EpochSliderProps {
  epochs: readonly number[];
  shown: number;
  /** While the run goes on, the best so far. */
  kept: number | null;
  /** While the run goes on: whether the newest epoch shows by itself when it comes. */
  following: 'yes' | 'no' | 'ended';
  series: EpochSeries;
}

export function EpochSlider({ epochs, shown, kept, following, series }: EpochSliderProps) {
  const at = Math.max(0, epochs.indexOf(shown));
  usePlay(epochs, at);
  const value = series.values[at];
  const first = series.values[0];
  const keptWord = following === 'ended' ? 'kept' : 'best so far';
  const keptAt = kept === null || !epochs.includes(kept) ? null : epochs.indexOf(kept) / (epochs.length - 1);
  /** The kept epoch stands where the number of an end would stand. */
  const isCovered = (fromEnd: number | null) => fromEnd !== null && fromEnd < (kept === shown ? 0.08 : 0.25);
  const words = value === null || value === undefined ? 'undefined' : series.format(value);
  return (
    <section className="epoch-slider" aria-label="Epoch" data-area="epochs">
      <div className="row g8 s12">
        {epochs.length > 1 && <PlayButton epochs={epochs} at={at} />}
        <b className="num">Epoch {shown}</b>
        {shown === kept && <span className="chip ok">{keptWord}</span>}
        {following === 'yes' && <span className="chip acc">follows the run</span>}
        {following === 'no' && (
          <button type="button" className="btn link" onClick={() => lookAtEpoch(null)}>
            Follow the run
          </button>
        )}
        <span className="grow" />
        <span className="ink2 num">
          {series.name}: <b>{words}</b>
          {at > 0 && first !== null && `, was ${series.format(first)} after epoch ${epochs[0]}`}
        </span>
      </div>
      {epochs.length > 1 && (
        <div className="epoch-track">
          <Curve values={series.values} at={at} />
          <input
            type="range"
            min={0}
            max={epochs.length - 1}
            value={at}
            aria-label="Epoch"
            aria-valuetext={`Epoch ${shown}${shown === kept ? `, ${keptWord}` : ''}; ${series.name}: ${words}`}
            style={{ '--done': `${(100 * at) / (epochs.length - 1)}%` } as React.CSSProperties}
            onChange={(event) => {
              useExamine.setState({ playing: false });
              lookAtEpoch(epochs[Number(event.currentTarget.value)]);
            }}
          />
          <div className="epoch-ends s11 ink3 num">
            <span>{!isCovered(keptAt) && epochs[0]}</span>
            {kept !== null && keptAt !== null && (
              <button
                type="button"
                className="epoch-kept"
                style={{ left: `${100 * keptAt}%`, transform: `translateX(${-100 * keptAt}%)` }}
                aria-label={`Show epoch ${kept}, ${keptWord}`}
                onClick={() => lookAtEpoch(kept)}
              >
                {kept === shown ? kept : `${keptWord} ${kept}`}
              </button>
            )}
            <span>{!isCovered(keptAt === null ? null : 1 - keptAt) && epochs[epochs.length - 1]}</span>
          </div>
        </div>
      )}
    </section>
  );
}
