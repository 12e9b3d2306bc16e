/** Owns the list of what is looked for in data that were read from files. Made-up data need no such look. */
import type { DataSet } from '../data-set';
import type { Check, Looked } from './check';
import { checkDuplicates } from './duplicates';
import { lookedAt } from './looked-at';
import { checkNearCopies } from './near-copies';
import { checkPictures } from './pictures';
import { checkSplitShift } from './split-shift';

/** Raised whenever the same data are told other things than before, so that what was kept is looked at again. */
export const CHECKS_VERSION = 2;

const checks: readonly Check[] = [checkDuplicates, checkNearCopies, checkPictures, checkSplitShift];

/** The same data with what was found among their problems. */
export function lookOver(set: DataSet, place: Looked['place']): DataSet {
  const looked = lookedAt(set, place);
  const found = checks.flatMap((check) => check(looked));
  return { ...set, facts: { ...set.facts, problems: [...set.facts.problems, ...found] } };
}
