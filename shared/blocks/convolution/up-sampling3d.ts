/** UpSampling3D: a volume becomes larger by repeating its values. */
import { upSampling } from './up-sampling';

export const upSampling3d = upSampling(3, {
  search: ['upsample', 'enlarge', 'repeat', 'volume', 'decoder'],
  summary: 'Makes a volume larger by repeating each value along its three axes.',
  help: [
    'Shapes: `[batch, 4, 7, 7, 64]` with a size of 2 × 2 × 2 → `[batch, 8, 14, 14, 64]`. There are no weights.',
    'With a Conv3D after it, it does in a decoder what Conv3DTranspose does.',
    'Typical mistake: forgetting how fast volumes grow. Twice the size along three axes is eight times the memory.',
  ],
  source: 'Keras documentation, UpSampling3D layer',
});
