/** Rprop: steps by the sign of the gradient alone, each weight with a step of its own. */
import { defineOptimizer } from './optimizer-block';

export const rprop = defineOptimizer({
  type: 'Rprop',
  title: 'Rprop',
  search: ['resilient backpropagation', 'full batch', 'sign of the gradient'],
  summary: 'Looks at the sign of the gradient only, and gives every weight a step of its own.',
  help: [
    'While the sign of a weight’s gradient stays, its step grows by `eta_plus`; when it changes, the step shrinks by `eta_minus` and the weight waits: `w ← w − sign(g) · step`. The size of the gradient plays no part, so that deep layers learn as fast as the last.',
    'It holds two numbers for each weight. The learning rate is only the first step.',
    'Typical mistake: batches. Signs then change by chance, and the steps shrink to nothing; it needs all samples in one batch.',
  ].join('\n\n'),
  source:
    'Riedmiller and Braun, A direct adaptive method for faster backpropagation learning: the RPROP algorithm (1993); Igel and Hüsken, Improving the Rprop learning algorithm (2000), iRprop−',
  rate: 0.01,
  own: true,
  parameters: {
    eta_minus: {
      kind: 'number',
      default: 0.5,
      min: 0,
      above: true,
      max: 1,
      below: true,
      help: 'What a step is multiplied by when the sign changes.',
    },
    eta_plus: {
      kind: 'number',
      default: 1.2,
      min: 1,
      above: true,
      help: 'What a step is multiplied by while the sign stays.',
    },
    min_step: {
      kind: 'number',
      default: 1e-6,
      min: 0,
      above: true,
      scale: 'log',
      help: 'The smallest step.',
      advanced: true,
    },
    max_step: {
      kind: 'number',
      default: 50,
      min: 0,
      above: true,
      help: 'The largest step.',
      advanced: true,
    },
  },
});
