/** Owns the use of one layer, with one set of weights, on every step of a sequence: [batch, steps, ...]. */
import type * as TensorFlow from '@tensorflow/tfjs';
import type { Shape, Tensor } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow';
import type { Activation } from '../activations';

export class PerStep extends tf.layers.Layer {
  static readonly className = 'Axonry>PerStep';

  /** `inner` is null where the layer is nothing but an activation. */
  constructor(
    private readonly inner: TensorFlow.layers.Layer | null,
    private readonly activation: Activation | null,
  ) {
    super({});
  }

  override build(inputShape: Shape | Shape[]): void {
    const [batch, , ...rest] = inputShape as Shape;
    this.inner?.build([batch, ...rest]);
    this.built = true;
  }

  override get weights(): TensorFlow.LayerVariable[] {
    return this.inner?.weights ?? [];
  }

  /** Steps are taken for samples: what a layer does to each sample it then does to each step. */
  override call(inputs: Tensor | Tensor[], kwargs: unknown): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const [batch, steps, ...rest] = x.shape;
    const samples = tf.reshape(x, [batch * steps, ...rest]);
    const computed =
      this.inner === null ? samples : (this.inner.call([samples], { ...(kwargs as object) }) as Tensor);
    const y = this.activation === null ? computed : this.activation.apply(computed);
    return tf.reshape(y, [batch, steps, ...y.shape.slice(1)]);
  }
}
