/** Scaled sigmoid: the squashing functions of LeNet-5, with an amplitude and a slope. */
import { defineBlock } from '../block';
import { layerPorts } from '../ports';
import { ownActivation } from './activation-block';
import { sigmoidCurve } from './curves';

export const scaledSigmoid = defineBlock({
  type: 'ScaledSigmoid',
  version: 1,
  title: 'Scaled sigmoid',
  category: 'Activation',
  search: ['scaled tanh', 'lenet', 'squash', 'activation', '1.7159', 'hyperbolic tangent'],
  summary: 'Squashes by tanh or sigmoid with an amplitude and a slope of its own, as LeNet-5 does.',
  help: [
    '`amplitude · tanh(slope · x)` or `amplitude · sigmoid(slope · x)`. With 1.7159 and 2/3 the tanh gives ±1 for inputs of ±1 and is steepest in change there, so that targets of ±1 lie off its flat ends.',
    'The shape does not change and there are no weights.',
    'Typical mistake: targets at the ends of the range, ±1.7159. They are reached only by weights without bound; ±1 is meant.',
  ].join('\n\n'),
  source:
    'LeCun, Bottou, Bengio and Haffner, Gradient-based learning applied to document recognition (1998), appendix A',
  parameters: {
    function: {
      kind: 'choice',
      default: 'tanh',
      options: ['tanh', 'sigmoid'],
      help: 'What is scaled.',
    },
    amplitude: { kind: 'number', default: 1.7159, min: 0, above: true, help: 'How far the values reach.' },
    slope: { kind: 'number', default: 2 / 3, min: 0, above: true, help: 'What the input is multiplied by.' },
  },
  ports: () => layerPorts,
  caption: ({ function: name, amplitude }) => `${amplitude} · ${name}`,
  behaviour: ownActivation(
    'ScaledSigmoid',
    'scaled_sigmoid',
    ({ function: name, amplitude, slope }: { function: string; amplitude: number; slope: number }) =>
      (x) =>
        amplitude * (name === 'tanh' ? Math.tanh(slope * x) : sigmoidCurve(slope * x)),
  ),
});
