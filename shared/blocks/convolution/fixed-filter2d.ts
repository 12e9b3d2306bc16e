/** FixedFilter2D: a filter of picture processing whose numbers are given and not learned. */
import { defineBlock } from '../block';
import { ownLayer, refuse, sizePerSample, timesText, weightless } from '../inference';
import { layerPorts } from '../ports';
import { noSpace, SPACES } from './space';

type Kernel = number[][];

const SOBEL_X: Kernel = [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]; // prettier-ignore
const SOBEL_Y: Kernel = [[-1, -2, -1], [0, 0, 0], [1, 2, 1]]; // prettier-ignore
const CROSS: Kernel = [[0, 1, 0], [1, -4, 1], [0, 1, 0]]; // prettier-ignore
const SHARPEN: Kernel = [[0, -1, 0], [-1, 5, -1], [0, -1, 0]]; // prettier-ignore

const grid = (size: number, value: (row: number, column: number) => number): Kernel =>
  Array.from({ length: size }, (_, row) => Array.from({ length: size }, (__, column) => value(row, column)));

/** Sums to 1, so that the picture keeps its brightness. */
function gaussian(size: number, sigma: number): Kernel {
  const middle = (size - 1) / 2;
  const bell = grid(size, (row, column) =>
    Math.exp(-((row - middle) ** 2 + (column - middle) ** 2) / (2 * sigma ** 2)),
  );
  const sum = bell.flat().reduce((total, value) => total + value, 0);
  return bell.map((row) => row.map((value) => value / sum));
}

/** Rows of numbers, one row after a semicolon: `0 1 0; 1 -4 1; 0 1 0`. null where it is no such thing. */
export function parsedKernel(text: string): Kernel | null {
  const rows = text.split(';').map((row) => row.trim().split(/[\s,]+/).map(Number)); // prettier-ignore
  const width = rows[0].length;
  const isGrid = rows.every((row) => row.length === width && row.every((value) => Number.isFinite(value)));
  return text.trim() !== '' && isGrid ? rows : null;
}

interface Chosen {
  filter: 'mean' | 'gaussian' | 'sobel_x' | 'sobel_y' | 'sobel' | 'laplacian' | 'sharpen' | 'custom';
  size: number;
  sigma: number;
  kernel: string;
}

/** Two kernels give the length of the gradient, √(a² + b²). */
function kernelsOf({ filter, size, sigma, kernel }: Chosen): Kernel[] {
  switch (filter) {
    case 'mean':
      return [grid(size, () => 1 / size ** 2)];
    case 'gaussian':
      return [gaussian(size, sigma)];
    case 'sobel_x':
      return [SOBEL_X];
    case 'sobel_y':
      return [SOBEL_Y];
    case 'sobel':
      return [SOBEL_X, SOBEL_Y];
    case 'laplacian':
      return [CROSS];
    case 'sharpen':
      return [SHARPEN];
    case 'custom':
      return [parsedKernel(kernel) ?? [[1]]];
  }
}

export const fixedFilter2d = defineBlock({
  type: 'FixedFilter2D',
  version: 1,
  title: 'Fixed filter',
  category: 'Convolution',
  search: [
    'sobel',
    'gaussian blur',
    'mean filter',
    'edge detection',
    'laplace',
    'sharpen',
    'image filter',
    'kernel',
  ],
  summary:
    'Slides a filter with given numbers over each channel of a picture: blur, edges, sharpen or your own.',
  help: [
    'At each pixel the window is multiplied with the filter and summed, for each channel by itself; zeros around the picture keep its size. `sobel` gives the length of the gradient, √(across² + down²). As in convolution layers the filter is not turned around.',
    'Shapes: `[batch, 28, 28, 3]` stays as it is. There are no weights; gradients flow through to the layers before.',
    'Typical mistake: a filter of your own whose numbers do not sum to 1. The picture becomes brighter or darker.',
  ].join('\n\n'),
  formula: 'y[p, c] = Σ x[p + k, c] · filter[k]',
  source:
    'Pattanayak, Pro Deep Learning with TensorFlow (2017), chapter 3; Sobel and Feldman, A 3 × 3 isotropic gradient operator for image processing (1968)',
  parameters: {
    filter: {
      kind: 'choice',
      default: 'sobel',
      options: ['mean', 'gaussian', 'sobel_x', 'sobel_y', 'sobel', 'laplacian', 'sharpen', 'custom'],
      help: 'What the filter does; `sobel_x` finds upright edges, `sobel_y` level ones.',
    },
    size: {
      kind: 'integer',
      default: 3,
      min: 1,
      max: 99,
      help: 'Height and width of the window.',
      unit: 'pixels',
      when: { parameter: 'filter', is: ['mean', 'gaussian'] },
    },
    sigma: {
      kind: 'number',
      default: 1,
      min: 0,
      above: true,
      help: 'Standard deviation of the bell; a third of the size covers it.',
      unit: 'pixels',
      when: { parameter: 'filter', is: ['gaussian'] },
    },
    kernel: {
      kind: 'text',
      default: '0 1 0; 1 -4 1; 0 1 0',
      help: 'The numbers, row after row, rows separated by semicolons.',
      when: { parameter: 'filter', is: ['custom'] },
    },
  },
  ports: () => layerPorts,
  caption: ({ filter, size }) =>
    filter === 'mean' || filter === 'gaussian' ? `${filter}, ${timesText([size, size])}` : filter,
  behaviour: {
    kind: 'layer',
    affine: false,
    infer([input], values) {
      if (values.filter === 'custom' && parsedKernel(values.kernel) === null)
        return refuse({
          code: 'block/parameter',
          message: `Fixed filter: "${values.kernel}" is no grid of numbers.`,
          why: 'Rows are separated by semicolons and have the same number of values, as in 0 1 0; 1 -4 1; 0 1 0.',
        });
      const taps = kernelsOf(values).flat(2).length;
      return (
        noSpace(SPACES[2], 'FixedFilter2D', input) ??
        weightless(input.shape, taps * sizePerSample(input.shape))
      );
    },
    keras: (values) => ownLayer('FixedFilter2D', { kernels: kernelsOf(values) }),
    activation: () => null,
  },
});
