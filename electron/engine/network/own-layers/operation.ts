/** Owns layers that TensorFlow.js lacks or computes otherwise than Keras: a function of inputs, weights and the call. */
import type { Shape, Tensor, Variable } from '@tensorflow/tfjs';
import { tf } from '../../tensorflow';
import type { LayerCall } from '../layer-call';

export type Compute = (
  inputs: readonly Tensor[],
  weights: Readonly<Record<string, Tensor>>,
  call: LayerCall,
) => Tensor;

export class Operation extends tf.layers.Layer {
  static readonly className = 'Axonry>Operation';
  /** By Keras' names, once it is built. */
  readonly own: Record<string, Variable> = {};

  /** `weightShapes`: by Keras' names, in Keras' order; `fixed`: those that no gradient changes. */
  constructor(
    readonly compute: Compute,
    private readonly weightShapes: Readonly<Record<string, readonly number[]>> = {},
    private readonly fixed: readonly string[] = [],
  ) {
    super({});
  }

  override build(_inputShape: Shape | Shape[]): void {
    for (const [name, shape] of Object.entries(this.weightShapes)) {
      const trainable = !this.fixed.includes(name);
      const start = tf.initializers.zeros();
      const weight = this.addWeight(name, [...shape], 'float32', start, undefined, trainable);
      this.own[name] = weight.read() as Variable;
    }
    this.built = true;
  }

  weight(name: string): Variable {
    if (!Object.hasOwn(this.own, name)) throw new Error(`this layer has no weight ${name}`);
    return this.own[name];
  }

  override call(inputs: Tensor | Tensor[], kwargs: unknown): Tensor {
    return this.compute(Array.isArray(inputs) ? inputs : [inputs], this.own, kwargs as LayerCall);
  }
}

/** The length of an axis that weights depend on. The compiler lets no plan pass in which it is free. */
export function lengthOf(shape: readonly (number | null)[], axis: number): number {
  const length = shape.at(axis);
  if (typeof length !== 'number') throw new Error(`axis ${axis} of ${JSON.stringify(shape)} has no length`);
  return length;
}
