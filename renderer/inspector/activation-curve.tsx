/** The curve of an activation from −4 to 4, and its slope, dashed. */
import { slopeOf, type Curve } from '../../shared/blocks/activation/curves';
import { activationAxes } from '../../shared/help/curve-path';
import { CurvePicture } from './curve-picture';

export const ActivationCurve = ({ curve, label }: { curve: Curve; label: string }) => (
  <CurvePicture axes={activationAxes(curve, 112, 72)} curve={curve} second={slopeOf(curve)} label={label} />
);
