/** TripletLoss: a sample is to be nearer to its class than to another, by a margin. */
import { embeddingLoss } from './embedding-loss';

export const tripletLoss = embeddingLoss({
  type: 'TripletLoss',
  title: 'Triplet',
  own: true,
  search: ['triplet loss', 'facenet', 'semi-hard', 'batch hard', 'anchor', 'one-shot'],
  summary: 'A sample is to be nearer to samples of its class than to those of others, by a margin.',
  help: [
    '`max(d(a, p) − d(a, n) + margin, 0)` for a sample a, one of its class p and one of another class n, averaged over what was compared. `semi-hard` takes for each pair the nearest other that is farther away than p, and where there is none the farthest; `hard` takes each sample’s farthest of its class and nearest of another.',
    'Typical mistakes: `hard` from the first step on, where everything is easily drawn into one point and the loss stays at the margin; batches in which a class occurs once.',
  ],
  source: 'Schroff et al., FaceNet (2015), section 3.2; Hermans et al., In defense of the triplet loss for person re-identification (2017), for hard',
  parameters: {
    margin: { kind: 'number', default: 1, min: 0, above: true, help: 'The lead of the own class, in the unit of the distance.' },
    squared: { kind: 'boolean', default: false, help: 'Measures by the squared distance, as the paper does.' },
    mining: {
      kind: 'choice',
      default: 'semi-hard',
      options: ['semi-hard', 'hard'],
      help: 'Which samples of other classes each pair is held against.',
    },
  },
  caption: ({ mining, margin }) => `${mining}, margin ${margin}`,
}); // prettier-ignore
