/** The ways downhill that help draws of optimizers are those that the engine takes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { catalogue, defaultsOf } from '../../../shared/blocks/catalogue';
import type { Json } from '../../../shared/document/document';
import { ruleOf } from '../../../shared/help/pictures/descents';
import { lacks } from '../../environment';
import { hasNative, useNative } from '../native';
import { engineWay } from './engine-way';

const OTHERS: Readonly<Record<string, readonly Record<string, Json>[]>> = {
  SGD: [{ momentum: 0.9 }, { momentum: 0.9, nesterov: true }],
  RMSprop: [{ momentum: 0.5, centered: true, epsilon: 1e-3 }],
  Adam: [{ amsgrad: true }],
};
const types = Object.keys(catalogue).filter((type) => ruleOf(type, defaultsOf(type)) !== null);
const cases = types.flatMap((type) => [{}, ...(OTHERS[type] ?? [])].map((params) => ({ type, params })));

describe.skipIf(lacks('the native engine', hasNative))('the picture of an optimizer', () => {
  beforeAll(useNative);

  it('is of its own for those that look at each weight alone', () => {
    expect(types.sort()).toEqual(['Adagrad', 'Adam', 'AdamW', 'Adamax', 'Lion', 'Nadam', 'RMSprop', 'SGD']);
  });

  it.each(cases)('$type $params steps as the engine does', ({ type, params }) => {
    const values: Record<string, Json> = { ...defaultsOf(type), learning_rate: 0.1, ...params };
    const rule = ruleOf(type, values);
    if (!rule) throw new Error(`${type} has no rule`);
    let weight = 3;
    const drawn = Array.from({ length: 20 }, (_, i) => (weight += rule(2 * weight, i + 1)));
    const start = { accumulator: Number(values.initial_accumulator_value ?? 0) };
    const config = { ...values, weight_decay: 0 };
    engineWay(type, config, 20, start).forEach((computed, i) =>
      expect(Math.abs(computed - drawn[i])).toBeLessThan(1e-4),
    );
  });
});
