/**
 * Split: gives rows to training, validation and test. The sizes are `splitSizes`' (scikit-learn's rounding); with
 * `stratified` every part gets each class in the proportion of the whole, by largest remainder.
 */
import { z } from 'zod';
import type { DatasetStep } from '../../../shared/compiler/plan';
import { splitSizes } from '../../../shared/document/preparation';
import type { SplitState } from '../../../shared/document/preparation';
import { RandomStream } from '../../../shared/random/random';
import type { Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';
import { countParts } from '../columns';
import { partIndex } from '../data-set';
import type { Flow } from './flow';
import type { Step } from './step';
import { stepParams } from './step';

const share = z
  .number({ error: 'must be a number' })
  .min(0, 'must be at least 0')
  .max(1, 'must be at most 1');
const params = z.object({
  validation: share.default(0.1),
  test: share.default(0.1),
  stratified: z.boolean().default(true),
  seed: z.number().int().default(0),
});

/**
 * Divides `total` among groups in proportion to their sizes: whole shares first, then one more to the largest remainders
 * (the earlier group on a tie). No group gets more than it has.
 */
export function largestRemainder(sizes: readonly number[], total: number): number[] {
  const all = sizes.reduce((sum, size) => sum + size, 0);
  if (all === 0) return sizes.map(() => 0);
  const quotas = sizes.map((size) => (size * total) / all);
  const given = quotas.map(Math.floor);
  const left = total - given.reduce((sum, whole) => sum + whole, 0);
  const order = quotas
    .map((quota, group) => ({ group, remainder: quota - given[group] }))
    .sort((a, b) => b.remainder - a.remainder || a.group - b.group);
  for (const { group } of order.slice(0, left)) given[group] += 1;
  return given;
}

/** The rows of the training part in random order, one list per class; one list for all without classes. */
function groupRows(
  parts: Uint8Array,
  classOf: Int32Array | null,
  classes: number,
  random: RandomStream,
): number[][] {
  const rows: number[] = [];
  parts.forEach((part, row) => {
    if (part === partIndex.train) rows.push(row);
  });
  const shuffled = Array.from(random.permutation(rows.length), (place) => rows[place]);
  if (classOf === null) return [shuffled];
  const groups = Array.from({ length: classes }, (): number[] => []);
  for (const row of shuffled) groups[classOf[row]]?.push(row);
  return groups;
}

/** Takes `total` rows off the front of the groups. */
function take(groups: number[][], total: number, part: number, into: Uint8Array) {
  const shares = largestRemainder(
    groups.map((group) => group.length),
    total,
  );
  groups.forEach((group, i) => {
    for (const row of group.splice(0, shares[i])) into[row] = part;
  });
}

/** The class of each row by the first target column that has classes, or null. */
function targetClasses(flow: Flow): { classOf: Int32Array; classes: number } | null {
  for (const { column } of flow.values()) {
    const { role, classes } = column.facts;
    if (role === 'target' && classes && column.values instanceof Int32Array && !column.values.includes(-1)) {
      return { classOf: column.values, classes: classes.length };
    }
  }
  return null;
}

/** The part of each row after the split. Parts that the rows have already are kept. */
export function splitParts(
  step: Pick<DatasetStep, 'block' | 'params'>,
  flow: Flow,
  before: Uint8Array,
): Result<Uint8Array> {
  const checked = stepParams(params, step.params, step.block);
  if (!checked.ok) return checked;
  const { validation, test, stratified, seed } = checked.value;
  if (validation + test >= 1) {
    const message = `${step.block}: validation ${validation} and test ${test} together leave no rows to train on. Make them smaller than 1 in all.`;
    return fail('data/bad-parameter', message);
  }
  const had = countParts(before, before.length);
  const sizes = splitSizes(had, validation, test);
  const target = stratified ? targetClasses(flow) : null;
  const random = new RandomStream(seed, step.block, 'split');
  const groups = groupRows(before, target?.classOf ?? null, target?.classes ?? 0, random);
  const parts = before.slice();
  take(groups, sizes.test - had.test, partIndex.test, parts);
  take(groups, sizes.validation - had.validation, partIndex.validation, parts);
  return ok(parts);
}

export const split: Step<SplitState> = {
  fit(given, { block, from, parts }) {
    const checked = stepParams(params, given, block);
    if (!checked.ok) return checked;
    return ok({ type: 'Split', block, from, ...checked.value, sizes: countParts(parts, parts.length) });
  },
  apply: (_, flow) => flow,
};
