/**
 * Owns how a recorded step gets its samples: columns that fit live in the session as they are stored, and a step takes
 * its rows by number; those of larger sets are fed, be they in memory or on the disk. Scale and offset are applied in the graph either way, so that both
 * give the same numbers.
 */
import { newNumbers, type Numbers } from '../../../data/numbers';
import { bytesInMemory, isOnDisk, typeOfNumbers } from '../../../data/values';
import type { SampleWeights } from '../class-weights';
import type { SampleArray, Samples } from '../samples';
import { bool, DTYPE, int, typeOf, type Graph, type Ref, type TensorSpec } from './graph';

/** Above this a set stays in JavaScript. */
export const STORED_BYTES = 1e9;

export interface DataColumn extends SampleArray {
  /** Of its variable in the session. */
  name: string;
  dtype: number;
  rows: number;
}

export interface TrainingData {
  stored: boolean;
  columns: readonly DataColumn[];
  /** By Input block, then by loss block. */
  inputs: ReadonlyMap<string, DataColumn>;
  labels: ReadonlyMap<string, DataColumn>;
  weights: ReadonlyMap<string, DataColumn>;
  classWeights: ReadonlyMap<string, DataColumn>;
}

const sizeOf = ({ shape }: Pick<SampleArray, 'shape'>): number =>
  shape.reduce((product, axis) => product * axis, 1);

export function trainingData(
  samples: Samples,
  sampleWeights: SampleWeights,
  storedBytes = STORED_BYTES,
): TrainingData {
  const columns: DataColumn[] = [];
  const add = (array: SampleArray): DataColumn => {
    const column = {
      ...array,
      name: `data_${columns.length}`,
      dtype: DTYPE[typeOfNumbers(array.values)],
      rows: array.values.length / sizeOf(array),
    };
    columns.push(column);
    return column;
  };
  const all = (arrays: ReadonlyMap<string, SampleArray>) =>
    new Map([...arrays].map(([block, array]) => [block, add(array)]));
  const inputs = all(samples.inputs);
  const labels = all(samples.labels);
  const weights = all(samples.weights ?? new Map<string, SampleArray>());
  const classWeights = new Map(
    [...sampleWeights].map(([block, values]) => [block, add({ values, shape: [], scale: 1, offset: 0 })]),
  );
  const bytes = columns.reduce((sum, { values }) => sum + bytesInMemory(values), 0);
  const stored = bytes <= storedBytes && !columns.some(({ values }) => isOnDisk(values));
  return { stored, columns, inputs, labels, weights, classWeights };
}

/** A column as the session stores it. */
export const storedSpec = ({ dtype, rows, shape }: DataColumn): TensorSpec => ({
  dtype,
  shape: [rows, ...shape],
});

/**
 * The rows of each column as they are stored, for a step that is fed. A batch lies where the one of this size before it lay:
 * memory that is new for each batch has to be cleared and collected, which takes longer than copying the rows.
 */
export class Batches {
  private readonly places = new Map<string, Numbers>();

  /** Valid until the next batch of this size is taken. */
  take(column: DataColumn, rows: Int32Array): Numbers {
    const size = sizeOf(column);
    const place = this.placeOf(column, rows.length);
    rows.forEach((row, i) => place.set(column.values.subarray(row * size, (row + 1) * size), i * size));
    return place;
  }

  private placeOf(column: DataColumn, rows: number): Numbers {
    const key = `${column.name} ${rows}`;
    const known = this.places.get(key);
    if (known !== undefined) return known;
    const place = newNumbers(typeOfNumbers(column.values), rows * sizeOf(column));
    this.places.set(key, place);
    return place;
  }
}

export interface BatchInGraph {
  /** What a run is to be fed with: the rows' numbers, or the rows of each column. */
  feeds: Ref[];
  /** [batch, ...] in float32, by the name of the column. */
  values: Map<string, Ref>;
}

/** Adds what brings a batch of this size into a step. */
export function batchInGraph(graph: Graph, { stored, columns }: TrainingData, size: number): BatchInGraph {
  const rows = stored
    ? graph.placeholder(`${graph.scope}/rows`, { dtype: DTYPE.int32, shape: [size] })
    : null;
  const feeds: Ref[] = rows === null ? [] : [rows];
  const values = new Map<string, Ref>();
  for (const column of columns) {
    const spec = { dtype: column.dtype, shape: [size, ...column.shape] };
    let value: Ref;
    if (rows === null) {
      value = graph.placeholder(`${graph.scope}/${column.name}`, spec);
      feeds.push(value);
    } else {
      const attributes = {
        dtype: typeOf(spec.dtype),
        Tindices: typeOf(DTYPE.int32),
        batch_dims: int(0),
        validate_indices: bool(true),
      };
      value = graph.add('ResourceGather', [column.name, rows], attributes, [spec]);
    }
    values.set(column.name, asUsed(graph, value, spec, column));
  }
  return { feeds, values };
}

/** float32, times scale plus offset. */
function asUsed(graph: Graph, ref: Ref, { dtype, shape }: TensorSpec, { scale, offset }: SampleArray): Ref {
  const spec = { dtype: DTYPE.float32, shape };
  const T = { T: typeOf(DTYPE.float32) };
  let value = ref;
  if (dtype !== DTYPE.float32) {
    value = graph.add(
      'Cast',
      [value],
      { SrcT: typeOf(dtype), DstT: typeOf(DTYPE.float32), Truncate: bool(false) },
      [spec],
    );
  }
  if (scale !== 1) value = graph.add('Mul', [value, graph.float(scale)], T, [spec]);
  return offset === 0 ? value : graph.add('AddV2', [value, graph.float(offset)], T, [spec]);
}
