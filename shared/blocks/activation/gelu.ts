/** GELU: x times the share of a normal distribution below x, exactly or by the usual approximation. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { ownActivation, plainActivation } from './activation-block';
import { geluCurve, geluTanhCurve } from './curves';
import { ACTIVATION_FUNCTIONS } from './functions';

const exact = plainActivation('gelu');
const approximated = ownActivation('GELU', 'gelu', () => geluTanhCurve);

export const gelu = defineBlock({
  type: 'GELU',
  version: 1,
  title: 'GELU',
  category: 'Activation',
  search: [...ACTIVATION_FUNCTIONS.gelu.words, 'transformer', 'bert', 'activation'],
  summary: 'A smooth ReLU that weighs each value by how large it is among normal ones.',
  help: [
    '`x · Φ(x)`, with Φ the share of a standard normal distribution below x. With `approximate` it is `0.5 · x · (1 + tanh(√(2/π) · (x + 0.044715 · x³)))`, which differs by less than 0.001. Transformers use it between their dense layers.',
    'The shape does not change and there are no weights.',
    'Typical mistake: weights from a network that was trained with the other form. The outputs then differ a little in every layer.',
  ].join('\n\n'),
  source: 'Hendrycks and Gimpel, Gaussian error linear units (2016); Keras documentation, gelu activation',
  parameters: {
    approximate: {
      kind: 'boolean',
      default: false,
      help: 'Uses the form with tanh, as the first BERT and GPT do.',
    },
  },
  ports: () => layerPorts,
  caption: ({ approximate }) => (approximate ? 'approximate' : ''),
  behaviour: {
    ...exact,
    keras: ({ approximate }: { approximate: boolean }) =>
      approximate ? approximated.keras({}) : exact.keras({}),
    curve: ({ approximate }) => (approximate ? geluTanhCurve : geluCurve),
  },
});
