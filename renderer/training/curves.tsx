/** The live curves: training with its spread in grey, validation with a ring for each epoch. */
import { NativeSelect } from '@mantine/core';
import { memo, useCallback, useMemo, type ReactNode } from 'react';
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  ReferenceArea,
  ReferenceLine,
  ResponsiveContainer,
  Tooltip,
  XAxis,
  YAxis,
} from 'recharts';
import { curvePoints, evenTicks, lastEpochShown, logTicks, type CurvePoint } from './curve-points';
import { bestEpoch, keptWeights, type Kept, type Ledger } from './ledger';
import { RangeChart } from './range-chart';
import { isShare, lossText, metricText, metricTitle } from './figures';
import { countText } from '../ui/numbers';
import { usePaced } from './use-paced';

interface PlotProps {
  points: readonly CurvePoint[];
  epochs: number;
  kept: Kept | null;
  /** From and to epoch of what the advice speaks of. */
  shaded: readonly [number, number] | null;
  log: boolean;
  /** The greatest value that there can be, where there is one. */
  most?: number;
  format: (value: number) => string;
}

/** Pixels. */
const EDGE = { top: 5, bottom: 5 };

/** With more epochs than this the rings would be a band. */
const MOST_RINGS = 60;

interface LabelProps {
  index?: number;
  x?: number | string;
  y?: number | string;
}

/**
 * Names a line at its end instead of in a legend, once the line has come near the right edge; before that the name would
 * stand in the way of the curve, and the heading has it. The higher line's name is moved up, the lower one's down, so far
 * that two lines of text stand below each other where both curves end at the same point.
 */
const endLabel = (name: string, last: number, color: string, higher: boolean) =>
  function EndLabel({ index, x, y }: LabelProps) {
    if (index !== last) return null;
    return (
      <text x={Number(x) + 8} y={Number(y) + (higher ? -2 : 12)} fontSize={11} fill={color}>
        {name}
      </text>
    );
  };

const lastIndexOf = (points: readonly CurvePoint[], key: 'train' | 'validation') =>
  points.reduce((last, point, index) => (point[key] === undefined ? last : index), -1);

/** In the upper half of the plot: what is written at the line goes below. */
function isHigh(value: number, ticks: readonly number[], log: boolean): boolean {
  const scale = log ? Math.log : (x: number) => x;
  const [low, high] = [scale(ticks[0]), scale(ticks[ticks.length - 1])];
  return scale(value) > (low + high) / 2;
}

const Plot = memo(function Plot({ points, epochs, kept, shaded, log, most, format }: PlotProps) {
  const logarithmic = log ? logTicks(points) : null;
  const ticks = logarithmic ?? evenTicks(points, most);
  const data = points as CurvePoint[];
  const lastTrain = lastIndexOf(points, 'train');
  const lastValidation = lastIndexOf(points, 'validation');
  const trainIsHigher = (points[lastTrain]?.train ?? 0) > (points[lastValidation]?.validation ?? 0);
  const keptValue = points.find(
    ({ x, validation }) => x === kept?.at && validation !== undefined,
  )?.validation;
  const keptIsHigh = keptValue !== undefined && isHigh(keptValue, ticks, logarithmic !== null);
  // Near the left edge there is no room on the left of the line.
  const keptIsEarly = kept !== null && kept.at < 0.2 * epochs;
  const hasArrived = (points.at(-1)?.x ?? 0) > 0.97 * epochs;
  return (
    <ResponsiveContainer width="100%" height="100%" debounce={80}>
      <ComposedChart data={data} margin={{ top: 12, right: 72, bottom: 0, left: 0 }}>
        <CartesianGrid vertical={false} stroke="var(--line)" />
        {shaded && <ReferenceArea x1={shaded[0]} x2={shaded[1]} fill="var(--warn-soft)" fillOpacity={0.9} />}
        <XAxis
          dataKey="x"
          type="number"
          domain={[0, epochs]}
          allowDecimals={false}
          tickCount={6}
          stroke="var(--edge)"
          tickLine={false}
          tick={{ fontSize: 11, fill: 'var(--ink-3)' }}
          tickFormatter={countText}
          label={{
            value: 'epoch',
            position: 'right',
            offset: 28,
            dy: -4,
            fontSize: 11,
            fill: 'var(--ink-3)',
          }}
        />
        <YAxis
          width={52}
          axisLine={false}
          tickLine={false}
          tick={{ fontSize: 11, fill: 'var(--ink-3)' }}
          tickFormatter={format}
          // A point on the outermost line is seen whole.
          padding={EDGE}
          allowDataOverflow
          scale={logarithmic ? 'log' : 'linear'}
          ticks={ticks}
          domain={[ticks[0], ticks[ticks.length - 1]]}
        />
        <Tooltip
          isAnimationActive={false}
          cursor={{ stroke: 'var(--edge)' }}
          content={<CurveTooltip format={format} />}
        />
        <Area
          dataKey="band"
          stroke="none"
          fill="var(--edge)"
          fillOpacity={0.28}
          isAnimationActive={false}
          connectNulls
          activeDot={false}
        />
        {kept && (
          <ReferenceLine
            x={kept.at}
            stroke="var(--edge)"
            strokeDasharray="2 3"
            label={{
              value: `${kept.ended ? 'kept' : 'best'}, ${kept.within ? 'within ' : ''}epoch ${kept.epoch}`,
              position: `inside${keptIsHigh ? 'Bottom' : 'Top'}${keptIsEarly ? 'Left' : 'Right'}`,
              fontSize: 11,
              fill: 'var(--ink-2)',
              className: 'curve-words',
            }}
          />
        )}
        <Line
          dataKey="train"
          stroke="var(--ink-2)"
          strokeWidth={1.5}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
          connectNulls
          label={hasArrived && endLabel('train', lastTrain, 'var(--ink-2)', trainIsHigher)}
        />
        <Line
          dataKey="validation"
          stroke="var(--accent)"
          strokeWidth={2}
          isAnimationActive={false}
          connectNulls
          dot={
            epochs <= MOST_RINGS && {
              r: 3,
              fill: 'var(--panel)',
              stroke: 'var(--accent)',
              strokeWidth: 1.5,
            }
          }
          label={hasArrived && endLabel('validation', lastValidation, 'var(--accent)', !trainIsHigher)}
        />
      </ComposedChart>
    </ResponsiveContainer>
  );
});

interface CurveProps extends PlotProps {
  title: string;
  /** Stands in the place of the title where there are several figures to choose from. */
  choice?: ReactNode;
  train: number | null;
  validation: number | null;
}

/** The heading's figures are of this moment; the plot below is drawn when it is handed new points. */
function Curve({ title, choice, train, validation, ...plot }: CurveProps) {
  const { format, points, log } = plot;
  const isLogarithmic = useMemo(() => log && logTicks(points) !== null, [log, points]);
  const hasBand = points.some(({ band }) => band !== undefined && band[0] < band[1]);
  return (
    <figure
      className="curve"
      aria-label={`${title}: training ${train === null ? 'not known' : format(train)}, validation ${validation === null ? 'not known' : format(validation)}`}
    >
      <figcaption>
        <h2 className={choice ? 'visually-hidden' : undefined}>{title}</h2>
        {choice}
        {train !== null && (
          <span className="s12 ink2">
            train <b className="num">{format(train)}</b>
          </span>
        )}
        {validation !== null && (
          <span className="s12 curve-validation">
            validation <b className="num">{format(validation)}</b>
          </span>
        )}
        <span className="grow" />
        {isLogarithmic && <span className="s11 ink3">log scale</span>}
        {hasBand && (
          <span className="s11 ink3 curve-area" data-area-of="steps">
            lowest to highest step
          </span>
        )}
        {plot.shaded && (
          <span className="s11 ink3 curve-area" data-area-of="overfitting">
            overfitting
          </span>
        )}
      </figcaption>
      <div className="curve-plot">
        <Plot {...plot} />
      </div>
    </figure>
  );
}

interface TooltipProps {
  active?: boolean;
  payload?: readonly { payload?: CurvePoint }[];
  format: (value: number) => string;
}

function CurveTooltip({ active, payload, format }: TooltipProps) {
  const point = payload?.[0]?.payload;
  if (!active || !point) return null;
  return (
    <div className="float curve-tooltip s11 num">
      <div className="ink3">epoch {point.x.toFixed(Number.isInteger(point.x) ? 0 : 2)}</div>
      {point.train !== undefined && <div>train {format(point.train)}</div>}
      {point.band && point.band[0] < point.band[1] && (
        <div className="ink3">
          from {format(point.band[0])} to {format(point.band[1])}
        </div>
      )}
      {point.validation !== undefined && (
        <div className="curve-validation">validation {format(point.validation)}</div>
      )}
    </div>
  );
}

/** Epochs that the newest advice about a rising validation loss speaks of. */
function shadedEpochs(ledger: Ledger): readonly [number, number] | null {
  const overfit = ledger.diagnostics.filter((diagnostic) => diagnostic.code === 'run/overfit').at(-1);
  const best = bestEpoch(ledger);
  const last = ledger.epochs.at(-1);
  return overfit && best && last && last.epoch > best.epoch ? [best.epoch, last.epoch] : null;
}

interface CurvesProps {
  ledger: Ledger;
  /** The figure that is drawn beside the loss. */
  metric: string | null;
  metrics: readonly string[];
  onMetric: (metric: string) => void;
  /** Whose figures these are, where Train blocks take turns. */
  trainer: string | null;
  trainers: readonly string[];
  onTrainer: (trainer: string) => void;
}

/** So many events move the whole picture; after them a new one adds a few pixels. */
const LIVELY_EVENTS = 20;
/** Drawing both plots takes 40 ms of a processor that trains; the figures beside them are cheap and follow every event. */
const PACE_MS = 1000;

export function Curves({ ledger, metric, metrics, onMetric, trainer, trainers, onTrainer }: CurvesProps) {
  const isLong = ledger.report === null && ledger.broken === null && ledger.progress.length > LIVELY_EVENTS;
  const drawn = usePaced(ledger, isLong ? PACE_MS : 0);
  const loss = useMemo(() => curvePoints(drawn, 'loss'), [drawn]);
  const other = useMemo(() => (metric ? curvePoints(drawn, metric) : []), [drawn, metric]);
  const epochs = lastEpochShown(
    loss.at(-1)?.x ?? 0,
    Math.max(drawn.started?.epochs ?? 1, drawn.epochs.length, 1),
  );
  const kept = useMemo(() => keptWeights(drawn), [drawn]);
  const shaded = useMemo(() => shadedEpochs(drawn), [drawn]);
  const otherText = useCallback((value: number) => metricText(metric ?? '', value), [metric]);
  const tried = drawn.rangeTest;
  if (tried)
    return (
      <section className="curves" aria-label="Curves" data-area="curves">
        <RangeChart result={tried} goesOn={drawn.report === null && drawn.broken === null} />
      </section>
    );
  if (drawn.started === null)
    return (
      <section className="curves curves-empty" aria-label="Curves" data-area="curves">
        <p className="ink2">Loss and accuracy are drawn here when the run has begun.</p>
      </section>
    );
  const lastEpoch = ledger.epochs.at(-1);
  const latest = ledger.progress.at(-1);
  // Between epochs the steps since the last news, after an epoch what it was as a whole.
  const lastStep = latest && latest.time > (lastEpoch?.time ?? 0) ? latest : null;
  return (
    <section className="curves" aria-label="Curves" data-area="curves">
      <Curve
        title="Loss"
        choice={
          trainer !== null && (
            <NativeSelect
              size="xs"
              aria-label="Train block"
              value={trainer}
              data={trainers.map((value) => ({ value, label: `Loss of ${value}` }))}
              onChange={(event) => onTrainer(event.currentTarget.value)}
            />
          )
        }
        points={loss}
        epochs={epochs}
        kept={kept}
        shaded={shaded}
        log
        format={lossText}
        train={lastStep?.loss ?? lastEpoch?.train.loss ?? null}
        validation={lastEpoch?.validation?.loss ?? null}
      />
      {metric && (
        <Curve
          title={metricTitle(metric)}
          choice={
            metrics.length > 1 && (
              <NativeSelect
                size="xs"
                aria-label="Metric"
                value={metric}
                data={metrics.map((value) => ({ value, label: metricTitle(value) }))}
                onChange={(event) => onMetric(event.currentTarget.value)}
              />
            )
          }
          points={other}
          epochs={epochs}
          kept={kept}
          shaded={shaded}
          log={false}
          most={isShare(metric) ? 1 : undefined}
          format={otherText}
          train={lastStep?.metrics[metric] ?? lastEpoch?.train[metric] ?? null}
          validation={lastEpoch?.validation?.[metric] ?? null}
        />
      )}
    </section>
  );
}
