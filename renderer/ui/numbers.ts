/** Owns how numbers, sizes and times are written for a person. */

/** `96,266`. */
export const countText = (value: number): string => Math.round(value).toLocaleString('en-US');

/** Three figures and a unit: `2.23 M`, `18.5 k`, `412`. */
export function shortCountText(value: number): string {
  const units: readonly (readonly [number, string])[] = [
    [1e12, 'T'],
    [1e9, 'G'],
    [1e6, 'M'],
    [1e4, 'k'],
  ];
  for (const [size, unit] of units) {
    if (value >= size) return `${(value / (unit === 'k' ? 1e3 : size)).toPrecision(3)}\u2009${unit}`;
  }
  return countText(value);
}

/** `30 kB`, `17 MB`; powers of 1000. */
export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  const units = ['kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = -1;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}

/** Three significant figures, as statistics are shown: `0.131`, `12.4`, `1,200`. */
export function figureText(value: number): string {
  if (Number.isInteger(value)) return value.toLocaleString('en-US');
  const size = Math.abs(value);
  if (size >= 1000) return countText(value);
  return size < 1e-3 && size > 0 ? value.toExponential(2) : String(Number(value.toPrecision(3)));
}

/** `89 %`; a share that is not nothing never reads 0 %. */
export function shareText(part: number, whole: number): string {
  if (whole === 0) return '–';
  const percent = (100 * part) / whole;
  return percent > 0 && percent < 1 ? '<\u20091 %' : `${Math.round(percent)} %`;
}

/** The time of today, the date of other days. */
export function timeText(time: number): string {
  const then = new Date(time);
  const today = new Date().toDateString() === then.toDateString();
  return today
    ? then.toLocaleTimeString('en-GB', { hour: '2-digit', minute: '2-digit' })
    : then.toLocaleDateString('en-GB', { day: 'numeric', month: 'short' });
}

export const plural = (n: number, one: string, many = `${one}s`): string =>
  `${countText(n)} ${n === 1 ? one : many}`;

/** `98.06 %`, with as many decimals as asked; a share of nothing is undefined, never 0. */
export const percentText = (share: number | null, decimals = 1): string =>
  share === null ? 'undefined' : `${(100 * share).toFixed(decimals)}\u2009%`;
