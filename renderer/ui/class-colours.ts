/** Owns the colours by which classes are told apart in plots; names stand beside them, because they come round again. */
const COLOURS = ['--k-tensor', '--k-loss', '--k-dataset', '--k-optimizer', '--k-metric'];

/** Name of the CSS variable. */
export const classColour = (label: number): string => COLOURS[label % COLOURS.length];

/** Those that have a colour for the second time are drawn hollow. */
export const isHollow = (label: number): boolean => Math.floor(label / COLOURS.length) % 2 === 1;
