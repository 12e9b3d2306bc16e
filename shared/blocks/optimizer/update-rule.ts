/** UpdateRule: an optimizer of one's own, written as formulas. */
import { LANGUAGE, problemText, updateFormula } from '../../formula/formula';
import { defineOptimizer } from './optimizer-block';

const check = (text: string): string | null => {
  const checked = updateFormula(text);
  return checked.ok ? null : problemText('rule', checked.problem);
};

export const updateRule = defineOptimizer({
  type: 'UpdateRule',
  title: 'Update rule',
  search: ['custom optimizer', 'own optimizer', 'formula', 'expression'],
  summary: 'An optimizer of your own: what becomes of the weights at each step, written as formulas.',
  help: [
    'Each array of weights is `w`, its gradient `g`, the learning rate `rate`, and `t` counts the steps from 1. A name that is read before it is given a value is kept from step to step, one number for each weight, 0 at first. So `v = 0.9 * v - rate * g; w = w + v` is SGD with momentum, and `m = 0.9*m + 0.1*g; s = 0.999*s + 0.001*g^2; w = w - rate * (m/(1-0.9^t)) / (sqrt(s/(1-0.999^t)) + 1e-7)` is Adam.',
    LANGUAGE,
    'Statements are done in order, and each reads the values of those before it. `sum(g^2)` runs over all numbers of one array of weights.',
    'Typical mistake: a sign. `w + rate * g` climbs, and the loss grows until it is infinite.',
  ].join('\n\n'),
  source: 'Goodfellow, Bengio and Courville, Deep Learning (2016), chapter 8',
  rate: 0.01,
  own: true,
  parameters: {
    rule: {
      kind: 'text',
      default: 'v = 0.9 * v - rate * g; w = w + v',
      placeholder: 'w = w - rate * g',
      help: 'What becomes of the weights w, from their gradient g, the learning rate and the number t of the step.',
      multiline: true,
      check,
    },
  },
});
