/** Owns what an optimizer is: the rule of its class with the options of all, and the learning rate by step. */
import type { PlanTrainer } from '../../../shared/compiler/plan';
import { rateOf, type Rate } from '../../../shared/schedules/rates';
import { adafactor } from './adafactor';
import { adadelta, adagrad } from './adagrad';
import { adam } from './adam';
import { adamax, nadam } from './adam-family';
import { lbfgs } from '../search/lbfgs';
import { newton } from '../search/newton';
import type { Search } from '../search/search';
import { steepestDescent } from '../search/steepest-descent';
import { ftrl } from './ftrl';
import { keptGradient } from './kept-gradient';
import { lamb } from './lamb';
import { lion } from './lion';
import { muon } from './muon';
import { optimizerOptions, withOptions, type OptimizerOptions } from './options';
import { rmsprop } from './rmsprop';
import { rprop } from './rprop';
import { scheduleFreeAdamW } from './schedule-free-adamw';
import { sgd } from './sgd';
import type { UpdateRule } from './update-rule';
import { writtenRule } from './written-rule';

export interface Optimizer extends UpdateRule {
  rate: Rate;
  options: OptimizerOptions;
  /** Where it looks for the next weights itself, from the gradient that its rule keeps. */
  search: Search | null;
}

interface OptimizerClass {
  rule: (config: unknown) => UpdateRule;
  /** Keras' defaults of what the options say. */
  defaults?: { learning_rate?: number; weight_decay?: number };
  /** Decays weights by a rule of its own. */
  decaysItself?: true;
  search?: (config: unknown) => Search;
}

const classes: Record<string, OptimizerClass> = {
  SGD: { rule: sgd, defaults: { learning_rate: 0.01 } },
  RMSprop: { rule: rmsprop },
  Adam: { rule: adam },
  AdamW: { rule: adam, defaults: { weight_decay: 0.004 } },
  Adamax: { rule: adamax },
  Nadam: { rule: nadam },
  Adagrad: { rule: adagrad },
  Adadelta: { rule: adadelta },
  Lion: { rule: lion },
  Ftrl: { rule: ftrl },
  Adafactor: { rule: adafactor },
  Lamb: { rule: lamb },
  Muon: { rule: muon, decaysItself: true },
  ScheduleFreeAdamW: { rule: scheduleFreeAdamW, defaults: { learning_rate: 0.0025 } },
  UpdateRule: { rule: writtenRule, defaults: { learning_rate: 0.01 } },
  LBFGS: { rule: keptGradient, search: lbfgs, defaults: { learning_rate: 1 } },
  Newton: { rule: keptGradient, search: newton, defaults: { learning_rate: 1 } },
  SteepestDescent: { rule: keptGradient, search: steepestDescent, defaults: { learning_rate: 1 } },
  Rprop: { rule: rprop, defaults: { learning_rate: 0.01 } },
};

export function optimizerOf({ block, class_name, config: given }: PlanTrainer['optimizer']): Optimizer {
  const made = classes[class_name];
  if (made === undefined) throw new Error(`the engine has no optimizer ${class_name} (block ${block})`);
  const config = { learning_rate: 0.001, ...made.defaults, ...given };
  const options = optimizerOptions.parse(config);
  const general = made.decaysItself ? { ...options, weight_decay: 0 } : options;
  return {
    ...withOptions(made.rule(config), general),
    rate: rateOf(config.learning_rate),
    options,
    search: made.search?.(config) ?? null,
  };
}
