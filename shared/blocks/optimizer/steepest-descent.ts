/** SteepestDescent: straight down, and as far as it pays. */
import { defineOptimizer } from './optimizer-block';

export const steepestDescent = defineOptimizer({
  type: 'SteepestDescent',
  title: 'Steepest descent',
  search: ['line search', 'gradient descent', 'armijo', 'backtracking', 'full batch'],
  summary: 'Gradient descent that finds the length of each step itself: it goes back until the loss falls enough.',
  help: [
    '`w ← w − step · g`. The step begins at twice the last one and is halved until the loss has fallen by a ten-thousandth of what the slope promises. So the loss never rises, and no learning rate has to be chosen.',
    'It holds one number in all. Each step measures the whole batch a few times.',
    'Typical mistakes: batches, in which the fall is measured on other samples each time; narrow valleys, through which it goes in zigzags where L-BFGS walks straight.',
  ].join('\n\n'),
  source: 'Armijo, Minimization of functions having Lipschitz continuous first partial derivatives (1966); Nocedal and Wright, Numerical Optimization (2006), chapter 3',
  rate: 1,
  own: true,
  searches: true,
  rateHelp: 'The step that the first search begins with.',
  parameters: {},
}); // prettier-ignore
