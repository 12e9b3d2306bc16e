/** data/split-shift: parts that the source brings along and that are unlike each other. */
import type { DataProblem, Part } from '../../../shared/document/facts';
import { PARTS } from '../../../shared/document/facts';
import { partIndex, type DataColumn } from '../data-set';
import { countClasses, sampleSize, statisticsOf } from '../statistics';
import { columnsOf, PART_NAMES, type Check, type Looked } from './check';

/** In smaller parts shares and means differ by chance. */
const ENOUGH = 100;
/** Share of all samples that would have to change its class for the parts to be alike. */
const CLASS_SHIFT = 0.1;
/** Difference of the means, in standard deviations of the training part. */
const MEAN_SHIFT = 0.5;

export const checkSplitShift: Check = ({ set }) => {
  const { parts, facts } = set;
  if (parts === null || facts.parts.train < ENOUGH) return [];
  const others = PARTS.filter((part) => part !== 'train' && facts.parts[part] >= ENOUGH);
  return others.flatMap((part): DataProblem[] => {
    const found = classShift(set, parts, part) ?? meanShift(set, parts, part);
    const message = `${facts.source}${found}`;
    return found === null ? [] : [{ code: 'data/split-shift', severity: 'warning', message }];
  });
};

const ofPart = (values: Int32Array | Uint8Array, parts: Uint8Array, part: Part) =>
  values.filter((_, row) => parts[row] === partIndex[part]);

const percent = (share: number) => `${Math.round(100 * share)} %`;

function classShift(set: Looked['set'], parts: Uint8Array, part: Part): string | null {
  for (const { facts, values } of columnsOf(set, 'target')) {
    if (!facts.classes || facts.encoding !== 'index' || !(values instanceof Int32Array)) continue;
    const shares = (of: Part): number[] => {
      const counts = countClasses(ofPart(values, parts, of), facts.classes?.length ?? 0);
      const n = counts.reduce((sum, count) => sum + count, 0);
      return counts.map((count) => count / Math.max(1, n));
    };
    const [train, other] = [shares('train'), shares(part)];
    const differences = train.map((share, i) => Math.abs(share - other[i]));
    if (differences.reduce((sum, difference) => sum + difference, 0) / 2 <= CLASS_SHIFT) continue;
    const most = differences.indexOf(Math.max(...differences));
    return `, column ${facts.name}: class “${facts.classes[most]}” is ${percent(train[most])} of the training part but ${percent(other[most])} of the ${PART_NAMES[part]} part.`;
  }
  return null;
}

function meanShift(set: Looked['set'], parts: Uint8Array, part: Part): string | null {
  for (const column of columnsOf(set, 'input')) {
    const [train, other] = [meanOf(column, parts, 'train'), meanOf(column, parts, part)];
    if (!train?.std || !other || Math.abs(train.mean - other.mean) <= MEAN_SHIFT * train.std) continue;
    const text = (value: number) => Number(value.toPrecision(3));
    return `, column ${column.facts.name}: the mean is ${text(train.mean)} in the training part but ${text(other.mean)} in the ${PART_NAMES[part]} part.`;
  }
  return null;
}

function meanOf({ facts, values }: DataColumn, parts: Uint8Array, part: Part) {
  if (Array.isArray(values) || facts.classes) return null;
  const size = sampleSize(facts.shape);
  const chosen = Uint8Array.from(parts, (index) =>
    index === partIndex[part] ? partIndex.train : partIndex.test,
  );
  const [{ mean, std }] = statisticsOf(values, { size, parts: chosen });
  return mean === null || std === null ? null : { mean, std };
}
