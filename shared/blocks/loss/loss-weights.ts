/** Owns the check of a column that says how much each sample, or each place of it, counts in a loss. */
import type { ColumnFacts } from '../../document/facts';
import type { Finding, InputShape } from '../block';
import { lossFinding, textLabel } from './loss-labels';

/** One number for each sample, or for each place of the prediction; trailing axes of length 1 say nothing. */
function fits({ shape }: InputShape, sizes: readonly number[], ofPlaces: boolean): boolean {
  const meant = [...sizes];
  while (meant.at(-1) === 1) meant.pop();
  const places = shape.slice(1, -1);
  return (
    meant.length === 0 ||
    (ofPlaces && meant.length <= places.length && meant.every((size, i) => size === places[i]))
  );
}

/** `ofPlaces`: the loss judges each place of a map by itself. */
export function checkWeights(
  title: string,
  prediction: InputShape,
  weights: ColumnFacts,
  ofPlaces: boolean,
): readonly Finding[] {
  if (weights.dtype === 'string') return [textLabel(weights)];
  const places = prediction.shape.slice(1, -1).map((size) => size ?? '…');
  if (!fits(prediction, weights.shape, ofPlaces))
    return [
      lossFinding(
        'shape/mismatch',
        'error',
        'labels',
        `${title} weighs by "${weights.name}", which has [${weights.shape.join(', ')}] per sample.`,
        ofPlaces && places.length > 0
          ? `It can use one number per sample, or one for each place: [${places.join(', ')}].`
          : 'It has one figure for each sample, so one number per sample is what it can use.',
      ),
    ];
  if (weights.min === null || weights.min >= 0) return [];
  return [
    lossFinding(
      'loss/weights',
      'warning',
      'labels',
      `${title} weighs by "${weights.name}", which holds ${weights.min}.`,
      'A negative weight rewards mistakes. Weights are 0 for what does not count and larger for what counts more; a column that was standardized is no longer a weight.',
    ),
  ];
} // prettier-ignore
