/** Reads a folder of IDX files (MNIST and its relatives): columns `image` and `label`, parts by file name. */
import { z } from 'zod';
import type { DataProblem } from '../../../shared/document/facts';
import type { Result } from '../../../shared/result';
import { fail, ok } from '../../../shared/result';
import { lookOver } from '../checks/checks';
import { classColumn, makeDataSet, numberColumn } from '../columns';
import type { DataColumn, DataSet } from '../data-set';
import { partIndex } from '../data-set';
import { FileValues } from '../file-values';
import { fingerprintOf } from '../fingerprint';
import { hashFile } from '../hash-file';
import { newNumbers, typeOfArray, widest } from '../numbers';
import { roomForSource } from '../room';
import { readThroughCache } from '../source-cache';
import { measuring, sampleSize } from '../statistics';
import { inMemory, isOnDisk, type NumberValues } from '../values';
import { inStretches } from '../work';
import { LARGEST_ARRAY } from './idx/idx-array';
import type { IdxArray } from './idx/idx-array';
import { readIdxFile } from './idx/idx-file';
import { findIdxFiles } from './idx/idx-folder';
import type { IdxFolder, PartFiles } from './idx/idx-folder';
import { decodedBytes, idxOnDisk, readIdxHeader } from './idx/idx-on-disk';
import type { Reader, ReaderContext } from './reader';
import { checkParams } from './reader';
import { fileProblem } from './source-file';

/** Raised whenever the same files give other columns than before. */
const IDX_READER_VERSION = 1;
const MOST_CLASSES = 1000;

const params = z.object({ folder: z.string().default('') });

interface Decoded {
  files: PartFiles;
  images: IdxArray;
  labels: IdxArray;
}

export const readIdx: Reader = async (given, context) => {
  const checked = checkParams(params, given, 'IDX files');
  if (!checked.ok) return checked;
  const found = await findIdxFiles(context.folder, checked.value.folder);
  if (!found.ok) return found;
  const fingerprint = await fingerprintOfFolder(found.value);
  if (!fingerprint.ok) return fingerprint;
  const images = await imagesOnDisk(found.value, context);
  if (!images.ok) return images;
  const identity = {
    fingerprint: fingerprint.value,
    source: found.value.name,
    onDisk: images.value && new Map([['image', concatenate(images.value.map(({ values }) => values))]]),
  };
  return readThroughCache(context, identity, async () => {
    const parts = await decodeParts(found.value, images.value, context);
    return parts.ok ? join(parts.value, identity, context) : parts;
  });
};

async function fingerprintOfFolder({ path, parts }: IdxFolder): Promise<Result<string>> {
  try {
    const files = [];
    for (const { part, images, labels } of parts) {
      files.push({ part, images: await hashFile(images), labels: await hashFile(labels) });
    }
    return ok(fingerprintOf({ reader: 'idx', version: IDX_READER_VERSION, files }));
  } catch (error) {
    return fileProblem(error, path);
  }
}

const roomFor = ({ room = roomForSource() }: ReaderContext): number => Math.min(room, LARGEST_ARRAY);

/** The pictures of each part where they lie; null where all fit into memory, or where some are packed. */
async function imagesOnDisk(
  { parts }: IdxFolder,
  context: ReaderContext,
): Promise<Result<IdxArray[] | null>> {
  const arrays: IdxArray[] = [];
  let bytes = 0;
  for (const { images } of parts) {
    const header = await readIdxHeader(images);
    if (!header.ok) return header;
    if (header.value === null) return ok(null);
    const array = idxOnDisk(images, header.value);
    if (!array.ok) return array;
    bytes += decodedBytes(header.value);
    arrays.push(array.value);
  }
  return ok(bytes <= roomFor(context) ? null : arrays);
}

async function decodeParts(
  { parts }: IdxFolder,
  onDisk: IdxArray[] | null,
  context: ReaderContext,
): Promise<Result<Decoded[]>> {
  const { signal, onProgress } = context;
  const decoded: Decoded[] = [];
  for (const [i, files] of parts.entries()) {
    onProgress?.({ message: `Reading ${files.images.name}`, done: i, total: parts.length });
    const images = onDisk ? ok(onDisk[i]) : await readIdxFile(files.images, signal, roomFor(context));
    if (!images.ok) return images;
    const labels = await readIdxFile(files.labels, signal);
    if (!labels.ok) return labels;
    const [pictures, names] = [images.value.shape[0], labels.value.shape[0]];
    if (pictures !== names) {
      const message = `${files.images.name} holds ${pictures} pictures and ${files.labels.name} ${names} labels. They belong to different sets: get both again.`;
      return fail('data/count-mismatch', message);
    }
    decoded.push({ files, images: images.value, labels: labels.value });
  }
  return ok(decoded);
}

/** A picture without channels gets one: `[height, width]` becomes `[height, width, 1]`. */
const pictureShape = ([, ...shape]: readonly number[]): number[] =>
  shape.length === 2 ? [...shape, 1] : shape;

async function join(
  parts: readonly Decoded[],
  { source, fingerprint }: { source: string; fingerprint: string },
  context: ReaderContext,
): Promise<Result<DataSet>> {
  const [first] = parts;
  const odd = parts.find(
    ({ images, labels }) =>
      String(images.shape.slice(1)) !== String(first.images.shape.slice(1)) ||
      String(labels.shape.slice(1)) !== String(first.labels.shape.slice(1)),
  );
  if (odd) {
    const sizes = [first, odd].map(
      ({ files, images }) => `${files.images.name} ${images.shape.slice(1).join(' × ')}`,
    );
    return fail(
      'data/shape-mismatch',
      `The samples have different sizes: ${sizes.join(', ')}. Choose a folder with one set.`,
    );
  }
  const images = concatenate(parts.map(({ images: { values } }) => values));
  if (!isOnDisk(images) && images.byteLength > LARGEST_ARRAY) {
    return fail(
      'data/too-large',
      `The pictures in ${source} need more than 2 GB of memory. Unpack the packed files: pictures that lie unpacked on the disk are read from there.`,
    );
  }
  const problems: DataProblem[] = [];
  const shape = pictureShape(first.images.shape);
  const measured = await inStretches(
    measuring(images, { size: sampleSize(shape) }),
    'Looking through',
    source,
    context,
  );
  if (!measured.ok) return measured;
  const image = numberColumn({ name: 'image', role: 'input', shape }, images, measured.value);
  const label = labelColumn(parts, source, problems);
  for (const { facts } of [image, label]) {
    if (facts.missing === 0) continue;
    const message = `${source}, column ${facts.name}: ${facts.missing} values are not finite. Get the files again.`;
    problems.push({ code: 'data/not-finite', severity: 'error', message });
  }
  const rows = new Uint8Array(parts.reduce((sum, { images: { shape: [n] } }) => sum + n, 0)); // prettier-ignore
  let at = 0;
  for (const { files, images } of parts) {
    rows.fill(partIndex[files.part], at, at + images.shape[0]);
    at += images.shape[0];
  }
  const columns = [image, label];
  const set = makeDataSet({ source, n: rows.length, fingerprint, columns, parts: rows, problems });
  return ok(lookOver(set, (row) => `picture ${row + 1}`));
}

/** Of one type already where all parts have it, else numbers. */
function concatenate(arrays: readonly NumberValues[]): NumberValues {
  if (arrays.length === 1) return arrays[0];
  if (arrays.every(isOnDisk)) return FileValues.joined(arrays);
  const held = arrays.map(inMemory);
  const joined = newNumbers(
    widest(held.map(typeOfArray)),
    held.reduce((sum, { length }) => sum + length, 0),
  );
  let at = 0;
  for (const values of held) {
    joined.set(values, at);
    at += values.length;
  }
  return joined;
}

/** One whole number per sample is a class; anything else stays numbers. */
function labelColumn(parts: readonly Decoded[], source: string, problems: DataProblem[]): DataColumn {
  const values = inMemory(concatenate(parts.map(({ labels }) => labels.values)));
  const shape = parts[0].labels.shape.slice(1);
  const description = { name: 'label', role: 'target' } as const;
  if (shape.length > 0 || values instanceof Float32Array)
    return numberColumn({ ...description, shape }, values);
  const present = [...new Set(values)].sort((a, b) => a - b);
  if (present.length > MOST_CLASSES) return numberColumn(description, Int32Array.from(values));
  const names = classNumbers(present);
  const indexOf = new Map(names.map((name, index) => [name, index]));
  const column = classColumn(
    description,
    Int32Array.from(values, (value) => indexOf.get(value) ?? -1),
    names.map(String),
  );
  const counts = column.facts.classCounts ?? [];
  const absent = names.filter((_, index) => counts[index] === 0);
  if (absent.length > 0) {
    const message = `${source}, column label: no sample has the class ${absent.join(', ')}.`;
    problems.push({ code: 'data/label-gap', severity: 'warning', message });
  }
  if (present.length === 1) {
    const message = `${source}, column label: every sample has the class ${present[0]}. There is nothing to tell apart: choose another folder.`;
    problems.push({ code: 'data/one-class', severity: 'error', message });
  }
  return column;
}

/** Labels that count from 0 keep their numbers, gaps included, while the gaps are few; others are numbered in order. */
function classNumbers(present: readonly number[]): readonly number[] {
  const greatest = present[present.length - 1];
  const countsFromZero = present[0] === 0 && greatest < 2 * present.length;
  return countsFromZero ? Array.from({ length: greatest + 1 }, (_, label) => label) : present;
}
