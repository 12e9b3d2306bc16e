/** Owns the layer that divides a kernel by its largest singular value before each step (Miyato et al. 2018), as Keras 3 does. */
import type * as TensorFlow from '@tensorflow/tfjs';
import type { Shape, Tensor, Variable } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow';
import type { LayerCall } from '../layer-call';
import type { Operation } from './operation';

const unit = (x: Tensor): Tensor => tf.div(x, tf.maximum(tf.norm(x), 1e-12));

/** The kernel [..., outputs] over the estimate of its largest singular value, and the next guess u [1, outputs]. */
function normalized(kernel: Tensor, before: Tensor, iterations: number): { kernel: Tensor; u: Tensor } {
  const matrix = tf.reshape(kernel, [-1, before.shape[1] ?? 1]);
  let [u, v] = [before, before];
  for (let i = 0; i < iterations; i++) {
    v = unit(tf.matMul(u, matrix, false, true));
    u = unit(tf.matMul(v, matrix));
  }
  const sigma = tf.reshape(tf.matMul(tf.matMul(v, matrix), u, false, true), []);
  // A kernel of nothing but zeros has no direction: it stays, and so does the guess.
  const zero = tf.equal(tf.max(tf.abs(kernel)), 0);
  return {
    kernel: tf.div(kernel, tf.where(zero, tf.onesLike(sigma), sigma)),
    u: tf.where(tf.broadcastTo(zero, u.shape), before, u),
  };
}

/** `value` in the place of a weight: what is learned of it is learned of the weight. */
const inPlaceOf = (weight: Tensor, value: Tensor): Tensor =>
  tf.customGrad<Tensor>(() => ({ value: tf.clone(value), gradFunc: (dy: Tensor) => dy }))(weight);

export class SpectralNormalization extends tf.layers.Layer {
  static readonly className = 'Axonry>SpectralNormalization';
  private guess: TensorFlow.LayerVariable | null = null;

  constructor(
    private readonly inner: Operation,
    private readonly iterations: number,
  ) {
    super({});
  }

  override build(inputShape: Shape | Shape[]): void {
    this.inner.build(inputShape);
    const outputs = this.inner.weight('kernel').shape.at(-1) ?? 1;
    this.guess = this.addWeight(
      'vector_u',
      [1, outputs],
      'float32',
      tf.initializers.zeros(),
      undefined,
      false,
    );
    this.built = true;
  }

  override get weights(): TensorFlow.LayerVariable[] {
    const [kernel, ...others] = this.inner.weights;
    return [kernel, ...(this.guess === null ? [] : [this.guess]), ...others];
  }

  override call(inputs: Tensor | Tensor[], kwargs: unknown): Tensor {
    const call = kwargs as LayerCall;
    const given = Array.isArray(inputs) ? inputs : [inputs];
    if (!call.training || this.guess === null) return this.inner.compute(given, this.inner.own, call);
    const kernel = this.inner.weight('kernel');
    const guess = this.guess.read() as Variable;
    const next = normalized(kernel, guess, this.iterations);
    call.update(kernel, next.kernel);
    call.update(guess, next.u);
    return this.inner.compute(given, { ...this.inner.own, kernel: inPlaceOf(kernel, next.kernel) }, call);
  }
}
