/** Owns the family's list, in the order of the palette: changes of pictures that happen only in training. */
import { randomBrightness } from './random-brightness';
import { randomContrast } from './random-contrast';
import { randomCrop } from './random-crop';
import { randomFlip } from './random-flip';
import { randomRotation } from './random-rotation';
import { randomTranslation } from './random-translation';
import { randomZoom } from './random-zoom';

export const augmentationBlocks = [
  randomFlip,
  randomTranslation,
  randomRotation,
  randomZoom,
  randomCrop,
  randomContrast,
  randomBrightness,
];
