/** Owns what an optimizer is: the rule of its class with the options of all, and the learning rate by step. */
import type { PlanTrainer } from '../../../shared/compiler/plan';
import { rateOf, type Rate } from '../../../shared/schedules/rates';
import { adadelta, adagrad } from './adagrad';
import { adam } from './adam';
import { adamax, nadam } from './adam-family';
import { ftrl } from './ftrl';
import { lion } from './lion';
import { optimizerOptions, withOptions, type OptimizerOptions } from './options';
import { rmsprop } from './rmsprop';
import { sgd } from './sgd';
import type { UpdateRule } from './update-rule';

export interface Optimizer extends UpdateRule {
  rate: Rate;
  options: OptimizerOptions;
}

interface OptimizerClass {
  rule: (config: unknown) => UpdateRule;
  /** Keras' defaults of what the options say. */
  defaults?: { learning_rate?: number; weight_decay?: number };
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
};

export function optimizerOf({ block, class_name, config: given }: PlanTrainer['optimizer']): Optimizer {
  const made = classes[class_name];
  if (made === undefined) throw new Error(`the engine has no optimizer ${class_name} (block ${block})`);
  const config = { learning_rate: 0.001, ...made.defaults, ...given };
  const options = optimizerOptions.parse(config);
  return { ...withOptions(made.rule(config), options), rate: rateOf(config.learning_rate), options };
}
