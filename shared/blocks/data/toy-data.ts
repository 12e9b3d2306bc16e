/** ToyData: points in the plane that show what a network can and cannot separate. */
import { defineBlock } from '../block';
import { sourcePorts } from '../ports';

export const toyData = defineBlock({
  type: 'ToyData',
  version: 1,
  title: 'Toy data',
  category: 'Data',
  search: [
    'xor',
    'moons',
    'circles',
    'spirals',
    'blobs',
    'linear',
    'points',
    '2-d',
    'playground',
    'sample data',
    'data set',
  ],
  summary: 'Points in the plane in two or more classes: XOR, moons, circles, spirals, blobs, linear.',
  help: [
    'Small enough to see everything: two inputs `x` and `y`, one `class`. `linear` and `blobs` can be told apart by straight lines; `xor`, `moons`, `circles` and `spirals` need a hidden layer.',
    '`noise` is the standard deviation of what is added to both coordinates. The same `seed` always gives the same points.',
    'Typical mistake: expecting 100 % with much noise. Where the classes overlap no network can tell them apart.',
  ].join('\n\n'),
  source:
    'scikit-learn documentation, make_moons, make_circles and make_blobs; Minsky and Papert, Perceptrons (1969), for XOR',
  parameters: {
    shape: {
      kind: 'choice',
      default: 'moons',
      options: ['xor', 'moons', 'circles', 'spirals', 'blobs', 'linear'],
      help: 'How the points lie.',
    },
    count: {
      kind: 'integer',
      default: 500,
      min: 4,
      max: 1_000_000,
      help: 'How many points there are.',
      unit: 'points',
    },
    noise: {
      kind: 'number',
      default: 0.15,
      min: 0,
      max: 100,
      help: 'How far points stray from their place.',
    },
    classes: {
      kind: 'integer',
      default: 3,
      min: 2,
      max: 100,
      help: 'Number of blobs or spiral arms.',
      when: { parameter: 'shape', is: ['blobs', 'spirals'] },
    },
    seed: { kind: 'integer', default: 0, min: 0, help: 'Another seed gives other points.', advanced: true },
  },
  ports: () => sourcePorts,
  caption: ({ shape, count }) => `${shape}, ${count.toLocaleString('en')} points`,
  behaviour: { kind: 'source', reader: 'toy', unready: () => null },
});
