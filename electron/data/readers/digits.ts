/** Reads the built-in handwritten digits: columns `image` (uint8, 28×28×1) and `digit` (classes 0…9). */
import { z } from 'zod';
import { ok } from '../../../shared/result';
import { readThroughCache } from '../source-cache';
import { classColumn, makeDataSet, numberColumn } from '../columns';
import { fingerprintOf } from '../fingerprint';
import { DIGITS_VERSION, generateDigits } from '../generators/digits/digits';
import type { Reader } from './reader';
import { breathe, checkParams, seedNumber, stopped, wholeNumber } from './reader';

const SOURCE = 'Handwritten digits';
/** 200,000 pictures are 157 MB. */
const params = z.object({ count: wholeNumber(1, 200_000).default(6000), seed: seedNumber.default(0) });
const STRETCH = 250;
const PIXELS = 28 * 28;
const CLASSES = Array.from({ length: 10 }, (_, digit) => String(digit));

export const readDigits: Reader = async (given, context) => {
  const checked = checkParams(params, given, SOURCE);
  if (!checked.ok) return checked;
  const { count, seed } = checked.value;
  const fingerprint = fingerprintOf({ generator: 'digits', version: DIGITS_VERSION, count, seed });
  return readThroughCache(context, { fingerprint, source: SOURCE }, async () => {
    const images = new Uint8Array(count * PIXELS);
    const labels = new Int32Array(count);
    for (let first = 0; first < count; first += STRETCH) {
      if (context.signal?.aborted) return stopped(SOURCE);
      context.onProgress?.({ message: 'Drawing handwritten digits', done: first, total: count });
      const stretch = generateDigits({ count: Math.min(STRETCH, count - first), seed, firstIndex: first });
      images.set(stretch.images, first * PIXELS);
      labels.set(stretch.labels, first);
      await breathe();
    }
    const columns = [
      numberColumn({ name: 'image', role: 'input', shape: [28, 28, 1] }, images),
      classColumn({ name: 'digit', role: 'target' }, labels, CLASSES),
    ];
    return ok(makeDataSet({ source: SOURCE, n: count, fingerprint, columns }));
  });
};
