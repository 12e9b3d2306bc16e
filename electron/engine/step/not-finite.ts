/** Owns the search for the first tensor of a step that is infinite or undefined: data, outputs in order, losses, gradients, weights. */
import type { Scalar, Tensor, Variable } from '@tensorflow/tfjs';
import type { Plan } from '../../../shared/compiler/plan';
import type { ForwardOptions, Network } from '../network/network';
import { tf } from '../tensorflow';
import type { Batch } from './objective';
import type { NotFinite } from './step';

const largest = (tensor: Tensor): number =>
  tensor.size === 0 ? 0 : tf.tidy(() => tf.max(tf.abs(tensor)).dataSync()[0]);

/** TensorFlow's max may pass over a NaN; the product with zero keeps it, and makes one of an infinity. */
const finite = (tensor: Tensor): boolean => tf.tidy(() => tf.sum(tf.mul(tensor, 0)).dataSync()[0] === 0);

export interface StepTensors {
  plan: Plan;
  network: Network;
  trainable: ReadonlyMap<string, Variable>;
  batch: Batch;
  /** By loss block. */
  losses: ReadonlyMap<string, Scalar>;
  /** By the name of the variable. */
  gradients: Readonly<Record<string, Tensor | null>>;
  forward: ForwardOptions;
  /** Applies the gradients, so that the weights after the step can be looked at. */
  update: () => void;
}

/** `block/name` keys: ids of blocks inside composites hold slashes, names of weights none. */
const split = (key: string): { block: string; weight: string } => {
  const end = key.lastIndexOf('/');
  return { block: key.slice(0, end), weight: key.slice(end + 1) };
};

export function findNotFinite(step: StepTensors): NotFinite | null {
  const sizes = {
    largestInput: Math.max(0, ...[...step.batch.inputs.values()].map(largest)),
    largestLabel: Math.max(0, ...[...step.batch.labels.values()].map(largest)),
    largestWeight: Math.max(
      0,
      ...[...step.network.weights.values()].map(({ variable }) => largest(variable)),
    ),
  };
  const found = inData(step) ?? inOutputs(step) ?? inLosses(step) ?? inGradients(step) ?? afterUpdate(step);
  return found === null ? null : { ...found, ...sizes };
}

type Place = Pick<NotFinite, 'block' | 'tensor'>;

function inData({ batch }: StepTensors): Place | null {
  for (const [block, tensor] of batch.inputs) if (!finite(tensor)) return { block, tensor: 'input data' };
  for (const [block, tensor] of batch.labels) if (!finite(tensor)) return { block, tensor: 'labels' };
  return null;
}

function inOutputs({ network, batch, forward }: StepTensors): Place | null {
  const { outputs } = network.forward(batch.inputs, forward);
  for (const [block, tensor] of outputs) if (!finite(tensor)) return { block, tensor: 'output' };
  return null;
}

function inLosses({ losses }: StepTensors): Place | null {
  for (const [block, loss] of losses) if (!finite(loss)) return { block, tensor: 'loss' };
  return null;
}

/** Gradients flow from the loss back, so the last layer with a bad one is where it went bad first. */
function inGradients({ trainable, gradients }: StepTensors): Place | null {
  for (const [key, variable] of [...trainable].reverse()) {
    const gradient = gradients[variable.name];
    if (gradient !== undefined && gradient !== null && !finite(gradient)) {
      const { block, weight } = split(key);
      return { block, tensor: `gradient of ${weight}` };
    }
  }
  return null;
}

function afterUpdate({ network, update }: StepTensors): Place | null {
  update();
  for (const [key, { variable }] of network.weights) {
    if (!finite(variable)) {
      const { block, weight } = split(key);
      return { block, tensor: `${weight} after the update` };
    }
  }
  return null;
}
