/** Owns the second convolution of LeNet-5, whose maps read some of the maps before them each (LeCun et al. 1998, table I). */
import { chainPart } from '../sketch';

/** By map: the maps of S2 that it reads. */
const READS: readonly (readonly number[])[] = [
  [0, 1, 2], [1, 2, 3], [2, 3, 4], [3, 4, 5], [0, 4, 5], [0, 1, 5],
  [0, 1, 2, 3], [1, 2, 3, 4], [2, 3, 4, 5], [0, 3, 4, 5], [0, 1, 4, 5], [0, 1, 2, 5],
  [0, 1, 3, 4], [1, 2, 4, 5], [0, 2, 3, 5],
  [0, 1, 2, 3, 4, 5],
]; // prettier-ignore

export const leNetC3 = chainPart(
  'le_net_c3',
  'Partly connected convolution',
  'Sixteen maps of 5 × 5 windows, each of which reads three, four or all of the six maps before.',
  {},
  (s, input) => {
    const maps = Array.from({ length: 6 }, (_, start) => s.add('Slice', { start, length: 1 }, input));
    const read = READS.map((from) =>
      s.add(
        'Conv2D',
        { filters: 1, kernel_size: [5, 5], activation: 'tanh' },
        s.add('Concatenate', {}, from.map((i) => maps[i])),
      ),
    ); // prettier-ignore
    return s.add('Concatenate', {}, read);
  },
);
