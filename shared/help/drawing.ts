/** Owns what a help page can draw, as data: strokes, areas and words. HTML and the inspector each show it in their way. */

/** `strong` is what the picture is about, `mark` what it points at, `quiet` what is only there. */
export type Tone = 'strong' | 'mark' | 'quiet';

export type Mark =
  | { kind: 'line'; d: string; tone: Tone; dashed?: boolean }
  | { kind: 'area'; d: string; tone: Tone }
  | { kind: 'text'; x: number; y: number; text: string; anchor: 'start' | 'middle' | 'end' };

export interface Drawing {
  width: number;
  height: number;
  /** What is seen, in one or two sentences; also for those who do not see it. */
  caption: string;
  marks: readonly Mark[];
}

export const line = (d: string, tone: Tone = 'quiet', dashed = false): Mark => ({
  kind: 'line',
  d,
  tone,
  dashed,
});
export const area = (d: string, tone: Tone = 'mark'): Mark => ({ kind: 'area', d, tone });
export const words = (x: number, y: number, text: string, anchor: 'start' | 'middle' | 'end' = 'middle'): Mark => ({
  kind: 'text', x, y, text, anchor,
}); // prettier-ignore

export const box = (x: number, y: number, width: number, height: number): string =>
  `M${x} ${y}h${width}v${height}h${-width}z`;
export const circle = (x: number, y: number, r: number): string =>
  `M${x - r} ${y}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`;

/** Along a line from left to right, with its head. */
export const arrow = (x: number, y: number, length: number): Mark =>
  line(`M${x} ${y}h${length}m-5 -4l5 4l-5 4`);

/** `rows` by `columns` cells with their upper left corner at x, y. */
export const cells = (x: number, y: number, rows: number, columns: number, size: number): string =>
  [
    ...Array.from({ length: rows + 1 }, (_, i) => `M${x} ${y + i * size}h${columns * size}`),
    ...Array.from({ length: columns + 1 }, (_, i) => `M${x + i * size} ${y}v${rows * size}`),
  ].join('');
