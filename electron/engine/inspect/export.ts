/** Answers an export of the kept weights, on request proved by reading it back and predicting the same rows. */
import { PARTS } from '../../../shared/document/facts';
import type { InspectRequests } from '../../../shared/protocol/engine';
import type { Exported } from '../../../shared/protocol/evaluation';
import { ok, type Result } from '../../../shared/result';
import { exportTfjs } from '../../export/tfjs/export-tfjs';
import type { Expectation } from '../../export/tfjs/verify';
import type { Network } from '../network/network';
import { batchOf } from '../step/objective';
import { tf } from '../tensorflow';
import type { OpenedRun } from './opened-run';

const VERIFIED_ROWS = 256;

/** The rows that the run never learned from come first. */
function rowsToVerify(opened: OpenedRun): Int32Array {
  const { parts } = opened.samples;
  const part = [...PARTS].reverse().find((name) => parts[name].length > 0) ?? 'train';
  return parts[part].subarray(0, VERIFIED_ROWS);
}

function expectationOf(opened: OpenedRun, network: Network): Expectation {
  const { plan, samples } = opened;
  return tf.tidy(() => {
    const { inputs } = batchOf(samples, rowsToVerify(opened));
    const { outputs } = network.forward(inputs, { training: false, step: tf.scalar(0, 'int32') });
    const read = (tensors: typeof outputs, block: string) => {
      const tensor = tensors.get(block);
      if (tensor === undefined) throw new Error(`the network has no ${block}`);
      return { shape: tensor.shape, values: Float32Array.from(tensor.dataSync()) };
    };
    return {
      inputs: plan.inputs.map(({ block }) => read(inputs, block)),
      outputs: plan.outputs.map((block) => read(outputs, block).values),
    };
  });
}

export async function exportRun(opened: OpenedRun, { format, path, verify }: InspectRequests['export']): Promise<Result<Exported>> {
  const network = await opened.networkOf('kept');
  if (!network.ok) return network;
  const trained = { plan: opened.plan, weights: network.value.readWeights(), preparation: opened.preparation };
  const written = await exportTfjs(trained, path, verify ? expectationOf(opened, network.value) : null);
  if (!written.ok) return written;
  return ok({
    type: 'export',
    path,
    format,
    files: written.value.files,
    verified: verify,
    maxDifference: written.value.maxDifference,
    reader: verify ? `TensorFlow.js ${tf.version.tfjs}, tf.loadLayersModel` : null,
  });
}
