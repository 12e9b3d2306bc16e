/** A confusion matrix of many classes, drawn on a canvas. Keys and sentences are those of the small one. */
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTheme } from '../theme/theme';
import { cellName } from './matrix-text';
import { cellStep, cellValues, isChosen, movedCell, type MatrixProps, type MatrixView } from './matrix-view';

const LEAST_CELL = 3;
const COLORS: Readonly<Record<string, string>> = {
  '0': '--m0',
  '1': '--e1',
  '2': '--e2',
  '3': '--e3',
  '4': '--e4',
  right: '--diag',
};

function draw(
  canvas: HTMLCanvasElement,
  { confusion, values, steps, chosen }: MatrixView,
  cell: number,
  cursor: readonly [number, number] | null,
): void {
  const pen = canvas.getContext('2d');
  if (!pen) return;
  const style = getComputedStyle(canvas);
  const color = (name: string) => style.getPropertyValue(name);
  const size = confusion.labels.length;
  const gap = cell > 5 ? 1 : 0;
  pen.fillStyle = color('--m0');
  pen.fillRect(0, 0, canvas.width, canvas.height);
  cellValues(confusion, values).forEach((row, t) =>
    row.forEach((value, p) => {
      const step = cellStep(value, t === p, steps);
      if (step === '0') return;
      pen.fillStyle = color(COLORS[step]);
      pen.fillRect(p * cell, t * cell, cell - gap, cell - gap);
    }),
  );
  for (let t = 0; t < size; t++)
    for (let p = 0; p < size; p++) {
      const isCursor = cursor?.[0] === t && cursor[1] === p;
      if (!isCursor && !isChosen(chosen, t, p)) continue;
      pen.strokeStyle = color(isCursor ? '--ink' : '--accent');
      pen.lineWidth = 2;
      pen.strokeRect(p * cell - 1, t * cell - 1, cell + 2, cell + 2);
    }
}

export function DenseMatrix({ view, width, onPoint, onOpen }: MatrixProps) {
  const { confusion } = view;
  const size = confusion.labels.length;
  const canvas = useRef<HTMLCanvasElement>(null);
  const theme = useTheme((state) => state.theme);
  const [cursor, setCursor] = useState<readonly [number, number]>([0, 0]);
  const [focused, setFocused] = useState(false);
  const cell = Math.max(LEAST_CELL, Math.floor(width / size));
  const at = useMemo(
    () => [Math.min(cursor[0], size - 1), Math.min(cursor[1], size - 1)] as const,
    [cursor, size],
  );
  useEffect(() => {
    if (canvas.current) draw(canvas.current, view, cell, focused ? at : null);
  }, [view, cell, focused, at, theme]);

  const under = (event: React.MouseEvent): readonly [number, number] => {
    const box = event.currentTarget.getBoundingClientRect();
    const index = (offset: number) => Math.min(size - 1, Math.max(0, Math.floor(offset / cell)));
    return [index(event.clientY - box.top), index(event.clientX - box.left)];
  };
  const onKeyDown = (event: React.KeyboardEvent) => {
    const next = movedCell(event.key, at, size);
    if (!next && event.key !== 'Enter' && event.key !== ' ') return;
    event.preventDefault();
    if (!next) return onOpen(at[0], at[1]);
    setCursor(next);
    onPoint(next);
  };
  return (
    <div className="dense-matrix">
      <canvas
        ref={canvas}
        width={size * cell}
        height={size * cell}
        tabIndex={0}
        role="button"
        aria-label={`Confusion matrix of ${size} classes. ${cellName(confusion, at[0], at[1])}. Arrow keys move, Enter shows the samples.`}
        onKeyDown={onKeyDown}
        onFocus={() => setFocused(true)}
        onBlur={() => setFocused(false)}
        onMouseMove={(event) => onPoint(under(event))}
        onMouseLeave={() => onPoint(null)}
        onClick={(event) => {
          const [t, p] = under(event);
          setCursor([t, p]);
          onOpen(t, p);
        }}
      />
    </div>
  );
}
