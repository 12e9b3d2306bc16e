/** Owns the pictures of layers that make a map of a map: the window on the cells before, and the cell that it makes. */
import type { AnyBlockDefinition, Values } from '../../blocks/block';
import { area, arrow, box, cells, line, words, type Drawing, type Mark } from '../drawing';

const CELL = 14;
/** Cells along each side of the map before; even, so that windows of two fill it. */
const LENGTH = 8;

interface Sizes {
  rows: number;
  columns: number;
}

const pair = (list: readonly number[]): Sizes =>
  list.length === 1 ? { rows: 1, columns: list[0] } : { rows: list[0], columns: list[1] };
const numbersOf = (value: unknown): readonly number[] =>
  (Array.isArray(value) ? value : []).filter((one): one is number => typeof one === 'number');
const text = ({ rows, columns }: Sizes): string => (rows === 1 ? String(columns) : `${rows} × ${columns}`);

/** The axes beside batch and channels that the type names: `Conv2D`, `GlobalMaxPooling1D`. */
const axesOf = ({ type }: AnyBlockDefinition): number => Number(/(\d)D/.exec(type)?.[1] ?? 2);

interface Window {
  size: Sizes;
  stride: Sizes;
  /** The window lies on the larger map that comes out. */
  isBackwards: boolean;
}

/** null where the layer has no window. */
function windowOf({ type }: AnyBlockDefinition, values: Values): Window | null {
  const size = numbersOf(values.kernel_size ?? values.pool_size);
  if (size.length === 0) return null;
  const strides = numbersOf(values.strides);
  const moves =
    strides.length === size.length ? strides : values.pool_size === undefined ? size.map(() => 1) : size;
  return { size: pair(size), stride: pair(moves), isBackwards: type.includes('Transpose') };
}

/** One channel of a map, drawn from above; of a volume its first slice. */
export function gridPicture(definition: AnyBlockDefinition, values: Values): Drawing | null {
  const { behaviour } = definition;
  if (behaviour.kind !== 'layer' || definition.ports(values).inputs.length !== 1) return null;
  const axes = axesOf(definition);
  const shape = [null, ...Array<number>(axes).fill(LENGTH), 1];
  const inferred = behaviour.infer([{ shape, from: 'there' }], values);
  if (!inferred.ok) return null;
  const places = inferred.value.shape.slice(1, axes + 1);
  const isOne = inferred.value.shape.length < shape.length;
  const before = pair(Array<number>(Math.min(axes, 2)).fill(LENGTH));
  const after = pair(isOne ? [1, 1] : places.slice(0, 2).map((length) => length ?? 1));
  if (Math.max(after.rows, after.columns) > 20) return null;
  const window = windowOf(definition, values);
  const under = window?.isBackwards ? after : before;
  if (window && (window.size.rows > under.rows || window.size.columns > under.columns)) return null;
  return drawn(before, after, window, axes === 3);
}

function drawn(before: Sizes, after: Sizes, window: Window | null, isSlice: boolean): Drawing {
  const top = 20;
  const height = top + Math.max(before.rows, after.rows) * CELL + 8;
  const right = before.columns * CELL + 56;
  const marks: Mark[] = [
    line(cells(8, top, before.rows, before.columns, CELL)),
    line(cells(right, top, after.rows, after.columns, CELL)),
    arrow(before.columns * CELL + 18, top + (Math.max(before.rows, after.rows) * CELL) / 2, 28),
    words(8, 13, text(before), 'start'),
    words(right, 13, text(after), 'start'),
  ];
  const one = box(0, 0, CELL, CELL);
  if (window !== null) {
    const { size, stride, isBackwards } = window;
    const [large, small] = isBackwards ? [right, 8] : [8, right];
    const [width, tall] = [size.columns * CELL, size.rows * CELL];
    marks.push(
      area(box(large, top, width, tall)),
      area(one.replace('M0 0', `M${small} ${top}`)),
      line(box(large + stride.columns * CELL, top, width, tall), 'strong', true),
      line(box(large, top, width, tall), 'strong'),
      line(box(small, top, CELL, CELL), 'strong'),
      line(box(small + CELL, top, CELL, CELL), 'strong', true),
    );
  }
  const slice = isSlice ? ' Drawn is one slice of the volume.' : '';
  const how =
    window === null
      ? ''
      : window.isBackwards
        ? ` Each value is spread over a window of ${text(window.size)}; the next window, dashed, lies ${text(window.stride)} on.`
        : ` Each value comes from a window of ${text(window.size)}; the next window, dashed, lies ${text(window.stride)} on.`;
  return {
    width: right + after.columns * CELL + 8,
    height,
    caption: `${text(before)} becomes ${text(after)}.${how}${slice}`,
    marks,
  };
}
