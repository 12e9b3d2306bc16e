/**
 * Owns the LSTM's walk along a sequence on the native backend, by TensorFlow's kernels for one step. A dozen operations for
 * the gates of a step are one, and so are those of their gradients; of large steps the product stays apart.
 */
import type { Tensor } from '@tensorflow/tfjs';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend';
import { tf } from '../../../tensorflow';
import type { CellWeights } from './cells';

type Attributes = Parameters<NodeJSKernelBackend['executeMultipleOutputs']>[1];
type Save = (tensors: Tensor[]) => void;

export interface Walk {
  goBackwards: boolean;
  returnSequences: boolean;
}

/** One step of a walk: its input [batch, features] and the states before it, [batch, units]. */
interface Step {
  x: Tensor;
  h: Tensor;
  c: Tensor;
}

/** What a step puts out, as the kernels name it, all [batch, units]: `ci` is the candidate, `cs` the carry, `co` its tanh. */
const COMPUTED = ['i', 'cs', 'f', 'o', 'ci', 'co', 'h'] as const;
type Computed = Record<(typeof COMPUTED)[number], Tensor>;

const listOf = (computed: Computed): Tensor[] => COMPUTED.map((name) => computed[name]);
const computedOf = (list: readonly Tensor[]): Computed =>
  Object.fromEntries(COMPUTED.map((name, i) => [name, list[i]])) as Computed;

/**
 * Up to this many multiplications and additions of a step, the kernel that also does the product is the faster one: its
 * product takes longer than TensorFlow's own, but there is one operation instead of twelve.
 */
const LITTLE = 4e6;

/** Keras orders the gates as input, forget, candidate, output, the kernels as input, candidate, forget, output: its own inverse. */
function reordered(columns: Tensor): Tensor {
  const axis = columns.rank - 1;
  const [i, second, third, o] = tf.split(columns, 4, axis);
  return tf.concat([i, third, second, o], axis);
}

/** The kernels, with what is the same for every step. */
class StepKernels {
  private readonly native = tf.backend() as NodeJSKernelBackend;
  /** [features + units, 4 · units], in the kernels' order of gates. */
  readonly weights: Tensor;
  private readonly bias: Tensor;
  /** Weights from the carry to the gates, which Keras' LSTM has not. */
  private readonly none: Tensor;
  private readonly attributes: Attributes;

  constructor(kernel: Tensor, recurrentKernel: Tensor, bias: Tensor) {
    this.weights = reordered(tf.concat([kernel, recurrentKernel], 0));
    this.bias = reordered(bias);
    this.none = tf.zeros([bias.size / 4]);
    const { binding } = this.native;
    this.attributes = [
      { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
      { name: 'use_peephole', type: binding.TF_ATTR_BOOL, value: false },
    ];
  }

  private inputs({ x, h, c }: Step): Tensor[] {
    return [x, c, h, this.weights, this.none, this.none, this.none, this.bias];
  }

  forward(step: Step): Computed {
    const { TF_ATTR_FLOAT } = this.native.binding;
    const attributes = [
      ...this.attributes,
      { name: 'forget_bias', type: TF_ATTR_FLOAT, value: 0 },
      { name: 'cell_clip', type: TF_ATTR_FLOAT, value: -1 },
    ];
    const inputs = this.inputs(step);
    return computedOf(
      this.native.executeMultipleOutputs('LSTMBlockCell', attributes, inputs, COMPUTED.length),
    );
  }

  /** Gradients of the carry before and of the sums in the gates, [batch, 4 · units]. */
  backward(step: Step, done: Computed, dh: Tensor, dc: Tensor): readonly Tensor[] {
    const inputs = [...this.inputs(step), ...listOf(done).slice(0, -1), dc, dh];
    return this.native.executeMultipleOutputs('LSTMBlockCellGrad', this.attributes, inputs, 5);
  }
}

/** The same by separate operations; `projected` is [batch, 4 · units] in Keras' order of gates. */
function separately(projected: Tensor, recurrentKernel: Tensor, { h, c }: Omit<Step, 'x'>): Computed {
  const parts = tf.split(tf.add(projected, tf.matMul(h, recurrentKernel)), 4, 1);
  const [i, f, o] = [parts[0], parts[1], parts[3]].map((part) => tf.sigmoid(part));
  const ci = tf.tanh(parts[2]);
  const cs: Tensor = tf.add(tf.mul(f, c), tf.mul(i, ci));
  const co = tf.tanh(cs);
  return { i, cs, f, o, ci, co, h: tf.mul(o, co) };
}

class LstmWalk {
  private readonly isLittle: boolean;
  private readonly start: Omit<Step, 'x'>;

  /** `x`: [steps, batch, features]; the weights are Keras'. */
  constructor(
    private readonly x: Tensor,
    private readonly kernel: Tensor,
    private readonly recurrentKernel: Tensor,
    private readonly bias: Tensor,
    private readonly walk: Walk,
  ) {
    const [, batch, features] = x.shape;
    const [units, columns] = recurrentKernel.shape as [number, number];
    this.isLittle = batch * (features + units) * columns <= LITTLE;
    const zeros = tf.zeros([batch, units]);
    this.start = { h: zeros, c: zeros };
  }

  private inOrder<T>(list: readonly T[]): T[] {
    return this.walk.goBackwards ? [...list].reverse() : [...list];
  }

  /** [steps, batch, …] → [steps · batch, …]. */
  private rows(sequence: Tensor): Tensor {
    return tf.reshape(sequence, [-1, sequence.shape[2] ?? 1]);
  }

  private statesBefore(done: readonly Computed[], time: number): Omit<Step, 'x'> {
    return time === 0 ? this.start : { h: done[time - 1].h, c: done[time - 1].cs };
  }

  forward(): Computed[] {
    const { x, kernel, recurrentKernel, bias } = this;
    const inputs = this.inOrder(tf.unstack(x, 0));
    const done: Computed[] = [];
    if (this.isLittle) {
      const kernels = new StepKernels(kernel, recurrentKernel, bias);
      for (const [time, input] of inputs.entries())
        done.push(kernels.forward({ x: input, ...this.statesBefore(done, time) }));
      return done;
    }
    const all = tf.add(tf.matMul(this.rows(x), kernel), bias);
    const projected = tf.unstack(tf.reshape(all, [x.shape[0], -1, bias.size]), 0);
    for (const [time, one] of this.inOrder(projected).entries())
      done.push(separately(one, recurrentKernel, this.statesBefore(done, time)));
    return done;
  }

  /** Gradients of x, kernel, recurrent kernel and bias. `asked`: of the outputs, null where a step's own is not asked for. */
  backward(done: readonly Computed[], asked: readonly (Tensor | null)[]): Tensor[] {
    const { x, kernel, recurrentKernel, bias } = this;
    const features = kernel.shape[0];
    const kernels = new StepKernels(kernel, recurrentKernel, bias);
    const [ofInput, ofState] = tf.split(kernels.weights, [features, recurrentKernel.shape[0]], 0);
    // Transposed once: a product with a transposed factor takes longer, of small ones twice as long.
    const back = tf.transpose(ofState);
    const inputs = this.inOrder(tf.unstack(x, 0));
    const gates: Tensor[] = [];
    let dc = this.start.c;
    for (let time = done.length - 1; time >= 0; time--) {
      const later = gates.length === 0 ? null : tf.matMul(gates[0], back);
      const dh = [asked[time], later].filter((part) => part !== null).reduce((a, b) => tf.add(a, b));
      const step = { x: inputs[time], ...this.statesBefore(done, time) };
      const [before, sums] = kernels.backward(step, done[time], dh, dc);
      dc = before;
      gates.unshift(sums);
    }
    const all = this.rows(tf.stack(this.inOrder(gates), 0));
    return [
      tf.reshape(tf.matMul(all, ofInput, false, true), x.shape),
      reordered(tf.matMul(this.rows(x), all, true)),
      reordered(this.ofRecurrent(done, gates, all)),
      reordered(tf.sum(all, 0)),
    ];
  }

  /** Σ hᵀ·gates over the steps: small products as one, large ones one by one, beside the way back through time. */
  private ofRecurrent(done: readonly Computed[], gates: readonly Tensor[], all: Tensor): Tensor {
    const before = done.map((_, time) => this.statesBefore(done, time).h);
    if (this.isLittle) return tf.matMul(this.rows(tf.stack(this.inOrder(before), 0)), all, true);
    return before.map((h, time) => tf.matMul(h, gates[time], true)).reduce((sum, one) => tf.add(sum, one));
  }
}

/**
 * [steps, batch, features] → [batch, units], or [batch, steps, units] in the order of the walk where sequences are returned.
 * Gates are sigmoids, all else is a hyperbolic tangent. null where the backend has no such kernels.
 */
export function walkLstm(x: Tensor, { kernel, recurrent_kernel, ...rest }: CellWeights, walk: Walk): Tensor | null {
  if (tf.getBackend() !== 'tensorflow') return null;
  const bias = (rest.bias as Tensor | undefined) ?? tf.zeros([recurrent_kernel.shape[1] ?? 0]);
  return tf.customGrad<Tensor>((...args) => {
    const [x, kernel, recurrentKernel, bias, save] = args as unknown as [Tensor, Tensor, Tensor, Tensor, Save];
    const done = new LstmWalk(x, kernel, recurrentKernel, bias, walk).forward();
    save([x, kernel, recurrentKernel, bias, ...done.flatMap(listOf)]);
    const outputs = done.map(({ h }) => h);
    return {
      value: walk.returnSequences ? tf.stack(outputs, 1) : outputs[outputs.length - 1],
      gradFunc: (dy, [x, kernel, recurrentKernel, bias, ...saved]) => {
        const kept = outputs.map((_, time) => computedOf(saved.slice(time * COMPUTED.length)));
        const asked = walk.returnSequences ? tf.unstack(dy, 1) : kept.map((_, time) => (time === kept.length - 1 ? dy : null));
        return new LstmWalk(x, kernel, recurrentKernel, bias, walk).backward(kept, asked);
      },
    };
  })(x, kernel, recurrent_kernel, bias);
} // prettier-ignore
