/** Owns how the figures of one column are written: below each other, with the same number of decimals. */
import { percentText } from '../ui/numbers';
import { isShare, lossText } from './figures';

type Figure = number | null | undefined;

/** Four digits of the smallest one count; a loss of 949,000 has none after the point. */
function decimalsOf(figures: readonly Figure[]): number {
  const sizes = figures.flatMap((figure) =>
    typeof figure === 'number' && figure !== 0 ? [Math.abs(figure)] : [],
  );
  const least = Math.min(...sizes);
  return least >= 100 ? 0 : least >= 1 ? 2 : 4;
}

/** Writes each figure of a column; `name` is what it shows, as `loss` or `accuracy`. null is undefined (0/0). */
export function columnText(name: string, figures: readonly Figure[]): (figure: Figure) => string {
  const decimals = decimalsOf(figures);
  return (figure) => {
    if (figure === undefined) return '–';
    if (figure === null) return 'undefined';
    if (isShare(name)) return percentText(figure, 2);
    const size = Math.abs(figure);
    const isPlain = size === 0 || (size >= 1e-3 && size < 1e5);
    return isPlain ? figure.toFixed(decimals) : lossText(figure);
  };
}
