/** GlobalMaxPooling2D: one maximum per channel. */
import { globalPooling } from './pool';

export const globalMaxPooling2d = globalPooling('Max', 2, {
  title: 'GlobalMaxPooling',
  search: ['global pool', 'maximum of the map', 'gmp'],
  summary: 'Replaces each channel by its largest value in the whole picture.',
  help: [
    'Shapes: `[batch, 7, 7, 64]` → `[batch, 64]`. There are no weights.',
    'It answers for each channel how strongly its pattern was found anywhere. GlobalAveragePooling asks how much of it there is altogether.',
    'Typical mistake: using it on noisy maps. A single bright pixel decides.',
  ],
  source: 'Keras documentation, GlobalMaxPooling2D layer',
});
