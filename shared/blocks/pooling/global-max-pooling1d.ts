/** GlobalMaxPooling1D: one maximum per channel of a sequence. */
import { globalPooling } from './pool';

export const globalMaxPooling1d = globalPooling('Max', 1, {
  search: ['global pool', 'max over time', 'maximum of the sequence'],
  summary: 'Replaces each channel by its largest value over all steps of a sequence.',
  help: [
    'Shapes: `[batch, 96, 32]` → `[batch, 32]`. There are no weights.',
    'After a Conv1D it answers for each pattern whether it occurs at any time.',
    'Typical mistake: using it where it matters how often a pattern occurs. Only the strongest answer is kept.',
  ],
  source:
    'Collobert et al., Natural language processing (almost) from scratch (2011); Keras documentation, GlobalMaxPooling1D layer',
});
