/** Owns the family's list, in the order of the palette: optimizers. */
import { adadelta } from './adadelta';
import { adagrad } from './adagrad';
import { adam } from './adam';
import { adamW } from './adam-w';
import { adamax } from './adamax';
import { ftrl } from './ftrl';
import { lion } from './lion';
import { nadam } from './nadam';
import { rmsprop } from './rmsprop';
import { rprop } from './rprop';
import { sgd } from './sgd';

export const optimizerBlocks = [
  adam,
  sgd,
  rmsprop,
  adamW,
  nadam,
  adamax,
  adagrad,
  adadelta,
  lion,
  ftrl,
  rprop,
];
