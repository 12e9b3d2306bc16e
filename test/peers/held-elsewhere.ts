/** Owns what Keras cannot be asked of a block, and the test that holds the block to something else instead. */
export interface Held {
  /** Which figures of the table it stands for. */
  figures: string;
  /** What it is held to. */
  to: string;
  test: string;
}

const NOISE = 'test/engine/network/noise.test.ts';
const PICTURES = 'test/engine/network/augmentation.test.ts';
const EMBEDDINGS = 'test/engine/losses/embedding.test.ts';
const FORMULAS = 'test/engine/formula/compute.test.ts';
const OPTIMIZERS = 'test/engine/optimizers/optimizers.test.ts';
const SEARCHES = 'test/engine/step/search-step.test.ts';

const search: Held = { figures: 'update', to: 'least squares by the normal equations', test: SEARCHES };

/** Blocks that take part in no network that Keras is asked. */
export const HELD_ELSEWHERE: Readonly<Record<string, Held>> = {
  Noise: { figures: 'forward', to: 'mean, variance and bounds of its distributions', test: NOISE },
  Sampling: { figures: 'forward', to: 'mean, deviation and cost of the paper', test: NOISE },
  RandomFlip: { figures: 'forward', to: 'a picture and its mirror, half and half', test: PICTURES },
  Formula: { figures: 'forward, gradient', to: 'JavaScript and measured slopes', test: FORMULAS },
  FormulaLoss: { figures: 'forward, gradient', to: 'figures by hand and measured slopes', test: EMBEDDINGS },
  ContrastiveLoss: { figures: 'forward, gradient', to: 'figures by hand and measured slopes', test: EMBEDDINGS },
  TripletLoss: { figures: 'forward, gradient', to: 'loops over the triplets of the paper and measured slopes', test: EMBEDDINGS },
  // On TensorFlow Keras 3.15 reads its momentum after it has changed it.
  ScheduleFreeAdamW: { figures: 'update', to: 'the paper, step by step', test: OPTIMIZERS },
  Rprop: { figures: 'update', to: 'steps by hand', test: OPTIMIZERS },
  UpdateRule: { figures: 'update', to: 'Adam, written as a rule', test: OPTIMIZERS },
  LBFGS: search,
  Newton: search,
  SteepestDescent: search,
}; // prettier-ignore

/** Blocks that are compared with settings under which nothing is random; the test says what chance does. */
export const CHANCE: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['Dropout', 'SpatialDropout1D', 'SpatialDropout2D', 'SpatialDropout3D', 'GaussianNoise', 'GaussianDropout', 'AlphaDropout', 'SaltAndPepperNoise'].map(
      (type) => [type, NOISE],
    ),
  ),
  ...Object.fromEntries(
    ['RandomTranslation', 'RandomRotation', 'RandomZoom', 'RandomCrop', 'RandomContrast', 'RandomBrightness'].map(
      (type) => [type, PICTURES],
    ),
  ),
}; // prettier-ignore
