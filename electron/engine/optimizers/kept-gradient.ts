/** Owns the rule that changes no weights: it only keeps the gradient, for methods that decide themselves where to go. */
import { tf } from '../tensorflow';
import type { UpdateRule } from './update-rule';

export const GRADIENT_SLOT = 'gradient';

export const keptGradient = (): UpdateRule => ({
  slots: [GRADIENT_SLOT],
  coefficients: () => ({ kept: 1 }),
  update: (weights, gradient, _slots, { kept }) => ({
    weights: tf.mul(weights, kept),
    slots: { [GRADIENT_SLOT]: gradient },
  }),
});
