/**
 * Owns the two-dimensional toys. Moons, circles and blobs have the geometry of scikit-learn's `make_moons`,
 * `make_circles` (with factor 0.5, as in its classifier comparison) and `make_blobs`; the random numbers are our own.
 */
import { RandomStream } from '../../../../shared/random/random';

/** Belongs to the fingerprint of the data: raised whenever a seed gives other points than before. */
export const TOY_VERSION = 1;

export const TOY_SHAPES = ['xor', 'moons', 'circles', 'spirals', 'blobs', 'linear'] as const;
export type ToyShape = (typeof TOY_SHAPES)[number];

export interface ToyRequest {
  shape: ToyShape;
  count: number;
  /** Standard deviation of what is added to both coordinates; for blobs the spread of each blob. */
  noise: number;
  seed: number;
  /** Of blobs and spirals; the others have two. */
  classes: number;
}

export interface Toy {
  x: Float32Array;
  y: Float32Array;
  labels: Int32Array;
  classes: number;
}

type Point = readonly [x: number, y: number];
/** `i` counts from 0 within the class, `n` is the size of the class. */
type Curve = (label: number, i: number, n: number) => Point;

const INNER_RADIUS = 0.5;
/** Half the width of the empty stripe between the two classes of `linear`. */
const MARGIN = 0.1;

const share = (i: number, n: number) => (n > 1 ? i / (n - 1) : 0);

const moon: Curve = (label, i, n) => {
  const angle = Math.PI * share(i, n);
  return label === 0 ? [Math.cos(angle), Math.sin(angle)] : [1 - Math.cos(angle), 0.5 - Math.sin(angle)];
};

const circle: Curve = (label, i, n) => {
  const angle = (2 * Math.PI * i) / n;
  const radius = label === 0 ? 1 : INNER_RADIUS;
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
};

/** Arms of one and three quarters of a turn that start near the middle, evenly turned against each other. */
const spiral =
  (arms: number): Curve =>
  (label, i, n) => {
    const along = share(i, n);
    const radius = 0.05 + 0.95 * along;
    const angle = 3.5 * Math.PI * along + (2 * Math.PI * label) / arms;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  };

function blobCentres(classes: number, random: RandomStream): Curve {
  const centres = Array.from({ length: classes }, (): Point => [
    random.between(-10, 10),
    random.between(-10, 10),
  ]);
  return (label) => centres[label];
}

/** Points of the square [-1, 1]² on either side of the line y = x, none within the margin. */
function sides(random: RandomStream): Curve {
  return (label) => {
    for (;;) {
      const x = random.between(-1, 1);
      const y = random.between(-1, 1);
      const distance = (y - x) / Math.SQRT2;
      if (label === 1 ? distance > MARGIN : distance < -MARGIN) return [x, y];
    }
  };
}

function curveOf(shape: Exclude<ToyShape, 'xor'>, classes: number, random: RandomStream): Curve {
  switch (shape) {
    case 'moons':
      return moon;
    case 'circles':
      return circle;
    case 'spirals':
      return spiral(classes);
    case 'blobs':
      return blobCentres(classes, random);
    case 'linear':
      return sides(random);
  }
}

/** (0,0), (0,1), (1,0), (1,1) in turn; the class is 1 where the coordinates differ. */
function corners(count: number): Toy {
  const toy = emptyToy(count, 2);
  for (let i = 0; i < count; i++) {
    toy.x[i] = (i >> 1) & 1;
    toy.y[i] = i & 1;
    toy.labels[i] = toy.x[i] === toy.y[i] ? 0 : 1;
  }
  return toy;
}

const emptyToy = (count: number, classes: number): Toy => ({
  x: new Float32Array(count),
  y: new Float32Array(count),
  labels: new Int32Array(count),
  classes,
});

export const classesOfShape = (shape: ToyShape, classes: number): number =>
  shape === 'blobs' || shape === 'spirals' ? classes : 2;

/** Classes are equally large (the first ones by one larger where that does not divide) and stand in random order. */
function shuffledCurves(shape: Exclude<ToyShape, 'xor'>, { count, seed, classes }: ToyRequest): Toy {
  const toy = emptyToy(count, classesOfShape(shape, classes));
  const curve = curveOf(shape, toy.classes, new RandomStream(seed, `toy/${shape}`, 'points'));
  const order = new RandomStream(seed, `toy/${shape}`, 'order').permutation(count);
  let next = 0;
  for (let label = 0; label < toy.classes; label++) {
    const n = Math.floor(count / toy.classes) + (label < count % toy.classes ? 1 : 0);
    for (let i = 0; i < n; i++) {
      const at = order[next++];
      [toy.x[at], toy.y[at]] = curve(label, i, n);
      toy.labels[at] = label;
    }
  }
  return toy;
}

export function generateToy(request: ToyRequest): Toy {
  const { shape, count, noise, seed } = request;
  const toy = shape === 'xor' ? corners(count) : shuffledCurves(shape, request);
  if (noise > 0) {
    const random = new RandomStream(seed, `toy/${shape}`, 'noise');
    for (let i = 0; i < count; i++) {
      toy.x[i] += noise * random.normal();
      toy.y[i] += noise * random.normal();
    }
  }
  return toy;
}
