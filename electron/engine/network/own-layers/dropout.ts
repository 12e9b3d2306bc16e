/** Owns dropout (Srivastava et al. 2014) with random numbers that are named by seed, block and step. */
import type { Shape, Tensor } from '@tensorflow/tfjs';
import { statelessMask } from '../../random/stateless-mask';
import { tf } from '../../tensorflow';
import type { LayerCall } from '../layer-call';

/** TensorFlow.js' own class draws from Math.random: no run with it could be repeated or resumed exactly. */
export class Dropout extends tf.layers.Layer {
  static readonly className = 'Axonry>Dropout';

  /** `key` names the stream; see streamNumber. `maskShape`: axes of 1 are dropped or kept as a whole. */
  constructor(
    private readonly rate: number,
    private readonly key: number,
    private readonly maskShape: (shape: readonly number[]) => readonly number[] = (shape) => shape,
  ) {
    super({});
  }

  override call(inputs: Tensor | Tensor[], kwargs: unknown): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const call = kwargs as LayerCall;
    if (!call.training || this.rate === 0) return x;
    if (this.rate === 1) return tf.zerosLike(x);
    const kept = statelessMask(this.maskShape(x.shape), this.rate, this.key, call.step);
    // What is kept is scaled up, so that the sum stays the same on average and nothing is to be done when predicting.
    return tf.mul(x, tf.mul(kept, 1 / (1 - this.rate)));
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }
}
