/** The plane of a network that reads two numbers: what it decides everywhere, how surely, and the samples on it. */
import { useEffect, useRef } from 'react';
import { ResponsiveContainer, Scatter, ScatterChart, XAxis, YAxis } from 'recharts';
import type { Plane, PlaneAxis, PlanePoint } from '../../shared/protocol/evaluation';
import { useTheme } from '../theme/theme';
import { classColour } from '../ui/class-colours';
import { countText, figureText, plural } from '../ui/numbers';
import { roundTicks } from '../ui/ticks';
import { anyMistake, sameCell, useExamine } from './examine-store';
import { choiceHolds, type CellChoice } from './matrix-text';
import './plane.css';

/** Opacity of a decision that is no more than a guess among the classes, and of a certain one. */
const [FAINT, STRONG] = [0.06, 0.5];

function channels(variable: string): [number, number, number] {
  const text = getComputedStyle(document.documentElement).getPropertyValue(variable).trim();
  const value = parseInt(text.slice(1), 16);
  return [value >> 16, (value >> 8) & 255, value & 255];
}

function Decisions({ plane }: { plane: Plane }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme((state) => state.theme);
  useEffect(() => {
    const context = canvas.current?.getContext('2d');
    if (!context) return;
    const { size, decided, confidence, labels } = plane;
    const image = context.createImageData(size, size);
    const guess = 1 / Math.max(2, labels.length);
    const colours = labels.map((_, label) => channels(classColour(label)));
    decided.forEach((label, cell) => {
      // The first row of cells is the lowest, the first row of an image the highest.
      const at = 4 * ((size - 1 - Math.floor(cell / size)) * size + (cell % size));
      const sureness = Math.max(0, (confidence[cell] - guess) / (1 - guess));
      image.data.set([...colours[label], 255 * (FAINT + (STRONG - FAINT) * sureness)], at);
    });
    context.putImageData(image, 0, 0);
  }, [plane, theme]);
  return (
    <canvas ref={canvas} className="plane-decisions" width={plane.size} height={plane.size} aria-hidden />
  );
}

interface DotProps {
  cx?: number;
  cy?: number;
  payload?: PlanePoint;
}

const dot = (cell: CellChoice, selected: number | null) =>
  function Dot({ cx, cy, payload }: DotProps) {
    if (!payload) return null;
    const { index, trueClass, predictedClass } = payload;
    return (
      <circle
        className="plane-dot"
        data-wrong={trueClass !== predictedClass}
        data-chosen={sameCell(cell, anyMistake) || choiceHolds(cell, trueClass, predictedClass)}
        data-selected={index === selected}
        cx={cx}
        cy={cy}
        r={index === selected ? 6 : 3.5}
        style={{ fill: `var(${classColour(trueClass)})` }}
        onClick={() => useExamine.setState({ sample: index })}
      />
    );
  };

const axisTitle = ({ name, scale }: PlaneAxis): string => (scale === null ? name : `${name}, ${scale}`);

const tick = { fontSize: 11, fill: 'var(--ink-3)' } as const;

export function PlanePanel({ plane, cell }: { plane: Plane; cell: CellChoice }) {
  const selected = useExamine((state) => state.sample);
  const [x, y] = plane.axes;
  const wrong = plane.points.filter(({ trueClass, predictedClass }) => trueClass !== predictedClass).length;
  const axis = { type: 'number', tick, tickFormatter: figureText, stroke: 'var(--edge)' } as const;
  const title = { fontSize: 11, fill: 'var(--ink-2)' };
  return (
    <section className="plane" aria-label="Plane" data-area="plane">
      <div className="row g12 plane-key">
        {plane.labels.map((label, i) => (
          <span key={label} className="row g4 s11 ink2">
            <i className="plane-mark" style={{ background: `var(${classColour(i)})` }} /> {label}
          </span>
        ))}
        <span className="grow" />
        <span className="s11 ink3 num">
          {plural(plane.points.length, 'sample')}, {countText(wrong)} on the wrong side
        </span>
      </div>
      <div className="plane-plot">
        <Decisions plane={plane} />
        <ResponsiveContainer width="100%" height="100%" debounce={80}>
          <ScatterChart margin={{ top: 0, right: 0, bottom: 16, left: 0 }} accessibilityLayer={false}>
            <XAxis
              {...axis}
              dataKey="x"
              domain={x.range}
              ticks={roundTicks(...x.range, 8)}
              height={32}
              label={{ value: axisTitle(x), position: 'insideBottom', offset: -10, ...title }}
            />
            <YAxis
              {...axis}
              dataKey="y"
              domain={y.range}
              ticks={roundTicks(...y.range, 8)}
              width={64}
              label={{ value: axisTitle(y), angle: -90, position: 'insideLeft', ...title }}
            />
            <Scatter data={plane.points} shape={dot(cell, selected)} isAnimationActive={false} />
          </ScatterChart>
        </ResponsiveContainer>
      </div>
      <p className="s11 ink3">
        The colour says what the network decides there, its strength how sure it is. A dot has the colour of
        its true class; the ringed ones are mistakes.
      </p>
    </section>
  );
}
