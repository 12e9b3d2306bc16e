/** Digits: handwritten digits that the program draws itself. */
import { defineBlock } from '../block';
import { sourcePorts } from '../ports';

export const digits = defineBlock({
  type: 'Digits',
  version: 1,
  title: 'Digits',
  category: 'Data',
  search: [
    'handwritten digits',
    'mnist',
    'numbers',
    'pictures',
    'images',
    'built in',
    'sample data',
    'data set',
  ],
  summary: 'Handwritten digits from 0 to 9 as grey pictures of 28 × 28 pixels, drawn by the program.',
  help: [
    'Each picture is drawn stroke by stroke, with the differences that writers have: slant, size, pressure, the shape of the digit itself. Nothing is downloaded; the same `seed` and `count` always give the same pictures.',
    'Columns: `image` `[28, 28, 1]`, whole numbers from 0 (paper) to 255 (ink), and `digit`, one of ten classes. Scale brings the pixels to 0…1.',
    'Typical mistake: taking a good result here for a good result on real handwriting. Try the network on MNIST as well.',
  ].join('\n\n'),
  source:
    'Written for this application; the size follows LeCun, Cortes and Burges, The MNIST database (1998)',
  parameters: {
    count: {
      kind: 'integer',
      default: 6000,
      min: 10,
      max: 200_000,
      help: 'How many pictures are drawn.',
      unit: 'pictures',
    },
    seed: { kind: 'integer', default: 0, min: 0, help: 'Another seed gives other pictures.', advanced: true },
  },
  ports: () => sourcePorts,
  caption: ({ count }) => `${count.toLocaleString('en')} images`,
  behaviour: { kind: 'source', reader: 'digits', unready: () => null },
});
