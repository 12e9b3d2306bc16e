/** Owns what every optimizer block has: the learning rate and its schedule, clipping, weight decay, averages, noise. */
import { optionName, optionOf } from '../configured';
import { defineBlock, type AnyBlockDefinition, type BlockDefinition, type Values } from '../block';
import type { Configured, Parameters } from '../parameter';
import { optimizerPorts } from '../ports';
import type { Json } from '../../document/document';
import { learningRateConfig, plateauOf, scheduleParameter } from '../../schedules/schedules';

const learningRate = (
  value: number,
  help = 'How far the weights move at each step. Too large: the loss jumps or grows; too small: it hardly falls.',
) =>
  ({
    kind: 'number',
    default: value,
    min: 0,
    above: true,
    scale: 'log',
    help,
  }) as const;

/** Zero is off, which Keras writes as null. */
const off = (help: string) => ({ kind: 'number', default: 0, min: 0, help, advanced: true }) as const;

/** Keras' options of all optimizers, and noise on the gradient (Neelakantan et al. 2015). */
const options = {
  weight_decay: off(
    'Share of each weight, times the learning rate, that is taken off at each step; 0 is none. It is no part of the gradient.',
  ),
  clipnorm: off('The gradient of each array of weights is made no longer than this; 0 is no limit.'),
  clipvalue: off('Every value of the gradient is cut to this size; 0 is no limit.'),
  global_clipnorm: off('All gradients together are made no longer than this; 0 is no limit.'),
  use_ema: {
    kind: 'boolean',
    default: false,
    help: 'Keeps a running average of the weights; the network is judged and kept with the average.',
    advanced: true,
  },
  ema_momentum: {
    kind: 'number',
    default: 0.99,
    min: 0,
    max: 1,
    help: 'Share of the old average that is kept at each step.',
    advanced: true,
    when: { parameter: 'use_ema', is: [true] },
  },
  ema_overwrite_frequency: {
    kind: 'integer',
    default: 0,
    min: 0,
    help: 'Every so many steps the average takes the place of the weights; 0 is never.',
    unit: 'steps',
    advanced: true,
    when: { parameter: 'use_ema', is: [true] },
  },
  gradient_noise: off(
    'Variance of normal noise that is added to the gradient and fades as 1 / (1 + step)^0.55; 0 is none, 0.01 to 1 is usual.',
  ),
} as const satisfies Parameters;

/** Keras refuses more than one of them; the first that is on counts. */
export const CLIPPINGS = ['clipnorm', 'global_clipnorm', 'clipvalue'] as const;

/** What is on. What is off is left out: the plan of a block that uses none of it has nothing of it. */
function optionsConfig(values: Values): Record<string, Json> {
  const on = (name: string): boolean => typeof values[name] === 'number' && values[name] > 0;
  const clipping = CLIPPINGS.find(on);
  const names = [
    ...(on('weight_decay') ? ['weight_decay'] : []),
    ...(clipping === undefined ? [] : [clipping]),
    ...(values.use_ema === true ? ['use_ema', 'ema_momentum'] : []),
    ...(values.use_ema === true && on('ema_overwrite_frequency') ? ['ema_overwrite_frequency'] : []),
    ...(on('gradient_noise') ? ['gradient_noise'] : []),
  ];
  return Object.fromEntries(names.map((name) => [name, values[name]]));
}

type OptimizerParts = Pick<
  BlockDefinition,
  'type' | 'title' | 'search' | 'summary' | 'help' | 'formula' | 'source' | 'parameters'
> & {
  /** Default learning rate. */
  rate: number;
  /** Keras has none of this name. */
  own?: boolean;
  /** Measures several places in one step: nothing is done to its gradient, and no step is left to average. */
  searches?: boolean;
  rateHelp?: string;
  /** What the Keras config says otherwise than the parameters. */
  config?: (values: Values) => Record<string, Json>;
};

export function defineOptimizer({
  rate,
  own: isOwn = false,
  searches = false,
  rateHelp,
  config,
  parameters,
  ...parts
}: OptimizerParts): AnyBlockDefinition {
  const own = Object.keys(parameters);
  const configOfValues = (values: Values): Record<string, Json> => ({
    learning_rate: learningRateConfig(Number(values.learning_rate), values.schedule as Configured),
    ...optionsConfig(values),
    ...Object.fromEntries(own.map((name) => [name, values[name]])),
    ...config?.(values),
  });
  return defineBlock({
    ...parts,
    version: 1,
    category: 'Optimizer',
    // Its own come first, and a default of its own counts (the weight decay of AdamW).
    parameters: {
      learning_rate: learningRate(rate, rateHelp),
      schedule: scheduleParameter,
      ...parameters,
      ...(searches ? {} : options),
      ...parameters,
    },
    ports: () => optimizerPorts,
    caption: ({ learning_rate, schedule }) => {
      const chosen = optionOf(schedule, scheduleParameter);
      return `rate ${String(learning_rate)}${chosen ? `, ${optionName(chosen)}` : ''}`;
    },
    behaviour: {
      kind: 'optimizer',
      searches,
      keras: (values) => ({
        class_name: parts.type,
        ...(isOwn ? { registered_name: `axonry>${parts.type}` } : {}),
        config: configOfValues(values),
      }),
      learningRate: (values) => learningRateConfig(Number(values.learning_rate), values.schedule),
      plateau: (values) => plateauOf(values.schedule),
    },
  });
}
