/**
 * Owns the built-in set "Handwritten digits": pictures of the digits 0 to 9 in the manner of MNIST (28×28, white ink on
 * black), drawn from strokes. Sample i depends on the seed and i alone, so a smaller set is the start of a larger one.
 */
import { RandomStream } from '../../../../shared/random/random';
import { moveHand } from './gesture';
import { PICTURE_SIDE, drawGesture } from './pen';
import type { Pen } from './pen';
import { WRITERS, chooseModel, createWriter } from './writer';
import type { Writer } from './writer';

/** Belongs to the fingerprint of the data: raised whenever a seed gives other pictures than before. */
export const DIGITS_VERSION = 1;

export interface DigitsRequest {
  count: number;
  seed: number;
  /** Number of the first sample; 0 when absent. */
  firstIndex?: number;
}

export interface Digits {
  /** `[count, 28, 28]`, 0 is black paper, 255 white ink. */
  images: Uint8Array;
  /** `[count]`, the digit that the writer meant. */
  labels: Uint8Array;
}

/** Random numbers set aside for one sample, several times what it uses. */
const NUMBERS_PER_SAMPLE = 2048;

function takePen(writer: Writer, random: RandomStream): Pen {
  return {
    radius: Math.min(2.45, Math.max(0.75, writer.penRadius * Math.exp(0.1 * random.normal()))),
    softness: random.between(0.75, 1.35),
    intensity: random.uniform() < 0.03 ? random.between(205, 255) : random.between(250, 255),
    grain: random.between(0.1, 0.6),
  };
}

/** A speck of dust that the scanner saw, now and then. */
function addSpeck(picture: Uint8Array, random: RandomStream) {
  const at = random.below(picture.length - 1);
  picture[at] = Math.max(picture[at], random.below(256));
  picture[at + 1] = Math.max(picture[at + 1], random.below(160));
}

/** `count` pictures with their labels, the same for the same seed on every machine. */
export function generateDigits({ count, seed, firstIndex = 0 }: DigitsRequest): Digits {
  const pixels = PICTURE_SIDE * PICTURE_SIDE;
  const images = new Uint8Array(count * pixels);
  const labels = new Uint8Array(count);
  const writers: Writer[] = [];
  for (let i = 0; i < count; i++) {
    const random = new RandomStream(seed, 'digits', 'sample', (firstIndex + i) * NUMBERS_PER_SAMPLE);
    const digit = random.below(10);
    const number = random.below(WRITERS);
    const writer = (writers[number] ??= createWriter(seed, number));
    const gesture = moveHand(chooseModel(digit, writer, random), writer, random);
    const picture = images.subarray(i * pixels, (i + 1) * pixels);
    drawGesture(gesture, takePen(writer, random), random, picture);
    if (random.uniform() < 0.01) addSpeck(picture, random);
    labels[i] = digit;
  }
  return { images, labels };
}
