/** Owns Conv2D with a dilation rate above 1, for which TensorFlow.js has no gradient. */
import type { Rank, Shape, Tensor, Tensor4D, Variable } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow';

export interface DilatedConv2DOptions {
  filters: number;
  kernelSize: [number, number];
  padding: 'valid' | 'same';
  dilationRate: [number, number];
  useBias: boolean;
}

/** Puts rate − 1 zeros between the taps of the kernel: an ordinary convolution with it is the dilated one. */
export function spread(kernel: Tensor, [rateY, rateX]: readonly [number, number]): Tensor4D {
  const [height, width, channels, filters] = kernel.shape;
  const apart = tf.pad(tf.reshape(kernel, [height, 1, width, 1, channels * filters]), [
    [0, 0],
    [0, rateY - 1],
    [0, 0],
    [0, rateX - 1],
    [0, 0],
  ]);
  const whole = tf.reshape<Rank.R4>(apart, [height * rateY, width * rateX, channels, filters]);
  return tf.slice4d(
    whole,
    [0, 0, 0, 0],
    [(height - 1) * rateY + 1, (width - 1) * rateX + 1, channels, filters],
  );
}

export class DilatedConv2D extends tf.layers.Layer {
  static readonly className = 'Axonry>DilatedConv2D';
  private kernel: Variable | null = null;
  private bias: Variable | null = null;

  constructor(private readonly options: DilatedConv2DOptions) {
    super({});
  }

  override build(inputShape: Shape): void {
    const { kernelSize, filters, useBias } = this.options;
    const channels = inputShape.at(-1);
    if (typeof channels !== 'number')
      throw new Error(`${JSON.stringify(inputShape)} has no number of channels`);
    const add = (name: string, shape: number[]): Variable =>
      this.addWeight(name, shape, 'float32', tf.initializers.zeros()).read() as Variable;
    this.kernel = add('kernel', [...kernelSize, channels, filters]);
    if (useBias) this.bias = add('bias', [filters]);
    this.built = true;
  }

  override call(inputs: Tensor | Tensor[]): Tensor {
    const x = (Array.isArray(inputs) ? inputs[0] : inputs) as Tensor4D;
    if (this.kernel === null) throw new Error('the layer was called before it was built');
    const y = tf.conv2d(x, spread(this.kernel, this.options.dilationRate), 1, this.options.padding);
    return this.bias === null ? y : tf.add(y, this.bias);
  }
}
