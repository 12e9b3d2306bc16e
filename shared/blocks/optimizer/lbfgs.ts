/** LBFGS: steps that use the curvature, guessed from the last steps. */
import { defineOptimizer } from './optimizer-block';

export const lbfgs = defineOptimizer({
  type: 'LBFGS',
  title: 'L-BFGS',
  search: ['quasi-newton', 'bfgs', 'second order', 'full batch', 'curvature', 'line search', 'scipy'],
  summary: 'Guesses the curvature from its last steps and searches along the best direction; for small data in one batch.',
  help: [
    'From the last `history_size` steps and changes of the slope it works out where the lowest place may be, and searches along that direction until the strong Wolfe conditions hold. Each step measures loss and slope of the whole batch several times, and needs far fewer steps than gradient descent.',
    'It holds two numbers for each weight and each remembered step.',
    'Typical mistakes: batches, in which it compares slopes of different samples; Dropout, which changes what is measured from step to step.',
  ].join('\n\n'),
  formula: 'w ← w − step · H · g, where H is guessed from the last changes of w and g',
  source: 'Liu and Nocedal, On the limited memory BFGS method (1989); Nocedal and Wright, Numerical Optimization (2006), chapters 3 and 7',
  rate: 1,
  own: true,
  searches: true,
  rateHelp: 'The step that each search begins with; 1 is right but for the first.',
  parameters: {
    history_size: { kind: 'integer', default: 10, min: 1, max: 100, help: 'Steps that the curvature is guessed from.', unit: 'steps' },
  },
}); // prettier-ignore
