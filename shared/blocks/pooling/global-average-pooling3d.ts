/** GlobalAveragePooling3D: one mean per channel of a volume. */
import { globalPooling } from './pool';

export const globalAveragePooling3d = globalPooling('Average', 3, {
  search: ['global pool', 'mean of the volume', 'average the volume'],
  summary: 'Replaces each channel by its average over the whole volume.',
  help: [
    'Shapes: `[batch, 4, 7, 7, 64]` → `[batch, 64]`. There are no weights.',
    'It stands where Flatten could stand, between convolutions and the last Dense layer, and needs far fewer weights there.',
    'Typical mistake: using it where the place in the volume matters.',
  ],
  source: 'Keras documentation, GlobalAveragePooling3D layer',
});
