/** Owns new ids of blocks and wires, and the one order in which ids are listed. */
import type { Document, WireId } from './document';

/** Keras' layer names: Conv2D → conv2d, MaxPooling2D → max_pooling2d, ReLU → re_lu, IDXImages → idx_images. */
export const snakeCase = (type: string): string =>
  type
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1_$2')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9_-]/g, '_')
    .toLowerCase()
    .slice(0, 56);

/** The first free one of `conv2d`, `conv2d_2`, `conv2d_3` … */
export function nextId(
  document: Pick<Document, 'blocks'>,
  type: string,
  taken: ReadonlySet<string> = new Set(),
): string {
  const name = snakeCase(type) || 'block';
  const isTaken = (id: string) => Object.hasOwn(document.blocks, id) || taken.has(id);
  if (!isTaken(name)) return name;
  let n = 2;
  while (isTaken(`${name}_${n}`)) n += 1;
  return `${name}_${n}`;
}

/** `count` new wire ids, above the highest number in use, so that ids tell the order in which wires were drawn. */
export function nextWireIds(document: Pick<Document, 'wires'>, count: number): WireId[] {
  let highest = 0;
  for (const id of Object.keys(document.wires)) {
    const match = /^w(\d{1,9})$/.exec(id);
    if (match) highest = Math.max(highest, Number(match[1]));
  }
  return Array.from({ length: count }, (_, i) => `w${highest + 1 + i}`);
}

export const nextWireId = (document: Pick<Document, 'wires'>): WireId => nextWireIds(document, 1)[0];

const pieces = (id: string) => id.match(/\d+|\D+/g) ?? [];
const compareText = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

function comparePieces(left: readonly string[], right: readonly string[]): number {
  for (let i = 0; i < Math.min(left.length, right.length); i++) {
    const [x, y] = [left[i], right[i]];
    if (x === y) continue;
    // Text pieces are not numbers, so their difference is NaN and the text decides.
    const order = Number(x) - Number(y) || compareText(x, y);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

/**
 * Orders ids with numbers in them by their value: w2 before w10. The same on every machine and independent of the order
 * in which the entries of a record were made.
 */
export const compareIds = (a: string, b: string): number => comparePieces(pieces(a), pieces(b));

const sorted = (ids: readonly string[]): string[] =>
  ids
    .map((id) => ({ id, key: pieces(id) }))
    .sort((a, b) => comparePieces(a.key, b.key))
    .map(({ id }) => id);

/** Most edits leave the ids of a document as they are, so the lists that were sorted last need no sorting again. */
const REMEMBERED = 8;
const recent: { ids: readonly string[]; sorted: readonly string[] }[] = [];

function sortedIds(ids: readonly string[]): readonly string[] {
  const known = recent.find(
    (entry) => entry.ids.length === ids.length && entry.ids.every((id, i) => id === ids[i]),
  );
  if (known) return known.sorted;
  recent.unshift({ ids, sorted: sorted(ids) });
  recent.length = Math.min(recent.length, REMEMBERED);
  return recent[0].sorted;
}

/** The entries of a record in the order of their ids. */
export const sortedEntries = <V>(record: Readonly<Record<string, V>>): [string, V][] =>
  sortedIds(Object.keys(record)).map((id) => [id, record[id]]);

/** Puts an id into a list that is in order. */
export function insertId(ids: string[], id: string): void {
  let [low, high] = [0, ids.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (compareIds(ids[middle], id) < 0) low = middle + 1;
    else high = middle;
  }
  ids.splice(low, 0, id);
}

/** The ids of entries that came, went, or are other objects. */
export function differingIds<V>(
  before: Readonly<Record<string, V>>,
  after: Readonly<Record<string, V>>,
): string[] {
  if (before === after) return [];
  const ids = Object.keys(after);
  const differing = ids.filter((id) => before[id] !== after[id] || !Object.hasOwn(before, id));
  const came = differing.filter((id) => !Object.hasOwn(before, id));
  const idsBefore = Object.keys(before);
  if (idsBefore.length === ids.length - came.length) return differing;
  return [...differing, ...idsBefore.filter((id) => !Object.hasOwn(after, id))];
}
