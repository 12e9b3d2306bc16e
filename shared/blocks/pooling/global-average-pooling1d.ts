/** GlobalAveragePooling1D: one mean per channel of a sequence. */
import { globalPooling } from './pool';

export const globalAveragePooling1d = globalPooling('Average', 1, {
  search: ['global pool', 'mean of the sequence', 'average the sequence', 'bag of words'],
  summary: 'Replaces each channel by its average over all steps of a sequence.',
  help: [
    'Shapes: `[batch, 96, 32]` → `[batch, 32]`. There are no weights.',
    'It makes one row of features of a sequence of any length, for the Dense layers at the end.',
    'Typical mistake: using it where the order tells something. The mean is the same for a sequence and its reverse.',
  ],
  source: 'Keras documentation, GlobalAveragePooling1D layer',
});
