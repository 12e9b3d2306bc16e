/** Finds the files of an MNIST-like set in a folder: pictures and labels of the training, validation and test parts. */
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Part } from '../../../../shared/document/facts';
import { PARTS } from '../../../../shared/document/facts';
import type { Result } from '../../../../shared/result';
import { fail, ok } from '../../../../shared/result';
import type { SourceFile } from '../source-file';
import { fileProblem, findFile } from '../source-file';

export interface PartFiles {
  part: Part;
  images: SourceFile;
  labels: SourceFile;
}

export interface IdxFolder {
  path: string;
  name: string;
  parts: PartFiles[];
}

type Content = 'images' | 'labels';

const WORDS: readonly (readonly [RegExp, Part])[] = [
  [/(^|[^a-z])(t10k|test)[-_. ]*(images|labels)/i, 'test'],
  [/(^|[^a-z])(valid|validation|val|dev)[-_. ]*(images|labels)/i, 'validation'],
  [/(^|[^a-z])train(ing)?[-_. ]*(images|labels)/i, 'train'],
];

function roleOf(name: string): { part: Part; content: Content } | null {
  if (!/(ubyte|idx\d*|byte|short|int|float|double)?(\.idx\d?)?(\.gz)?$/i.test(name)) return null;
  const found = WORDS.find(([pattern]) => pattern.test(name));
  if (found === undefined || /\.(txt|md|csv|json|png|md5|part)$/i.test(name)) return null;
  return { part: found[1], content: /images/i.test(name) ? 'images' : 'labels' };
}

const withoutGz = (name: string) => name.replace(/\.gz$/i, '');
const EXPECTED = 'train-images-idx3-ubyte and train-labels-idx1-ubyte, packed as .gz or not';

async function listFolder(
  folder: string,
  given: string,
): Promise<Result<{ place: string; names: string[] }>> {
  if (given === '') return fail('data/no-path', `No folder is chosen. Choose the folder with ${EXPECTED}.`);
  const place = path.resolve(folder, given);
  try {
    const found = await stat(place);
    if (found.isDirectory()) return ok({ place, names: (await readdir(place)).sort() });
    return fail('data/not-a-folder', `${place} is a file. Choose the folder that it lies in.`);
  } catch (error) {
    const { problem } = fileProblem(error, place);
    if (problem.code !== 'data/no-file') return { ok: false, problem };
    return fail('data/no-folder', `The folder ${place} is not there. Choose the folder with ${EXPECTED}.`);
  }
}

export async function findIdxFiles(folder: string, given: string): Promise<Result<IdxFolder>> {
  const listed = await listFolder(folder, given);
  if (!listed.ok) return listed;
  const { place, names } = listed.value;
  const files = new Map<string, string>();
  for (const name of names) {
    const role = roleOf(name);
    if (role === null) continue;
    const key = `${role.part} ${role.content}`;
    const other = files.get(key);
    if (other !== undefined && withoutGz(other) !== withoutGz(name)) {
      return fail(
        'data/ambiguous',
        `${place} holds both ${other} and ${name}. Move one of the two sets to another folder.`,
      );
    }
    if (other === undefined || !/\.gz$/i.test(name)) files.set(key, name);
  }
  if (files.size === 0)
    return fail('data/no-idx', `${place} holds no IDX files. Choose the folder with ${EXPECTED}.`);
  return pairFiles(place, files);
}

async function pairFiles(place: string, files: ReadonlyMap<string, string>): Promise<Result<IdxFolder>> {
  const parts: PartFiles[] = [];
  for (const part of PARTS) {
    const images = files.get(`${part} images`);
    const labels = files.get(`${part} labels`);
    if (images === undefined && labels === undefined) continue;
    if (labels === undefined) {
      return fail(
        'data/no-labels',
        `${place} holds ${images} but not its labels (a file such as ${images?.replace(/images/i, 'labels').replace('idx3', 'idx1')}). Put them beside it.`,
      );
    }
    if (images === undefined) {
      return fail(
        'data/no-images',
        `${place} holds ${labels} but not its pictures (a file such as ${labels.replace(/labels/i, 'images').replace('idx1', 'idx3')}). Put them beside it.`,
      );
    }
    const imagesFile = await findFile(place, images, 'an IDX file');
    if (!imagesFile.ok) return imagesFile;
    const labelsFile = await findFile(place, labels, 'an IDX file');
    if (!labelsFile.ok) return labelsFile;
    parts.push({ part, images: imagesFile.value, labels: labelsFile.value });
  }
  return ok({ path: place, name: path.basename(place), parts });
}
