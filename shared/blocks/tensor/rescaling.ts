/** Rescaling: every value times a number, plus a number. */
import { defineBlock } from '../block';
import { sizePerSample, weightless } from '../inference';
import { layerPorts } from '../ports';

export const rescaling = defineBlock({
  type: 'Rescaling',
  version: 1,
  title: 'Rescaling',
  category: 'Tensor',
  search: ['scale', 'normalise', 'multiply by a number', 'offset', '1/255'],
  summary: 'Multiplies every value by a number and adds another, inside the network.',
  help: [
    '`x · scale + offset`. With 1/255 = 0.00392 pixels from 0 to 255 become numbers from 0 to 1; with 1/127.5 and an offset of −1 they run from −1 to 1.',
    'The shape does not change and there are no weights. Unlike Scale, which prepares the data, it belongs to the network and is exported with it.',
    'Typical mistake: scaling twice. Pixels that the data block already brought to 0 to 1 would become almost 0.',
  ].join('\n\n'),
  source: 'Keras documentation, Rescaling layer',
  parameters: {
    scale: { kind: 'number', default: 1 / 255, help: 'What every value is multiplied by.' },
    offset: { kind: 'number', default: 0, help: 'What is added after that.' },
  },
  ports: () => layerPorts,
  caption: ({ scale, offset }) =>
    `× ${Number(scale.toPrecision(3))}${offset === 0 ? '' : offset < 0 ? ` − ${-offset}` : ` + ${offset}`}`,
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input]) => weightless(input.shape, sizePerSample(input.shape)),
    keras: ({ scale, offset }) => ({ class_name: 'Rescaling', config: { scale, offset } }),
    activation: () => null,
  },
});
