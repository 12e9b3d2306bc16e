/**
 * Owns looking through several columns at once: those of a table that stays on the disk lie in the same rows of one file,
 * which is read once for all of them.
 */
import { FileValues } from './file-values';
import { measuring, type Statistics } from './statistics';
import { isOnDisk, type NumberValues } from './values';
import { oneOf, type Work } from './work';

/** One number a row. */
interface Group {
  values: NumberValues;
  /** Which of the columns stand side by side in a row. */
  places: number[];
}

export function together(columns: readonly NumberValues[]): Group[] {
  const places = [...columns.keys()].filter((place) => isOnDisk(columns[place]));
  const onDisk = columns.filter(isOnDisk);
  const joined = onDisk.length > 1 ? FileValues.sideBySide(onDisk, onDisk.map(() => 1)) : null; // prettier-ignore
  const alone = columns.flatMap((values, place) =>
    joined !== null && isOnDisk(values) ? [] : [{ values, places: [place] }],
  );
  return joined === null ? alone : [{ values: joined, places }, ...alone];
}

/** The figures of columns with one number a row, of the training part only where parts are given. */
export function* measuringTogether(
  columns: readonly NumberValues[],
  parts: Uint8Array | null = null,
): Work<Statistics[]> {
  const found: Statistics[] = new Array<Statistics>(columns.length);
  const groups = together(columns);
  for (const [i, { values, places }] of groups.entries()) {
    const request = { size: places.length, parts, perValue: places.length > 1 };
    const measured = yield* oneOf(measuring(values, request), i, groups.length);
    places.forEach((place, k) => (found[place] = measured[k]));
  }
  return found;
}
