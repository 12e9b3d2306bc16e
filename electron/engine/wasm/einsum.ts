/** Owns sums of products by an equation of Einstein's: both sides in order, then one product of matrices. */
import type { KernelConfig, Tensor } from '@tensorflow/tfjs';
import { tf } from '../tensorflow';

/** Two operands, no label twice in one of them, as in `abc,cde->abde`. A label may not vanish from one operand alone. */
export const einsum: KernelConfig = {
  kernelName: 'Einsum',
  backendName: 'wasm',
  kernelFunc: ({ inputs, attrs }) => {
    const operands = Object.values(inputs) as Tensor[];
    const { equation } = attrs as { equation: string };
    const [left, right, result] = equation.replaceAll(' ', '').split(/,|->/).map((labels) => [...labels]); // prettier-ignore
    const lengths = new Map<string, number>();
    [left, right].forEach((labels, i) =>
      labels.forEach((label, axis) => lengths.set(label, operands[i].shape[axis])),
    );
    const size = (labels: readonly string[]) =>
      labels.reduce((product, label) => product * (lengths.get(label) ?? 1), 1);
    const shared = left.filter((label) => right.includes(label));
    const batch = shared.filter((label) => result.includes(label));
    const summed = shared.filter((label) => !result.includes(label));
    const rows = left.filter((label) => !shared.includes(label));
    const columns = right.filter((label) => !shared.includes(label));
    const arranged = (operand: Tensor, labels: string[], order: string[], shape: number[]) =>
      tf.reshape(tf.transpose(operand, order.map((label) => labels.indexOf(label))), shape); // prettier-ignore
    return tf.tidy(() => {
      const a = arranged(operands[0], left, [...batch, ...rows, ...summed], [size(batch), size(rows), size(summed)]); // prettier-ignore
      const b = arranged(operands[1], right, [...batch, ...summed, ...columns], [size(batch), size(summed), size(columns)]); // prettier-ignore
      const order = [...batch, ...rows, ...columns];
      const product = tf.reshape(tf.matMul(a, b), order.map((label) => lengths.get(label) ?? 1)); // prettier-ignore
      return tf.transpose(product, result.map((label) => order.indexOf(label))); // prettier-ignore
    });
  },
};
