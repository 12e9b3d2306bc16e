/** Newton: straight to the lowest place of the parabola that fits here. */
import { defineOptimizer } from './optimizer-block';

/** The curvature of n weights has n² numbers, and two measurements are made for each weight. */
export const MOST_WEIGHTS = 500;

export const newton = defineOptimizer({
  type: 'Newton',
  title: 'Newton',
  search: ['newton raphson', 'second order', 'hessian', 'full batch', 'curvature'],
  summary: 'Measures the whole curvature and steps to the bottom of the parabola; for networks with a handful of weights.',
  help: [
    '`w ← w − learning_rate · H⁻¹ · g`, with the table H of all second slopes, measured from the slope on both sides of every weight. Where the curvature does not point upwards everywhere, as little as needed is added to its diagonal; the step is halved until the loss falls.',
    `It works for up to ${MOST_WEIGHTS} weights: each step takes two measurements for every weight, and n² numbers. A linear model with a squared error is solved in one step.`,
    'Typical mistakes: batches, and networks with ReLU, whose curvature is 0 nearly everywhere.',
  ].join('\n\n'),
  source: 'Nocedal and Wright, Numerical Optimization (2006), chapter 3; Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 1',
  rate: 1,
  own: true,
  searches: true,
  rateHelp: 'The share of Newton’s step that is tried first; 1 is the whole.',
  parameters: {},
}); // prettier-ignore
