/** Puts together the arrays that Input and loss blocks read. Bytes and indices stay what they are where they can. */
import type { Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';
import { FileValues } from '../file-values';
import type { Numbers } from '../numbers';
import { sampleSize } from '../statistics';
import { isHeld, isOnDisk, typeOfNumbers, type NumberValues } from '../values';
import type { Flow, FlowColumn } from './flow';

/** The columns of one block, joined along the last axis in this order. */
export interface ArrayUse {
  dataset: string;
  columns: readonly string[];
  /** Read by an Input block: one number per sample has the shape `[1]`. For a loss it keeps `[]`. */
  inputs: boolean;
}

export interface PreparedArray {
  /** Row-major. The true value is stored × scale + offset. */
  values: NumberValues;
  /** Per sample. */
  shape: number[];
  scale: number;
  offset: number;
}

interface Piece<V = NumberValues> {
  values: V;
  shape: number[];
  scale: readonly number[];
  offset: readonly number[];
}

function oneHotValues(indices: Int32Array, width: number): Uint8Array {
  const values = new Uint8Array(indices.length * width);
  indices.forEach((index, row) => {
    values[row * width + index] = 1;
  });
  return values;
}

function pieceOf(name: string, dataset: string, { column, transform }: FlowColumn): Result<Piece> {
  const { values, facts } = column;
  if (Array.isArray(values)) {
    return fail(
      'data/text-column',
      `${dataset}: column “${name}” is free text, which a network cannot read. Choose another column.`,
    );
  }
  if (transform.kind === 'affine')
    return ok({ values, shape: facts.shape, scale: transform.scale, offset: transform.offset });
  const { width } = transform;
  const encode = (some: Numbers) => oneHotValues(Int32Array.from(some), width);
  return ok({
    values: isOnDisk(values)
      ? values.changed({ from: 1, to: width, type: 'uint8', of: encode })
      : encode(values),
    shape: [width],
    scale: [1],
    offset: [0],
  });
}

const isHeldPiece = (piece: Piece): piece is Piece<Numbers> => isHeld(piece.values);
const isPieceOnDisk = (piece: Piece): piece is Piece<FileValues> => isOnDisk(piece.values);

/** Calculates the true values into every `stride`-th block of `out`, beginning at `start`. */
function write(
  piece: Piece<Numbers>,
  width: number,
  out: Float32Array | Uint8Array,
  start: number,
  stride: number,
) {
  const { values, scale, offset } = piece;
  const isRaw = out instanceof Uint8Array || (scale.length === 1 && scale[0] === 1 && offset[0] === 0);
  const size = sampleSize(piece.shape);
  for (let from = 0, to = start; from < values.length; from += width, to += stride) {
    for (let i = 0; i < width; i++) {
      const value = values[from + i];
      const pair = scale.length === 1 ? 0 : (from + i) % size;
      out[to + i] = isRaw ? value : value * scale[pair] + offset[pair];
    }
  }
}

/** The true values, in float32. */
function calculated({ values, ...piece }: Piece): NumberValues {
  const calculate = (some: Numbers): Float32Array => {
    const out = new Float32Array(some.length);
    write({ values: some, ...piece }, 1, out, 0, 1);
    return out;
  };
  return isOnDisk(values)
    ? values.changed({ from: 1, to: 1, type: 'float32', of: calculate })
    : calculate(values);
}

const isIdentity = ({ scale, offset }: Piece) => scale.every((s) => s === 1) && offset.every((o) => o === 0);

function alone(piece: Piece, inputs: boolean): PreparedArray {
  const shape = inputs && piece.shape.length === 0 ? [1] : [...piece.shape];
  if (typeOfNumbers(piece.values) === 'uint8' && piece.scale.length === 1) {
    return { values: piece.values, shape, scale: piece.scale[0], offset: piece.offset[0] };
  }
  if (isIdentity(piece)) return { values: piece.values, shape, scale: 1, offset: 0 };
  return { values: calculated(piece), shape, scale: 1, offset: 0 };
}

/** Bytes that mean the same in all pieces. */
const haveSameBytes = (pieces: readonly Piece[]): boolean =>
  pieces.every(
    ({ values, scale, offset }) =>
      typeOfNumbers(values) === 'uint8' &&
      scale.length === 1 &&
      scale[0] === pieces[0].scale[0] &&
      offset[0] === pieces[0].offset[0],
  );

/** Columns of one table that stays on the disk; null where they come from several files or are no single values. */
function joinedOnDisk(pieces: readonly Piece<FileValues>[]): PreparedArray | null {
  if (pieces.some(({ shape }) => shape.length > 1)) return null;
  const areBytes = haveSameBytes(pieces);
  const sizes = pieces.map(({ shape }) => sampleSize(shape));
  const columns = pieces.map((piece) => (areBytes ? piece.values : calculated(piece))).filter(isOnDisk);
  const values = FileValues.sideBySide(columns, sizes);
  if (values === null) return null;
  const shape = [sizes.reduce((sum, size) => sum + size, 0)];
  const [scale, offset] = areBytes ? [pieces[0].scale[0], pieces[0].offset[0]] : [1, 0];
  return { values, shape, scale, offset };
}

function joined(pieces: readonly Piece<Numbers>[], n: number, use: ArrayUse): Result<PreparedArray> {
  const shapes = pieces.map(({ shape }) => (shape.length === 0 ? [1] : shape));
  const leading = shapes[0].slice(0, -1);
  const odd = shapes.findIndex((shape) => String(shape.slice(0, -1)) !== String(leading));
  if (odd > 0) {
    const [a, b] = [0, odd].map((i) => `“${use.columns[i]}” [${shapes[i].join(', ')}]`);
    return fail(
      'data/shape-mismatch',
      `${use.dataset}: columns ${a} and ${b} cannot stand side by side. Choose columns of one shape.`,
    );
  }
  const widths = shapes.map((shape) => shape[shape.length - 1]);
  const stride = widths.reduce((sum, width) => sum + width, 0);
  const length = n * sampleSize(leading) * stride;
  const [first] = pieces;
  const areBytes = haveSameBytes(pieces);
  const values = areBytes ? new Uint8Array(length) : new Float32Array(length);
  let start = 0;
  pieces.forEach((piece, i) => {
    write(piece, widths[i], values, start, stride);
    start += widths[i];
  });
  const [scale, offset] = areBytes ? [first.scale[0], first.offset[0]] : [1, 0];
  return ok({ values, shape: [...leading, stride], scale, offset });
}

export function makeArray(flow: Flow, n: number, use: ArrayUse): Result<PreparedArray> {
  const pieces: Piece[] = [];
  for (const name of use.columns) {
    const column = flow.get(name);
    if (column === undefined) {
      return fail(
        'data/no-column',
        `${use.dataset}: the data have no column “${name}”. They have ${[...flow.keys()].slice(0, 8).join(', ')}.`,
      );
    }
    const piece = pieceOf(name, use.dataset, column);
    if (!piece.ok) return piece;
    pieces.push(piece.value);
  }
  if (pieces.length === 1) return ok(alone(pieces[0], use.inputs));
  if (pieces.every(isHeldPiece)) return joined(pieces, n, use);
  const onDisk = pieces.every(isPieceOnDisk) ? joinedOnDisk(pieces) : null;
  if (onDisk !== null) return ok(onDisk);
  return fail(
    'data/on-disk',
    `${use.dataset}: “${use.columns.join('” and “')}” cannot stand side by side, because one of them is too large for the memory. Give each an Input block of its own.`,
  );
}
