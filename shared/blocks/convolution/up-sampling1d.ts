/** UpSampling1D: a sequence becomes longer by repeating its steps. */
import { upSampling } from './up-sampling';

export const upSampling1d = upSampling(1, {
  search: ['upsample', 'repeat', 'longer', 'decoder', 'sequence'],
  summary: 'Makes a sequence longer by repeating each step.',
  help: [
    'Shapes: `[batch, 10, 16]` with a size of 2 → `[batch, 20, 16]`. There are no weights.',
    'With a Conv1D after it, it does in a decoder what Conv1DTranspose does.',
    'Typical mistake: taking it for RepeatVector, which makes a sequence of a single row.',
  ],
  source: 'Keras documentation, UpSampling1D layer',
});
