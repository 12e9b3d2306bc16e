/** The learning-rate range test: loss against rate, and the rate that it suggests. */
import { useMemo } from 'react';
import {
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import type { Edit } from '../../shared/document/edits';
import type { RangeTestResult } from '../../shared/protocol/run';
import { optionOf } from '../../shared/blocks/configured';
import { smoothed } from '../../shared/schedules/range-test';
import { RANGE_TEST, scheduleParameter } from '../../shared/schedules/schedules';
import { change, useProject } from '../state/project-store';
import { figureText } from '../ui/numbers';
import { roundStep, roundTicks } from '../ui/ticks';
import { lossText } from './figures';

const tick = { fontSize: 11, fill: 'var(--ink-3)' };

/** Every power of ten within. */
function decades(least: number, most: number): number[] {
  const [from, to] = [Math.ceil(Math.log10(least) - 1e-9), Math.floor(Math.log10(most) + 1e-9)];
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, i) => 10 ** (from + i));
}

const decadeText = (rate: number): string => (rate < 0.001 ? rate.toExponential(0) : String(rate));

/** Where the loss runs away it leaves the picture: what it was before is to be seen. */
function topOf(means: readonly number[]): number {
  const lowest = means.indexOf(Math.min(...means));
  const before = Math.max(...means.slice(0, lowest + 1));
  const top = Math.min(1.6 * before, 1.05 * Math.max(...means));
  const step = top > 0 && Number.isFinite(top) ? roundStep(top / 6) : 1;
  return step * 6;
}

interface Drawn {
  rate: number;
  loss: number;
  mean: number;
}

interface TooltipProps {
  active?: boolean;
  payload?: readonly { payload?: Drawn }[];
}
function RangeTooltip({ active, payload }: TooltipProps) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="float curve-tooltip s11 num">
      <div className="ink3">rate {figureText(point.rate)}</div>
      <div>loss {lossText(point.loss)}</div>
      <div className="curve-validation">mean {lossText(point.mean)}</div>
    </div>
  );
}

/** The optimizer learns with this rate from now on, or with the one it had, without the test. */
function takeRate(optimizer: string, rate: number | null): void {
  const label = rate === null ? 'End the range test' : 'Use the suggested learning rate';
  const edits: Edit[] = [
    ...(rate === null
      ? []
      : [{ kind: 'set-param', id: optimizer, name: 'learning_rate', value: rate } as const]),
    { kind: 'set-param', id: optimizer, name: 'schedule' },
  ];
  change({ kind: 'batch', label, edits }, { label, ofWhole: true });
}

interface RangeChartProps {
  result: RangeTestResult;
  /** Larger rates are still tried. */
  goesOn: boolean;
}

export function RangeChart({ result: { points, suggestion, optimizer }, goesOn }: RangeChartProps) {
  const isTested = useProject(
    ({ whole: { blocks } }) => optionOf(blocks[optimizer]?.params.schedule ?? null, scheduleParameter)?.class_name === RANGE_TEST,
  );
  const drawn = useMemo((): Drawn[] => {
    const means = smoothed(points);
    return points.map((point, i) => ({ ...point, mean: means[i].loss }));
  }, [points]);
  const rounded = suggestion === null ? null : Number(suggestion.toPrecision(2));
  const [least, most] = [points[0]?.rate ?? 1, points.at(-1)?.rate ?? 1];
  const ticks = roundTicks(0, topOf(drawn.map(({ mean }) => mean)), 6);
  const says = goesOn
    ? `Rates up to ${figureText(most)} are tried so far. The test ends when the loss runs away.`
    : rounded === null
      ? 'The loss never fell; no rate can be suggested.'
      : `The loss falls fastest at a rate of ${figureText(rounded)}.`;
  return (
    <figure className="curve" aria-label={`Learning-rate range test. ${says}`}>
      <figcaption>
        <h2>Loss by learning rate</h2>
        <span className="s12 ink2">{says}</span>
        <span className="grow" />
        {!goesOn && isTested && (
          <button type="button" className="btn" onClick={() => takeRate(optimizer, null)}>
            Keep the rate as it was
          </button>
        )}
        {!goesOn && rounded !== null && isTested && (
          <button type="button" className="btn primary" onClick={() => takeRate(optimizer, rounded)}>
            Use {figureText(rounded)}
          </button>
        )}
      </figcaption>
      <div className="curve-plot">
        <ResponsiveContainer width="100%" height="100%" debounce={80}>
          <ComposedChart data={drawn} margin={{ top: 8, right: 24, bottom: 0, left: 0 }}>
            <CartesianGrid vertical={false} stroke="var(--line)" />
            <XAxis
              dataKey="rate"
              type="number"
              scale="log"
              domain={[least, most]}
              ticks={decades(least, most)}
              tickFormatter={decadeText}
              stroke="var(--edge)"
              tickLine={false}
              tick={tick}
            />
            <YAxis
              width={52}
              axisLine={false}
              tickLine={false}
              tick={tick}
              tickFormatter={lossText}
              ticks={ticks}
              domain={[0, ticks[ticks.length - 1]]}
              allowDataOverflow
            />
            <Tooltip isAnimationActive={false} cursor={{ stroke: 'var(--edge)' }} content={<RangeTooltip />} />
            {rounded !== null && (
              <ReferenceLine
                x={rounded}
                stroke="var(--edge)"
                strokeDasharray="2 3"
                label={{ value: 'falls fastest', position: 'insideTopRight', fontSize: 11, fill: 'var(--ink-2)' }}
              />
            )}
            <Line dataKey="loss" stroke="var(--edge)" strokeWidth={1} dot={false} activeDot={false} isAnimationActive={false} />
            <Line dataKey="mean" stroke="var(--accent)" strokeWidth={2} dot={false} isAnimationActive={false} />
          </ComposedChart>
        </ResponsiveContainer>
      </div>
    </figure>
  );
} // prettier-ignore
