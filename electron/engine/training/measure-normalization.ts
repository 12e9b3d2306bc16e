/**
 * Owns what Normalization layers are told before the first step: mean and variance of what arrives at them, over the
 * training samples. Keras' `adapt`.
 */
import type { Tensor } from '@tensorflow/tfjs';
import { weightKey, type Plan } from '../../../shared/compiler/plan';
import type { Network } from '../network/network';
import { batchOf } from '../step/objective';
import type { Samples } from '../step/samples';
import { tf } from '../tensorflow';

const ROWS = 512;

interface Moments {
  /** Values of each place. */
  count: number;
  mean: Float64Array;
  variance: Float64Array;
}

/** Two parts as one (Chan, Golub and LeVeque 1983). */
function joined(a: Moments, b: Moments): Moments {
  const count = a.count + b.count;
  const [of, to] = [a.count / count, b.count / count];
  const mean = a.mean.map((value, i) => of * value + to * b.mean[i]);
  const variance = a.variance.map(
    (value, i) => of * value + to * b.variance[i] + of * to * (a.mean[i] - b.mean[i]) ** 2,
  );
  return { count, mean, variance };
}

/** `kept`: the axes whose places are kept apart. */
function momentsOf(x: Tensor, kept: readonly number[]): Moments {
  const others = [...x.shape.keys()].filter((axis) => !kept.includes(axis));
  const { mean, variance } = tf.moments(x, others);
  const count = others.reduce((product, axis) => product * x.shape[axis], 1);
  return {
    count,
    mean: Float64Array.from(mean.dataSync()),
    variance: Float64Array.from(variance.dataSync()),
  };
}

function measure(block: string, kept: readonly number[], { plan, network, samples }: Measured): Moments {
  const [before] = plan.layers.find((layer) => layer.block === block)?.inbound ?? [];
  const parts: Moments[] = [];
  const rows = samples.parts.train;
  for (let start = 0; start < rows.length; start += ROWS) {
    const batchRows = rows.subarray(start, start + ROWS);
    tf.tidy(() => {
      const { outputs } = network.forward(batchOf(samples, batchRows).inputs, {
        training: false,
        step: tf.scalar(0, 'int32'),
        rows: batchRows.length,
        until: before,
      });
      const x = outputs.get(before);
      if (x === undefined) throw new Error(`${block} reads ${before}, which was not computed`);
      parts.push(momentsOf(x, kept));
    });
  }
  return parts.reduce(joined);
}

interface Measured {
  plan: Plan;
  network: Network;
  samples: Samples;
}

/** In the order of the plan, so that each one measures what those before it hand on. */
export function measureNormalization(measured: Measured): void {
  const { network, samples } = measured;
  if (samples.parts.train.length === 0) return;
  for (const [block, kept] of network.measured) {
    const found = measure(block, kept, measured);
    const put = (name: string, values: ArrayLike<number>) => {
      const variable = network.variables.get(weightKey(block, name));
      tf.tidy(() => variable?.assign(tf.tensor(Float32Array.from(values), variable.shape)));
    };
    put('mean', found.mean);
    put('variance', found.variance);
  }
}
