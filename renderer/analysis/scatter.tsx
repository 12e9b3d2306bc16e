/** Predicted against actual: a network that is always right has all points on the diagonal. */
import { useMemo } from 'react';
import {
  CartesianGrid,
  ReferenceLine,
  ResponsiveContainer,
  Scatter,
  ScatterChart,
  XAxis,
  YAxis,
} from 'recharts';
import type { RegressionPoint } from '../../shared/protocol/evaluation';
import { figureText } from '../ui/numbers';
import { sharedTicks } from './regression-points';

interface DotProps {
  cx?: number;
  cy?: number;
  payload?: RegressionPoint;
}

const tick = { fontSize: 11, fill: 'var(--ink-3)' } as const;

const dot = (onSelect: (row: number) => void) =>
  function Dot({ cx, cy, payload }: DotProps) {
    return (
      <circle
        className="scatter-dot"
        cx={cx}
        cy={cy}
        r={3}
        onClick={() => payload && onSelect(payload.index)}
      />
    );
  };

function SelectedDot({ cx, cy }: DotProps) {
  return (
    <circle
      cx={cx}
      cy={cy}
      r={6}
      fill="var(--pos)"
      stroke="var(--panel)"
      strokeWidth={2}
      pointerEvents="none"
    />
  );
}

interface PlotProps {
  points: readonly RegressionPoint[];
  selected: RegressionPoint | null;
  target: string;
  onSelect: (row: number) => void;
}

export function PredictedAgainstActual({ points, selected, target, onSelect }: PlotProps) {
  const ticks = useMemo(() => sharedTicks(points), [points]);
  const shape = useMemo(() => dot(onSelect), [onSelect]);
  const domain: [number, number] = [ticks[0], ticks[ticks.length - 1]];
  const axis = {
    type: 'number',
    domain,
    ticks,
    tick,
    tickLine: false,
    tickFormatter: figureText,
  } as const;
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={80}>
      <ScatterChart margin={{ top: 8, right: 24, bottom: 24, left: 16 }} accessibilityLayer={false}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        <XAxis
          {...axis}
          dataKey="actual"
          stroke="var(--edge)"
          label={{
            value: `actual ${target}`,
            position: 'insideBottom',
            offset: -12,
            fontSize: 11,
            fill: 'var(--ink-2)',
          }}
        />
        <YAxis
          {...axis}
          dataKey="predicted"
          width={64}
          axisLine={false}
          label={{
            value: `predicted ${target}`,
            angle: -90,
            position: 'insideLeft',
            style: { textAnchor: 'middle' },
            fontSize: 11,
            fill: 'var(--ink-2)',
          }}
        />
        <ReferenceLine
          segment={[
            { x: domain[0], y: domain[0] },
            { x: domain[1], y: domain[1] },
          ]}
          stroke="var(--edge)"
          strokeDasharray="4 4"
        />
        <Scatter data={points} shape={shape} isAnimationActive={false} />
        <Scatter data={selected ? [selected] : []} shape={SelectedDot} isAnimationActive={false} />
      </ScatterChart>
    </ResponsiveContainer>
  );
}
