/** ZeroPadding1D: zeros before and after a sequence. */
import { zeroPadding } from './frame';

export const zeroPadding1d = zeroPadding(1, {
  search: ['pad', 'border', 'margin', 'sequence'],
  summary: 'Puts zeros before the first step of a sequence and after the last.',
  help: [
    'Shapes: `[batch, 10, 4]` with a padding of 1, 2 → `[batch, 13, 4]`. There are no weights.',
    'With zeros on one side only the length comes out as it is needed, or the network is kept from looking ahead.',
    'Typical mistake: padding before a convolution that has padding `same` as well.',
  ],
  source: 'Keras documentation, ZeroPadding1D layer',
});
