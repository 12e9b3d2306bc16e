/** ScheduleFreeAdamW: AdamW that averages its own steps instead of following a schedule. */
import { decay } from './own-parameters';
import { defineOptimizer } from './optimizer-block';

export const scheduleFreeAdamW = defineOptimizer({
  type: 'ScheduleFreeAdamW',
  title: 'Schedule-free AdamW',
  search: ['schedule free', 'averaging', 'no schedule', 'adam'],
  summary: 'AdamW that averages its own steps, so that no schedule and no end of the run has to be chosen.',
  help: [
    'It steps with z and keeps the mean x of all z. The weights lie between both, `w = (1 − beta_1) · z + beta_1 · x`, and the gradient is taken there: `z ← z − learning_rate · g / √v`, `x ← (1 − 1/t) · x + z/t`.',
    'It holds two numbers for each weight. The learning rate can be larger than that of AdamW.',
    'Typical mistake: a schedule as well. The mean already does what a falling rate does.',
  ].join('\n\n'),
  source: 'Defazio et al., The road less scheduled (2024); Keras documentation, ScheduleFreeAdamW optimizer',
  rate: 0.0025,
  parameters: {
    beta_1: { ...decay(0.9, 'Where the weights lie: near 1 at the mean of all steps, near 0 at the last.'), above: true },
    beta_2: decay(0.999, 'Share of the old average of squared gradients that is kept at each step.'),
    epsilon: {
      kind: 'number',
      default: 1e-8,
      min: 0,
      above: true,
      scale: 'log',
      help: 'Added to the denominator, against division by zero.',
      advanced: true,
    },
    warmup_steps: {
      kind: 'integer',
      default: 0,
      min: 0,
      help: 'Updates in which the rate climbs from 0.',
      unit: 'steps',
    },
  },
}); // prettier-ignore
