/** SpatialDropout1D, SpatialDropout2D and SpatialDropout3D: whole channels are set to zero while training. */
import { noSpace, SPACES, type Rank } from '../convolution/space';
import { dropoutBlock } from './noise';

const EXAMPLES: Readonly<Record<Rank, { neighbours: string; mistake: string }>> = {
  1: {
    neighbours: 'Neighbouring steps of a sequence',
    mistake: 'With one channel the whole sequence goes at once.',
  },
  2: {
    neighbours: 'Neighbouring pixels of a map',
    mistake: 'With one channel the whole picture goes at once.',
  },
  3: {
    neighbours: 'Neighbouring voxels of a volume',
    mistake: 'With one channel the whole volume goes at once.',
  },
};

function spatialDropout(rank: Rank) {
  const space = SPACES[rank];
  const type = `SpatialDropout${rank}D`;
  const { neighbours, mistake } = EXAMPLES[rank];
  return dropoutBlock(
    type,
    'channels',
    {
      search: [
        'channel dropout',
        'regularisation',
        'regularization',
        'overfitting',
        'feature maps',
        space.thing,
      ],
      formula: 'y[c] = x[c] · keep[c] / (1 − rate), where keep[c] is 0 with probability rate, else 1',
      summary: `Sets a random share of whole channels of a ${space.thing} to zero while training.`,
      help: [
        'In training each channel is set to 0 as a whole with probability `rate`, and the others are multiplied by 1 / (1 − rate). In evaluation nothing is dropped.',
        `The shape \`${space.shape}\` does not change and there are no weights. ${neighbours} tell nearly the same, so that dropping single ones, as Dropout does, takes hardly anything away.`,
        `Typical mistake: using it where there are few channels. ${mistake}`,
      ],
      source: `Tompson et al., Efficient object localization using convolutional networks (2015); Keras documentation, ${type} layer`,
    },
    {
      check: (input) => noSpace(space, type, input),
      // Keras knows only one layout of a sequence.
      config: rank === 1 ? {} : { data_format: 'channels_last' },
    },
  );
}

export const spatialDropoutBlocks = ([2, 1, 3] as const).map(spatialDropout);
