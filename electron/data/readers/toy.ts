/** Reads the two-dimensional toys: columns `x`, `y` and `class`. */
import { z } from 'zod';
import { ok } from '../../../shared/result';
import { classColumn, makeDataSet, numberColumn } from '../columns';
import { fingerprintOf } from '../fingerprint';
import { classesOfShape, generateToy, TOY_SHAPES, TOY_VERSION } from '../generators/toy/toy';
import type { ToyShape } from '../generators/toy/toy';
import type { Reader } from './reader';
import { checkParams, seedNumber, wholeNumber } from './reader';

const params = z.object({
  shape: z.enum(TOY_SHAPES, { error: `must be one of ${TOY_SHAPES.join(', ')}` }),
  count: wholeNumber(1, 1_000_000).default(500),
  noise: z.coerce
    .number({ error: 'must be a number' })
    .min(0, 'must be at least 0')
    .max(100, 'must be at most 100')
    .default(0.15),
  seed: seedNumber.default(0),
  classes: wholeNumber(2, 100).default(3),
});

const TITLES: Record<ToyShape, string> = {
  xor: 'XOR',
  moons: 'Moons',
  circles: 'Circles',
  spirals: 'Spirals',
  blobs: 'Blobs',
  linear: 'Linear',
};

export const readToy: Reader = (given) => {
  const checked = checkParams(params, given, '2-D toy');
  if (!checked.ok) return Promise.resolve(checked);
  const { shape, count, noise, seed } = checked.value;
  const classes = classesOfShape(shape, checked.value.classes);
  const toy = generateToy({ shape, count, noise, seed, classes });
  const columns = [
    numberColumn({ name: 'x', role: 'input' }, toy.x),
    numberColumn({ name: 'y', role: 'input' }, toy.y),
    classColumn(
      { name: 'class', role: 'target' },
      toy.labels,
      Array.from({ length: classes }, (_, label) => String(label)),
    ),
  ];
  const fingerprint = fingerprintOf({
    generator: 'toy',
    version: TOY_VERSION,
    shape,
    count,
    noise,
    seed,
    classes,
  });
  return Promise.resolve(ok(makeDataSet({ source: TITLES[shape], n: count, fingerprint, columns })));
};
