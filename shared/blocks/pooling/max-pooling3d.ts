/** MaxPooling3D: the largest value of each box. */
import { pooling } from './pool';

export const maxPooling3d = pooling('Max', 3, {
  search: ['max pool', 'subsampling', 'downsample', 'volume', 'video'],
  summary: 'Makes a volume smaller by keeping the largest value of each box.',
  help: [
    'Shapes: `[batch, 16, 28, 28, 8]` with a pool of 2 × 2 × 2 → `[batch, 8, 14, 14, 8]`. Each channel is treated on its own; there are no weights.',
    'In a film a pool of 1 × 2 × 2 makes the pictures smaller and keeps every one of them.',
    'Typical mistake: pooling time as fast as space, until a short film is a single picture.',
  ],
  source:
    'Tran et al., Learning spatiotemporal features with 3D convolutional networks (2015); Keras documentation, MaxPooling3D layer',
});
