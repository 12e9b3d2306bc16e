/** Activation: any of the functions that layers take as a parameter, as a block. */
import { defineBlock } from '../block';
import { weightless } from '../inference';
import { layerPorts } from '../ports';
import { ACTIVATION_FUNCTIONS, activationParameter, switchedOn } from './functions';

export const activationFunction = defineBlock({
  type: 'Activation',
  version: 1,
  title: 'Activation',
  category: 'Activation',
  search: [
    'function',
    'non-linear',
    ...Object.values(ACTIVATION_FUNCTIONS).flatMap(({ words }) => words),
  ].filter((word, place, all) => all.indexOf(word) === place),
  summary: 'Applies any of the activation functions, chosen by name.',
  help: [
    'The same functions that Dense and Conv2D have as a parameter, for places where something stands between the layer and its activation, such as BatchNormalization. The inspector draws the curve.',
    'The shape does not change and there are no weights.',
    'Typical mistake: a block after a layer whose own `activation` is set already. The function is then applied twice.',
  ].join('\n\n'),
  source:
    'Keras documentation, Activation layer; Hendrycks and Gimpel, Gaussian error linear units (2016); Misra, Mish (2019); Klambauer et al., Self-normalizing neural networks (2017)',
  parameters: { activation: { ...activationParameter, default: 'relu' } },
  ports: () => layerPorts,
  caption: ({ activation }) => activation,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input]) => weightless(input.shape),
    keras: ({ activation }) => ({ class_name: 'Activation', config: { activation } }),
    activation: ({ activation }) => switchedOn(activation),
    curve: ({ activation }) => ACTIVATION_FUNCTIONS[activation].curve({}),
  },
});
