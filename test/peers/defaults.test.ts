/** A block that is named after a class of Keras starts with the defaults of that class, but for what is listed here with its reason. */
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue, defaultsOf } from '../../shared/blocks/catalogue';
import type { Json } from '../../shared/document/document';
import { lacks, peerPython } from '../environment';

type Defaults = Readonly<Record<string, Json>>;

const named = Object.values(catalogue).filter(({ behaviour }) =>
  ['layer', 'loss', 'optimizer'].includes(behaviour.kind),
);

/** Where we start with something else on purpose. */
const OTHERWISE: Readonly<Record<string, string>> = {
  'RandomContrast.value_range': 'pictures are scaled to 0 to 1 before they reach a network',
  'RandomBrightness.value_range': 'pictures are scaled to 0 to 1 before they reach a network',
};

/** What Keras calls None: no list, no activation, a limit of 0. */
const isNothing = (value: Json): boolean =>
  value === null || value === 0 || value === '' || value === 'linear' || (Array.isArray(value) && value.length === 0); // prettier-ignore

/** Other names that Keras has for an object. */
const NAMES: Readonly<Record<string, string>> = { uniform: 'random_uniform', Zeros: 'zeros' };

/** Pairs written one after the other; `3` stands for `[3, 3]`, `[1, 2]` for `[1, 1, 2, 2]`. */
function isSame(ours: Json, keras: Json): boolean {
  if (keras === null) return isNothing(ours);
  if (!Array.isArray(ours)) return ours === (typeof keras === 'string' ? (NAMES[keras] ?? keras) : keras);
  const theirs = Array.isArray(keras) ? keras.flat() : [keras];
  return ours.every((each, i) => each === theirs[Math.floor((i * theirs.length) / ours.length)]);
}

describe.skipIf(lacks('Keras 3 (AXONRY_PEER_PYTHON)', peerPython !== null))(
  'the defaults of Keras are those of',
  () => {
    let answers: Record<string, Defaults | null> = {};
    beforeAll(() => {
      const script = path.resolve(import.meta.dirname, 'keras_defaults.py');
      const input = JSON.stringify(named.map(({ type }) => type));
      answers = JSON.parse(
        execFileSync(peerPython ?? '', [script], { input, stdio: 'pipe' }).toString(),
      ) as typeof answers;
    }, 120_000);

    it.each(named.map(({ type }) => [type]))('%s', (type) => {
      const keras = answers[type];
      if (keras === null) return;
      const unlike = Object.entries(defaultsOf(type)).filter(
        ([name, ours]) =>
          name in keras && !isSame(ours, keras[name]) && OTHERWISE[`${type}.${name}`] === undefined,
      );
      expect(
        unlike.map(
          ([name, ours]) => `${name} is ${JSON.stringify(ours)}, in Keras ${JSON.stringify(keras[name])}`,
        ),
      ).toEqual([]);
    });
  },
);
