/** CenterCrop: the middle of a picture. */
import { shapeText } from '../../compiler/shape';
import { defineBlock, type InferenceResult, type InputShape } from '../block';
import { noSpace, SPACES, withInner } from '../convolution/space';
import { refuse, timesText, weightless } from '../inference';
import { layerPorts } from '../ports';
import { sideParameter } from './resizing';

function cropped(input: InputShape, height: number, width: number): InferenceResult {
  const wrong = noSpace(SPACES[2], 'CenterCrop', input);
  if (wrong) return wrong;
  const [, rows, columns] = input.shape;
  if ((rows !== null && rows < height) || (columns !== null && columns < width))
    return refuse({
      code: 'shape/mismatch',
      port: 'input',
      message: `CenterCrop takes ${height} × ${width} out of the middle, but ${shapeText(input.shape)} from ${input.from} is smaller.`,
      why: 'A part cannot be larger than the whole; Resizing enlarges.',
      fixes: [
        ...(rows === null ? [] : ([{ label: `Set height to ${Math.min(rows, height)}`, kind: 'set-param', name: 'height', value: Math.min(rows, height) }] as const)),
        ...(columns === null ? [] : ([{ label: `Set width to ${Math.min(columns, width)}`, kind: 'set-param', name: 'width', value: Math.min(columns, width) }] as const)),
      ],
    }); // prettier-ignore
  return weightless(withInner(input.shape, [height, width]));
}

export const centerCrop = defineBlock({
  type: 'CenterCrop',
  version: 1,
  title: 'CenterCrop',
  category: 'Tensor',
  search: ['crop', 'middle', 'cut', 'image size'],
  summary: 'Cuts a part of a given size out of the middle of pictures.',
  help: [
    'Shapes: `[batch, 50, 40, 3]` with 28 × 28 → `[batch, 28, 28, 3]`. There are no weights.',
    'What is to be seen is neither stretched nor made smaller, but what lies at the edge is lost.',
    'Typical mistake: a part that is larger than the picture. Bring the picture to a larger size with Resizing first.',
  ].join('\n\n'),
  formula: 'y[i, j] = x[i + top, j + left], with the same left out on both sides',
  source: 'Keras documentation, CenterCrop layer',
  parameters: {
    height: sideParameter('Rows that are kept.'),
    width: sideParameter('Columns that are kept.'),
  },
  ports: () => layerPorts,
  caption: ({ height, width }) => timesText([height, width]),
  behaviour: {
    kind: 'layer',
    affine: true,
    infer: ([input], { height, width }) => cropped(input, height, width),
    keras: ({ height, width }) => ({
      class_name: 'CenterCrop',
      config: { height, width, data_format: 'channels_last' },
    }),
    activation: () => null,
  },
});
