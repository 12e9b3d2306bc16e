/** Owns the family's list, in the order of the palette: optimizers. */
import { adadelta } from './adadelta';
import { adafactor } from './adafactor';
import { adagrad } from './adagrad';
import { adam } from './adam';
import { adamW } from './adam-w';
import { adamax } from './adamax';
import { ftrl } from './ftrl';
import { lamb } from './lamb';
import { lbfgs } from './lbfgs';
import { lion } from './lion';
import { muon } from './muon';
import { nadam } from './nadam';
import { newton } from './newton';
import { rmsprop } from './rmsprop';
import { rprop } from './rprop';
import { scheduleFreeAdamW } from './schedule-free-adam-w';
import { sgd } from './sgd';
import { steepestDescent } from './steepest-descent';
import { updateRule } from './update-rule';

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
  lamb,
  adafactor,
  muon,
  scheduleFreeAdamW,
  rprop,
  lbfgs,
  newton,
  steepestDescent,
  updateRule,
];
