/** Conv1D: small filters that slide along a sequence. */
import { convolution } from './convolution';

export const conv1d = convolution(1, {
  search: ['convolution', 'sequence', 'time series', 'signal', 'temporal', 'causal', 'text'],
  summary: 'Slides small filters along a sequence; each finds one pattern whenever it occurs.',
  help: [
    'Every filter is a window over `kernel_size` steps and all channels. It holds (kernel_size × channels + 1) × filters weights, however long the sequence is.',
    'Shapes: `[batch, 100, 6]` with 32 filters of 5 → `[batch, 96, 32]` with padding `valid`, `[batch, 100, 32]` with `same` or `causal`. `causal` pads only before the start, so that no output sees later steps.',
    'Typical mistakes: steps and channels swapped (Permute helps); `same` where the network must not look into the future.',
  ],
  source:
    'van den Oord et al., WaveNet (2016), for causal and dilated convolution; Keras documentation, Conv1D layer',
});
