/** Owns batch normalisation (Ioffe & Szegedy 2015) as Keras 3 computes it. */
import type { Shape, Tensor, Tensor1D, Variable } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow';
import type { LayerCall } from '../layer-call';
import { fusedBatchNorm, type Normalized } from './batch-norm-kernel';

export interface BatchNormalizationOptions {
  axis: number;
  momentum: number;
  epsilon: number;
  center: boolean;
  scale: boolean;
}

/**
 * TensorFlow.js' own class divides the batch variance by n − 1 for its moving average where Keras 3 divides by n, and
 * writes the averages while the gradient is being taken.
 */
export class BatchNormalization extends tf.layers.Layer {
  static readonly className = 'Axonry>BatchNormalization';
  private readonly own = new Map<string, Variable>();

  constructor(private readonly options: BatchNormalizationOptions) {
    super({});
  }

  override build(inputShape: Shape): void {
    const { axis, center, scale } = this.options;
    const size = inputShape.at(axis);
    if (typeof size !== 'number')
      throw new Error(`axis ${axis} of ${JSON.stringify(inputShape)} has no size`);
    const add = (name: string, trainable: boolean, initializer: 'zeros' | 'ones') => {
      const weight = this.addWeight(
        name,
        [size],
        'float32',
        tf.initializers[initializer](),
        undefined,
        trainable,
      );
      this.own.set(name, weight.read() as Variable);
    };
    if (scale) add('gamma', true, 'ones');
    if (center) add('beta', true, 'zeros');
    add('moving_mean', false, 'zeros');
    add('moving_variance', false, 'ones');
    this.built = true;
  }

  private weight(name: string): Variable {
    const variable = this.own.get(name);
    if (variable === undefined) throw new Error(`batch normalisation has no weight ${name}`);
    return variable;
  }

  private axisOf(x: Tensor): number {
    return this.options.axis < 0 ? this.options.axis + x.rank : this.options.axis;
  }

  /** What scales and what shifts, also where they are not learned. */
  private learned(channels: number): [gamma: Tensor1D, beta: Tensor1D] {
    return [this.own.get('gamma') ?? tf.ones([channels]), this.own.get('beta') ?? tf.zeros([channels])] as [Tensor1D, Tensor1D];
  } // prettier-ignore

  private composed(x: Tensor, mean: Tensor, variance: Tensor): Tensor {
    const axis = this.axisOf(x);
    // Along the last axis broadcasting needs no help.
    const along = (vector: Tensor): Tensor =>
      axis === x.rank - 1
        ? vector
        : tf.reshape(
            vector,
            x.shape.map((size, i) => (i === axis ? size : 1)),
          );
    const inverse = tf.rsqrt(tf.add(variance, this.options.epsilon));
    const slope = this.options.scale ? tf.mul(inverse, this.weight('gamma')) : inverse;
    const shift = this.options.center
      ? tf.sub(this.weight('beta'), tf.mul(mean, slope))
      : tf.neg(tf.mul(mean, slope));
    return tf.add(tf.mul(x, along(slope)), along(shift));
  }

  private byBatch(x: Tensor): Normalized {
    const axis = this.axisOf(x);
    const fused =
      axis === x.rank - 1 ? fusedBatchNorm(x, ...this.learned(x.shape[axis]), this.options.epsilon) : null;
    if (fused !== null) return fused;
    const { mean, variance } = tf.moments(
      x,
      [...x.shape.keys()].filter((i) => i !== axis),
    );
    return { y: this.composed(x, mean, variance), mean, variance };
  }

  override call(inputs: Tensor | Tensor[], kwargs: unknown): Tensor {
    const x = Array.isArray(inputs) ? inputs[0] : inputs;
    const call = kwargs as LayerCall;
    if (!call.training) return this.composed(x, this.weight('moving_mean'), this.weight('moving_variance'));
    const { y, mean, variance } = this.byBatch(x);
    const { momentum } = this.options;
    const blend = (name: string, now: Tensor) => {
      const before = this.weight(name);
      call.update(before, tf.add(tf.mul(before, momentum), tf.mul(now, 1 - momentum)));
    };
    blend('moving_mean', mean);
    blend('moving_variance', variance);
    return y;
  }

  override computeOutputShape(inputShape: Shape): Shape {
    return inputShape;
  }
}
