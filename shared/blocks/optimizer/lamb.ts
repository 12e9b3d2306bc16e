/** Lamb: Adam for very large batches. */
import { decay, epsilon } from './own-parameters';
import { defineOptimizer } from './optimizer-block';

export const lamb = defineOptimizer({
  type: 'Lamb',
  title: 'Lamb',
  search: ['large batch', 'layer-wise', 'bert', 'lars'],
  summary: 'Adam whose step in each layer is as long as the weights of the layer are large.',
  help: [
    'The step u of Adam is made as long as the weights, for each array of weights by itself: `w ← w − learning_rate · ‖w‖ / ‖u‖ · u`. So no layer is thrown about by a rate that suits another, and large batches can be learned from with large rates.',
    'It holds two numbers for each weight.',
    'Typical mistake: biases that begin at 0. While they are exactly 0 they move by the plain step.',
  ].join('\n\n'),
  source:
    'You et al., Large batch optimization for deep learning (2019); Keras documentation, Lamb optimizer',
  rate: 0.001,
  parameters: {
    beta_1: decay(0.9, 'Share of the old average gradient that is kept at each step.'),
    beta_2: decay(0.999, 'Share of the old average of squared gradients that is kept at each step.'),
    epsilon,
  },
});
