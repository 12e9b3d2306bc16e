/** Made-up data for random networks: one table with every kind of column, and the samples that a plan reads from it. */
import { column, classes, data, features, oneHotClasses, pixels, target } from '../../shared/data';
import { sizeOf } from '../../../shared/compiler/shape';
import type { ColumnFacts, DataFacts } from '../../../shared/document/facts';
import type { Plan } from '../../../shared/compiler/plan';
import { RandomStream } from '../../../shared/random/random';
import type { ArrayUse } from '../../../electron/data/preparation/arrays';
import type { PreparedSet } from '../../../electron/data/preparation/prepare';
import { planUses } from '../../../electron/engine/training/plan-samples';

/** Batches of 4, 6, 9, 12 or 36 leave one sample over. */
export const PARTS = { train: 37, validation: 11, test: 6 };
const N = PARTS.train + PARTS.validation + PARTS.test;
export const CLASSES = 4;
export const SYMBOLS = 5;

/** What an Input block may read, by the columns that it names. */
export const READINGS: readonly string[][] = [
  ['picture'],
  ['bytes'],
  ['steps'],
  ['film'],
  ['tokens'],
  ['f0', 'f1', 'f2', 'f3', 'f4'],
  ['f1', 'f3'],
];

const yes = classes(2, { name: 'yes' });
const COLUMNS: readonly ColumnFacts[] = [
  ...features(5),
  pixels([6, 8, 3], { name: 'picture', min: -2, max: 2 }),
  pixels([6, 6, 2], { name: 'bytes', dtype: 'uint8', min: 0, max: 255 }),
  column({ name: 'steps', shape: [7, 4] }),
  column({ name: 'film', shape: [3, 4, 4, 2] }),
  column({ name: 'tokens', shape: [6], dtype: 'int32', min: 0, max: 9, mean: 4, std: 3 }),
  classes(CLASSES),
  { ...oneHotClasses(CLASSES), name: 'one_hot' },
  yes,
  target({ name: 'number' }),
  target({ name: 'numbers', shape: [3] }),
  target({ name: 'symbols', shape: [3], dtype: 'int32', min: 0, max: SYMBOLS - 1 }),
  column({ name: 'weight', role: 'weight', min: 0, max: 2 }),
]; // prettier-ignore
export const TARGETS = COLUMNS.filter(({ role }) => role === 'target').map(({ name }) => name);

export const facts: DataFacts = data([...COLUMNS], { n: N, parts: PARTS });

/** One number of a column: `row` and `place` say which. */
function valueOf(
  random: RandomStream,
  { name, dtype, classes: named }: ColumnFacts,
  place: number,
  row: number,
): number {
  if (name === 'one_hot') return place === (row * 7) % CLASSES ? 1 : 0;
  if (name === 'symbols') return place < row % 3 ? 1 + random.below(SYMBOLS - 1) : 0;
  if (name === 'tokens') return place > 2 + (row % 4) ? 0 : random.below(10);
  if (name === 'weight') return random.below(3) / 2;
  if (named) return random.below(named.length);
  return dtype === 'uint8' ? random.below(256) : random.normal();
}

/** The columns of a row one behind the other, joined along their last axis. */
function arrayOf(seed: number, { columns: names }: ArrayUse): PreparedSet['arrays'][number] {
  const columns = names.map((name) => {
    const found = COLUMNS.find((one) => one.name === name);
    if (!found) throw new Error(`no column ${name}`);
    const size = sizeOf(found.shape);
    const random = new RandomStream(seed, 'random networks', name);
    return Array.from({ length: N * size }, (_, i) => valueOf(random, found, i % size, Math.floor(i / size)));
  });
  const [first] = names.map((name) => COLUMNS.find((one) => one.name === name));
  const shape = names.length > 1 ? [names.length] : [...(first?.shape ?? [])];
  const values = Array.from({ length: N }, (_, row) =>
    columns.flatMap((one) => one.slice((row * one.length) / N, ((row + 1) * one.length) / N)),
  ).flat();
  if (first?.dtype === 'uint8') return { values: Uint8Array.from(values), shape, scale: 1 / 255, offset: 0 };
  return {
    values: first?.dtype === 'int32' ? Int32Array.from(values) : Float32Array.from(values),
    shape,
    scale: 1,
    offset: 0,
  };
}

export function preparedFor(plan: Plan, seed: number): PreparedSet {
  const parts = Uint8Array.from({ length: N }, (_, row) =>
    row < PARTS.train ? 0 : row < PARTS.train + PARTS.validation ? 1 : 2,
  );
  return {
    n: N,
    parts,
    arrays: planUses(plan).map((use) => arrayOf(seed, use)),
    state: { format: 'axonry-preparation', version: 1, sources: [], steps: [], arrays: [] },
  };
}
