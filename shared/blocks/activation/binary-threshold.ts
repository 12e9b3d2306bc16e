/** Binary threshold: the unit of McCulloch and Pitts, which fires or does not. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { ownActivation } from './activation-block';

export const binaryThreshold = defineBlock({
  type: 'BinaryThreshold',
  version: 1,
  title: 'Binary threshold',
  category: 'Activation',
  search: ['step function', 'heaviside', 'perceptron', 'mcculloch pitts', 'sign', 'activation'],
  summary: 'Gives 1 above the threshold and a fixed low value below: a unit that fires or does not.',
  help: [
    '`1 if x > threshold, else low`. With low at 0 it is the step function, with −1 the sign that the first perceptrons used.',
    'The shape does not change and there are no weights.',
    'Typical mistake: training the layers before it by gradient descent. Its slope is 0 everywhere, so that no gradient passes and their weights stay; use Sigmoid while training.',
  ].join('\n\n'),
  formula: 'y = high where x ≥ threshold, else low',
  source: 'McCulloch and Pitts, A logical calculus of the ideas immanent in nervous activity (1943)',
  parameters: {
    threshold: { kind: 'number', default: 0, help: 'Values above it give 1.' },
    low: { kind: 'number', default: 0, help: 'What all others give: 0 or -1.' },
  },
  ports: () => layerPorts,
  caption: ({ threshold, low }) => `${low} or 1, at ${threshold}`,
  behaviour: ownActivation(
    'BinaryThreshold',
    'binary_threshold',
    ({ threshold, low }: { threshold: number; low: number }) =>
      (x) =>
        x > threshold ? 1 : low,
  ),
});
