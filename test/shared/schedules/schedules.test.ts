/** Schedules as a person meets them: chosen on an optimizer, written into the plan, drawn over the steps. */
import { describe, expect, it } from 'vitest';
import { definitionOf, valuesOf } from '../../../shared/blocks/catalogue';
import { checkValue } from '../../../shared/blocks/parameter';
import type { Json } from '../../../shared/document/document';
import { rateOf } from '../../../shared/schedules/rates';
import { learningRateConfig, plateauOf, scheduleParameter } from '../../../shared/schedules/schedules';

const adam = (params: Record<string, Json>) => {
  const behaviour = definitionOf('Adam')?.behaviour;
  if (behaviour?.kind !== 'optimizer') throw new Error('Adam');
  return { behaviour, values: valuesOf({ type: 'Adam', params }) };
};
const configOf = (params: Record<string, Json>) => {
  const { behaviour, values } = adam(params);
  return behaviour.keras(values).config;
};

describe('a schedule', () => {
  it('is Keras’ own config in the plan, begun at the block’s learning rate', () => {
    const schedule = { class_name: 'ExponentialDecay', config: { decay_steps: 100 } };
    expect(configOf({ learning_rate: 0.02, schedule }).learning_rate).toEqual({
      module: 'keras.optimizers.schedules',
      class_name: 'ExponentialDecay',
      config: { initial_learning_rate: 0.02, decay_steps: 100, decay_rate: 0.5, staircase: false },
      registered_name: null,
    });
    expect(configOf({}).learning_rate).toBe(0.001);
  });

  it('can be any of the list with its defaults, and falls or climbs', () => {
    for (const { class_name } of scheduleParameter.options) {
      const value = { class_name, config: {} };
      expect(checkValue('schedule', value, scheduleParameter)).toBeNull();
      const rate = rateOf(learningRateConfig(0.001, value));
      const rates = Array.from({ length: 40 }, (_, i) => rate(i * 100));
      expect(rates.every((one) => one >= 0 && Number.isFinite(one))).toBe(true);
      expect(new Set(rates).size > 1).toBe(plateauOf(value) === null);
    }
  });

  it('says what is wrong with a value', () => {
    const check = (value: Json) => checkValue('schedule', value, scheduleParameter);
    expect(check('cosine')).toContain('schedule is "cosine"; it must be null or one of ExponentialDecay');
    expect(check({ class_name: 'CosineDecay', config: { decay_steps: 0 } })).toBe(
      'schedule: decay_steps is 0; it must be at least 1.',
    );
    expect(check({ class_name: 'CosineDecay', config: { speed: 1 } })).toBe(
      'schedule: CosineDecay has no parameter speed.',
    );
    expect(check(null)).toBeNull();
  });

  it('of one cycle climbs to the learning rate and ends near nothing', () => {
    const rate = rateOf(learningRateConfig(1, { class_name: 'OneCycle', config: { cycle_steps: 100 } }));
    expect(rate(0)).toBeCloseTo(1 / 25, 12);
    expect(rate(14.5)).toBeCloseTo((1 + 1 / 25) / 2, 12);
    expect(rate(29)).toBeCloseTo(1, 12);
    expect(rate(64)).toBeCloseTo((1 + 4e-6) / 2, 12);
    expect(rate(99)).toBeCloseTo(4e-6, 12);
    expect(rate(1000)).toBeCloseTo(4e-6, 12);
  });

  it('that waits for a plateau leaves the rate a number and goes to Train', () => {
    const schedule = { class_name: 'ReduceLROnPlateau', config: { patience: 3 } };
    const { behaviour, values } = adam({ schedule });
    expect(behaviour.keras(values).config.learning_rate).toBe(0.001);
    expect(behaviour.plateau(values)).toEqual({
      factor: 0.1,
      patience: 3,
      min_delta: 0.0001,
      cooldown: 0,
      min_lr: 0,
    });
  });
});

describe('options of all optimizers', () => {
  it('are left out of the plan while they are off', () => {
    expect(configOf({})).toEqual({
      learning_rate: 0.001,
      beta_1: 0.9,
      beta_2: 0.999,
      epsilon: 1e-7,
      amsgrad: false,
    });
    expect(configOf({ weight_decay: 0.1, use_ema: true })).toMatchObject({
      weight_decay: 0.1,
      use_ema: true,
      ema_momentum: 0.99,
    });
  });

  it('name one way of clipping, as Keras wants it', () => {
    expect(configOf({ clipvalue: 0.5, global_clipnorm: 1 })).toMatchObject({ global_clipnorm: 1 });
    expect(configOf({ clipvalue: 0.5, global_clipnorm: 1 })).not.toHaveProperty('clipvalue');
  });
});
