/** Owns iRprop− (Igel & Hüsken 2000): every weight has a step of its own, which the sign of its gradient lengthens or shortens. */
import { z } from 'zod';
import { rateOf } from '../../../shared/schedules/rates';
import { tf } from '../tensorflow';
import type { UpdateRule } from './update-rule';

const rpropConfig = z.object({
  learning_rate: z.unknown(),
  eta_minus: z.number().default(0.5),
  eta_plus: z.number().default(1.2),
  min_step: z.number().default(1e-6),
  max_step: z.number().default(50),
});

export function rprop(raw: unknown): UpdateRule {
  const { learning_rate, eta_minus, eta_plus, min_step, max_step } = rpropConfig.parse(raw);
  return {
    slots: ['previous_gradient', 'step_size'],
    start: { step_size: rateOf(learning_rate)(0) },
    coefficients: () => ({ longer: eta_plus - 1, shorter: 1 - eta_minus, least: min_step, most: max_step }),
    update(weights, gradient, { previous_gradient, step_size }, { longer, shorter, least, most }) {
      const agreement = tf.mul(gradient, previous_gradient);
      const same = tf.step(agreement);
      const changed = tf.step(tf.neg(agreement));
      const factor = tf.sub(tf.add(tf.mul(same, longer), 1), tf.mul(changed, shorter));
      const step = tf.minimum(tf.maximum(tf.mul(step_size, factor), least), most);
      // A weight whose sign changed waits for one step and forgets the gradient.
      const counted = tf.mul(gradient, tf.sub(1, changed));
      return {
        weights: tf.sub(weights, tf.mul(tf.sign(counted), step)),
        slots: { previous_gradient: counted, step_size: step },
      };
    },
  };
}
