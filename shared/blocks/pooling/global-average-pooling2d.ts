/** GlobalAveragePooling2D: one mean per channel. */
import { globalPooling } from './pool';

export const globalAveragePooling2d = globalPooling('Average', 2, {
  title: 'GlobalAveragePooling',
  search: ['gap', 'global pool', 'mean of the map', 'average the map'],
  summary: 'Replaces each channel by its average over the whole picture.',
  help: [
    'Shapes: `[batch, 7, 7, 64]` → `[batch, 64]`. There are no weights.',
    'It stands where Flatten could stand, between convolutions and the last Dense layer, and needs far fewer weights there: 64 features in place of 3,136. Each channel is pushed to answer "is it anywhere in the picture".',
    'Typical mistake: using it where the place matters, as in telling a 6 from a 9 after a single convolution.',
  ],
  source: 'Lin, Chen and Yan, Network in network (2014); Keras documentation, GlobalAveragePooling2D layer',
});
