/** GlobalMaxPooling3D: one maximum per channel of a volume. */
import { globalPooling } from './pool';

export const globalMaxPooling3d = globalPooling('Max', 3, {
  title: 'GlobalMaxPooling3D',
  search: ['global pool', 'maximum of the volume'],
  summary: 'Replaces each channel by its largest value in the whole volume.',
  help: [
    'Shapes: `[batch, 4, 7, 7, 64]` → `[batch, 64]`. There are no weights.',
    'It answers for each channel how strongly its pattern was found anywhere.',
    'Typical mistake: using it on noisy volumes. A single bright voxel decides.',
  ],
  source: 'Keras documentation, GlobalMaxPooling3D layer',
});
