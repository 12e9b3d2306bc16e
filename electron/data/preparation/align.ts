/** Brings a column of other data into the form that the training data had: class indices by name, numbers as numbers. */
import type { SourceColumnState } from '../../../shared/document/preparation';
import type { Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';
import type { DataColumn } from '../data-set';
import { inMemory } from '../values';
import { filled, rowsMissing, rowsText } from './fill';

/** `found` as training would have read it. The facts of the result keep only what preparing needs. */
export function alignColumn(
  wanted: SourceColumnState,
  found: DataColumn,
  source: string,
): Result<DataColumn> {
  const column =
    wanted.classes === undefined
      ? alignNumbers(wanted, found, source)
      : alignClasses(wanted, wanted.classes, found, source);
  if (!column.ok || wanted.dtype === 'string') return column;
  const missing = rowsMissing(column.value);
  if (missing.length === 0) return column;
  if (wanted.fill !== undefined) return ok(filled(column.value, wanted.fill));
  return fail(
    'data/missing',
    `${source}, column ${wanted.name}: no value in ${rowsText(missing)}. Fill the cells in, or leave the rows out.`,
  );
}

const factsLike = (wanted: SourceColumnState, found: DataColumn): DataColumn['facts'] => ({
  ...found.facts,
  role: wanted.role,
  dtype: wanted.classes ? 'int32' : found.facts.dtype,
  classes: wanted.classes,
  encoding: wanted.classes ? 'index' : undefined,
});

/** What the cells of a column say, as text; null where a cell is empty. */
function namesIn({ facts, values }: DataColumn): (string | null)[] {
  if (Array.isArray(values)) return values.map((text) => (text === '' || text === '?' ? null : text));
  const { classes } = facts;
  const numbers = inMemory(values);
  if (classes) return Array.from(numbers, (index) => (index < 0 ? null : classes[index]));
  return Array.from(numbers, (value) => (Number.isFinite(value) ? String(value) : null));
}

/** `1`, `1.0` and `01` name the same class where the names are numbers. */
const canonical = (name: string): string => {
  const value = Number(name);
  return name.trim() === '' || Number.isNaN(value) ? name : String(value);
};

function alignClasses(
  wanted: SourceColumnState,
  classes: readonly string[],
  found: DataColumn,
  source: string,
): Result<DataColumn> {
  if (String(found.facts.classes) === String(classes))
    return ok({ facts: factsLike(wanted, found), values: found.values });
  if (found.facts.shape.length > 0) return shapeProblem(wanted, found, source);
  const exact = new Map(classes.map((name, index) => [name, index]));
  const loose = new Map(classes.map((name, index) => [canonical(name), index]));
  const unknown = new Map<string, number>();
  const indices = Int32Array.from(namesIn(found), (name) => {
    if (name === null) return -1;
    const index = exact.get(name) ?? loose.get(canonical(name));
    if (index === undefined) unknown.set(name, (unknown.get(name) ?? 0) + 1);
    return index ?? -1;
  });
  if (unknown.size === 0) return ok({ facts: factsLike(wanted, found), values: indices });
  const shown = [...unknown]
    .slice(0, 5)
    .map(([name, times]) => `“${name}” (${times} ${times === 1 ? 'row' : 'rows'})`);
  const more = unknown.size > 5 ? ` and ${unknown.size - 5} more` : '';
  const known = classes.slice(0, 10).join(', ') + (classes.length > 10 ? ', …' : '');
  const message = `${source}, column ${wanted.name}: ${shown.join(', ')}${more} ${unknown.size === 1 ? 'is not a class' : 'are not classes'} that the network was trained with. It knows ${known}.`;
  return fail('data/unknown-class', message);
}

function alignNumbers(wanted: SourceColumnState, found: DataColumn, source: string): Result<DataColumn> {
  if (String(wanted.shape) !== String(found.facts.shape)) return shapeProblem(wanted, found, source);
  const facts = factsLike(wanted, found);
  // A few texts may look like classes, and numbers may be meant as words.
  if (wanted.dtype === 'string' && !Array.isArray(found.values))
    return ok({ facts: { ...facts, dtype: 'string' }, values: namesIn(found).map((text) => text ?? '') });
  if (wanted.dtype === 'string' || (!Array.isArray(found.values) && !found.facts.classes))
    return ok({ facts, values: found.values });
  const names = namesIn(found);
  const values = Float32Array.from(names, (name) => (name === null ? NaN : Number(name)));
  const odd = names.findIndex((name, row) => name !== null && Number.isNaN(values[row]));
  if (odd < 0) return ok({ facts: { ...facts, dtype: 'float32' }, values });
  return fail(
    'data/not-a-number',
    `${source}, column ${wanted.name}, row ${odd + 1}: “${names[odd]}” is not a number. Correct it.`,
  );
}

function shapeProblem(wanted: SourceColumnState, found: DataColumn, source: string): Result<DataColumn> {
  const text = (shape: readonly number[]) => (shape.length === 0 ? 'one value' : shape.join(' × '));
  const message = `${source}, column ${wanted.name}: each row holds ${text(found.facts.shape)}, and the network was trained with ${text(wanted.shape)}. Choose data of that size.`;
  return fail('data/shape-mismatch', message);
}
