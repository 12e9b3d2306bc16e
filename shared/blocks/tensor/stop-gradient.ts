/** StopGradient: values pass, gradients do not. */
import { defineBlock } from '../block';
import { ownLayer, weightless } from '../inference';
import { layerPorts } from '../ports';

export const stopGradient = defineBlock({
  type: 'StopGradient',
  version: 1,
  title: 'StopGradient',
  category: 'Tensor',
  search: ['detach', 'freeze', 'block gradient', 'no gradient', 'target network'],
  summary: 'Hands values on and lets no gradient back, so that the layers before it do not learn through it.',
  help: [
    'The values do not change. Layers before it learn only over other ways to a loss; where there are none, they stay as they are.',
    'The shape does not change and there are no weights. To keep one layer as it is, switch its own `trainable` off; this block keeps everything before it.',
    'Typical mistake: putting it on the only way to the loss. Then nothing before it learns.',
  ].join('\n\n'),
  formula: 'y = x, ∂y/∂x = 0',
  source: 'Keras documentation, ops.stop_gradient',
  parameters: {},
  ports: () => layerPorts,
  caption: () => '',
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input]) => weightless(input.shape),
    keras: () => ownLayer('StopGradient'),
    activation: () => null,
  },
});
