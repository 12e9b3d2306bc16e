/** Writes where a sample stands in its source: `line 1,294`. */
import { samplePlace } from '../../shared/metrics/row-number';
import type { SampleView } from '../../shared/protocol/samples';
import { countText } from '../ui/numbers';

interface Placed {
  index: number;
  view?: SampleView;
}

export function placeText({ index, view }: Placed): string {
  const { word, number } = samplePlace(index, view);
  return `${word} ${countText(number)}`;
}

/** At the beginning of a sentence. */
export function placeTitle(sample: Placed): string {
  const text = placeText(sample);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

export const placeCounted = ({ index, view }: Placed): string => samplePlace(index, view).counted;
