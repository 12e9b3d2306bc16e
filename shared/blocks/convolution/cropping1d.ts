/** Cropping1D: steps at both ends of a sequence are cut off. */
import { cropping } from './frame';

export const cropping1d = cropping(1, {
  search: ['crop', 'cut', 'trim', 'sequence'],
  summary: 'Cuts steps off the start and the end of a sequence.',
  help: [
    'Shapes: `[batch, 10, 4]` with a cropping of 1, 2 → `[batch, 7, 4]`. There are no weights.',
    'It removes what padding has added, or the steps at the ends that saw too little of their surroundings.',
    'Typical mistake: cutting at the end of sequences that were padded at the start.',
  ],
  source: 'Keras documentation, Cropping1D layer',
});
