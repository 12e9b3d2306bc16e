/** The curve of an activation from −4 to 4, and its slope, dashed. */
import { slopeOf, type Curve } from '../../shared/blocks/activation/curves';
import { CurvePicture } from './curve-picture';

const REACH = 4;
const SAMPLES = Array.from({ length: 41 }, (_, i) => -REACH + i / 5);

export function ActivationCurve({ curve, label }: { curve: Curve; label: string }) {
  const largest = Math.max(...SAMPLES.map((x) => Math.abs(curve(x))));
  const top = Math.min(REACH, Math.max(1.5, largest));
  return (
    <CurvePicture
      axes={{ width: 112, height: 72, from: -REACH, to: REACH, bottom: -top, top }}
      curve={curve}
      second={slopeOf(curve)}
      label={label}
    />
  );
}
