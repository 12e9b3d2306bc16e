/**
 * Owns batch normalisation over a batch's own statistics as one kernel of the native backend, and its gradient as
 * another: TensorFlow's fused ones read the values once where separate operations read them a dozen times.
 */
import type { GradConfig, KernelConfig, Tensor, Tensor1D } from '@tensorflow/tfjs';
import type { NodeJSKernelBackend } from '@tensorflow/tfjs-node/dist/nodejs_kernel_backend';
import { tf } from '../../tensorflow';

const KERNEL = 'AxonryBatchNorm';

type Attributes = Parameters<NodeJSKernelBackend['executeMultipleOutputs']>[1];
interface Call {
  x: Tensor;
  gamma: Tensor;
  beta: Tensor;
}

const attributesOf = ({ binding }: NodeJSKernelBackend, epsilon: number): Attributes => [
  { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
  { name: 'U', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
  { name: 'epsilon', type: binding.TF_ATTR_FLOAT, value: epsilon },
  { name: 'data_format', type: binding.TF_ATTR_STRING, value: 'NHWC' },
  { name: 'is_training', type: binding.TF_ATTR_BOOL, value: true },
];

/** Puts out y, mean, variance with n − 1, and three tensors that only the gradient understands. */
const forward: KernelConfig = {
  kernelName: KERNEL,
  backendName: 'tensorflow',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const native = backend as NodeJSKernelBackend;
    const { x, gamma, beta } = inputs as unknown as Call;
    const attributes = attributesOf(native, attrs?.epsilon as number);
    return tf.tidy(() => {
      const none = tf.tensor1d([]);
      return native.executeMultipleOutputs('FusedBatchNormV3', attributes, [x, gamma, beta, none, none], 6);
    });
  },
};

const backward: KernelConfig = {
  kernelName: `${KERNEL}Grad`,
  backendName: 'tensorflow',
  kernelFunc: ({ inputs, attrs, backend }) => {
    const native = backend as NodeJSKernelBackend;
    const { dy, x, gamma, first, second, third } = inputs as unknown as Record<string, Tensor>;
    const attributes = attributesOf(native, attrs?.epsilon as number);
    return native.executeMultipleOutputs('FusedBatchNormGradV3', attributes, [dy, x, gamma, first, second, third], 5).slice(0, 3);
  },
}; // prettier-ignore

/** Only y has a gradient: the moving averages that the statistics go into have none. */
const gradient: GradConfig = {
  kernelName: KERNEL,
  inputsToSave: ['x', 'gamma'],
  outputsToSave: [false, false, false, true, true, true],
  gradFunc: (dy, [x, gamma, first, second, third], attrs) => {
    const [dx, dGamma, dBeta] = tf
      .engine()
      .runKernel<Tensor[]>(`${KERNEL}Grad`, { dy: (dy as Tensor[])[0], x, gamma, first, second, third }, attrs);
    return { x: () => dx, gamma: () => dGamma, beta: () => dBeta };
  },
}; // prettier-ignore

function registered(): boolean {
  if (tf.getBackend() !== 'tensorflow') return false;
  if (tf.getGradient(KERNEL) === undefined) {
    tf.registerKernel(forward);
    tf.registerKernel(backward);
    tf.registerGradient(gradient);
  }
  return true;
}

export interface Normalized {
  y: Tensor;
  mean: Tensor;
  /** Of the batch, divided by n. */
  variance: Tensor;
}

/** `x` is [..., channels]. null where the backend has no such kernel. */
export function fusedBatchNorm(x: Tensor, gamma: Tensor1D, beta: Tensor1D, epsilon: number): Normalized | null {
  if (!registered()) return null;
  const channels = x.shape[x.rank - 1];
  const n = x.size / channels;
  const pictures = x.rank === 4 ? x : tf.reshape(x, [n, 1, 1, channels]);
  const [y, mean, unbiased] = tf.engine().runKernel<Tensor[]>(KERNEL, { x: pictures, gamma, beta }, { epsilon });
  return { y: tf.reshape(y, x.shape), mean, variance: tf.mul(unbiased, (n - 1) / n) };
} // prettier-ignore
