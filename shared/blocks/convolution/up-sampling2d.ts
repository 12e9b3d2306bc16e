/** UpSampling2D: a picture becomes larger by whole factors. */
import { pictureUpSampling } from './up-sampling';

export const upSampling2d = pictureUpSampling({
  search: ['upsample', 'enlarge', 'resize', 'nearest', 'bilinear', 'decoder', 'unpool'],
  summary: 'Makes a picture larger by repeating or interpolating its pixels.',
  help: [
    'Shapes: `[batch, 7, 7, 64]` with a size of 2 × 2 → `[batch, 14, 14, 64]`. `nearest` repeats every pixel, `bilinear` draws straight lines between the middles of the pixels. There are no weights.',
    'With a convolution after it, it does in a decoder what Conv2DTranspose does, and leaves no pattern of squares.',
    'Typical mistake: expecting detail. It only makes the picture larger; what is to be seen there, the layers after it must draw.',
  ],
  source:
    'Odena, Dumoulin and Olah, Deconvolution and checkerboard artifacts (2016); Keras documentation, UpSampling2D layer',
});
