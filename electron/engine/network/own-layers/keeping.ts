/** Owns what dropout multiplies by inside a layer: 0 for a share of the values, a little more than 1 for the others. */
import type { Tensor } from '@tensorflow/tfjs';
import { statelessMask } from '../../random/stateless-mask';
import { tf } from '../../tensorflow';
import type { LayerCall } from '../layer-call';

/** null where nothing is dropped. `key` names the random stream; see streamNumber. */
export function keeping(
  shape: readonly number[],
  rate: number,
  key: number,
  { training, step }: LayerCall,
): Tensor | null {
  if (!training || rate <= 0 || rate >= 1) return null;
  return tf.mul(statelessMask(shape, rate, key, step), 1 / (1 - rate));
}
