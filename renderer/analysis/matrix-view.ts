/** Owns what both kinds of matrix share: which value a cell shows, how it is coloured, which cell a key leads to. */
import { trueCounts } from '../../shared/metrics/confusion';
import type { Confusion } from '../../shared/protocol/run';
import { countText } from '../ui/numbers';
import type { CellChoice } from './matrix-text';
import { stepOf, type Steps } from './error-steps';

export interface MatrixView {
  confusion: Confusion;
  values: 'counts' | 'shares';
  /** The largest value off the diagonal. */
  most: number;
  steps: Steps;
  chosen: CellChoice;
}

export interface MatrixProps {
  view: MatrixView;
  /** Pixels that there are for labels, cells and recall together. */
  width: number;
  /** A cell has the pointer or the focus; null when none has. */
  onPoint: (cell: readonly [number, number] | null) => void;
  onOpen: (trueClass: number, predictedClass: number) => void;
}

type Values = MatrixView['values'];

/** The count, or its share of the row. */
export function cellValues({ counts }: Confusion, values: Values): number[][] {
  if (values === 'counts') return counts.map((row) => [...row]);
  const all = trueCounts({ labels: [], counts });
  return counts.map((row, t) => row.map((count) => (all[t] === 0 ? 0 : count / all[t])));
}

export const mostOf = (confusion: Confusion, values: Values): number =>
  cellValues(confusion, values).reduce(
    (most, row, t) => row.reduce((m, value, p) => (t === p ? m : Math.max(m, value)), most),
    0,
  );

/** `right` on the diagonal, else 0…4; an empty cell of the diagonal is empty too. */
export const cellStep = (value: number, onDiagonal: boolean, steps: Steps): string =>
  onDiagonal ? (value > 0 ? 'right' : '0') : String(stepOf(value, steps));

/** At 12 px: of a figure, and what stays free at both sides of a number together. */
const FIGURE_WIDTH = 7;
const FREE = 8;

/** `1,887`, or `1.9k` where that would fill the cell from edge to edge. */
function countIn(count: number, room: number): string {
  const text = countText(count);
  if (count < 1000 || text.length * FIGURE_WIDTH + FREE <= room) return text;
  return `${(count / 1000).toFixed(count < 9950 ? 1 : 0)}k`;
}

/** Empty for nothing; per cent without its sign, which stands on the switch. `room` is in pixels. */
export function cellText(value: number, values: Values, room = Infinity): string {
  if (value === 0) return '';
  if (values === 'counts') return countIn(value, room);
  const percent = 100 * value;
  return percent >= 99.95
    ? '100'
    : percent >= 10
      ? percent.toFixed(0)
      : percent >= 0.1
        ? percent.toFixed(1)
        : '<0.1';
}

/** Where an arrow, Home or End leads; null for other keys. */
export function movedCell(
  key: string,
  [t, p]: readonly [number, number],
  size: number,
): readonly [number, number] | null {
  const within = (i: number) => Math.min(size - 1, Math.max(0, i));
  switch (key) {
    case 'ArrowUp':
      return [within(t - 1), p];
    case 'ArrowDown':
      return [within(t + 1), p];
    case 'ArrowLeft':
      return [t, within(p - 1)];
    case 'ArrowRight':
      return [t, within(p + 1)];
    case 'Home':
      return [t, 0];
    case 'End':
      return [t, size - 1];
    default:
      return null;
  }
}

export const isChosen = ({ trueClass, predictedClass }: CellChoice, t: number, p: number): boolean =>
  trueClass === t && predictedClass === p;
