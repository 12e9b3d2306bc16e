/** Answers an export of the kept weights, on request proved by reading it back and predicting the same rows. */
import type { Tensor } from '@tensorflow/tfjs';
import type { Plan } from '../../../shared/compiler/plan';
import { MOST_TELLING_FIRST } from '../../../shared/document/facts';
import type { InspectRequests } from '../../../shared/protocol/engine';
import type { Exported } from '../../../shared/protocol/evaluation';
import { RandomStream } from '../../../shared/random/random';
import { ok, type Result } from '../../../shared/result';
import { generatorOf } from '../../export/generator';
import { exportTfjs } from '../../export/tfjs/export-tfjs';
import type { Expectation } from '../../export/tfjs/verify';
import { buildNetwork, type Network, type WeightValues } from '../network/network';
import { batchOf } from '../step/objective';
import type { Samples } from '../step/samples';
import { tf } from '../tensorflow';
import type { OpenedRun } from './opened-run';

const VERIFIED_ROWS = 256;

/** The rows that the run never learned from come first. */
function rowsToVerify({ parts }: Samples): Int32Array {
  const part = MOST_TELLING_FIRST.find((name) => parts[name].length > 0) ?? 'train';
  return parts[part].subarray(0, VERIFIED_ROWS);
}

/** Random numbers show as well whether two networks are the same; they stand in where the data of the run are gone. */
function randomInputs({ inputs }: Plan): Map<string, Tensor> {
  return new Map(
    inputs.map(({ block, shape }) => {
      const random = new RandomStream(0, block, 'verify');
      const full = shape.map((size, axis) => (axis === 0 ? VERIFIED_ROWS : (size ?? 1)));
      const count = full.reduce((product, size) => product * size, 1);
      return [
        block,
        tf.tensor(
          Float32Array.from({ length: count }, () => random.normal()),
          full,
        ),
      ];
    }),
  );
}

/** What the run's own network makes of some rows. `own` is null where the data are gone. */
function expectationOf(plan: Plan, network: Network, own: Samples | null): Expectation {
  return tf.tidy(() => {
    const inputs = own === null ? randomInputs(plan) : batchOf(own, rowsToVerify(own)).inputs;
    const { outputs } = network.forward(inputs, { training: false, step: tf.scalar(0, 'int32') });
    const read = (tensors: ReadonlyMap<string, Tensor>, block: string) => {
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

/** A network of its own, with the noise as an input. */
function ofGenerator(plan: Plan, weights: WeightValues): Expectation {
  const network = buildNetwork(plan, { seed: 0 });
  network.writeWeights(new Map([...weights].filter(([key]) => network.weights.has(key))));
  try {
    return expectationOf(plan, network, null);
  } finally {
    network.dispose();
  }
}

export async function exportRun(
  opened: OpenedRun,
  { format, path, verify }: InspectRequests['export'],
): Promise<Result<Exported>> {
  const network = await opened.networkOf('kept');
  if (!network.ok) return network;
  const weights = network.value.readWeights();
  const generator = generatorOf(opened.plan);
  const own = verify && generator === null ? await opened.samples() : null;
  const plan = generator ?? opened.plan;
  const expectation = !verify
    ? null
    : generator === null
      ? expectationOf(plan, network.value, own?.ok ? own.value.samples : null)
      : ofGenerator(generator, weights);
  const trained = { plan, weights, preparation: opened.preparation };
  const written = await exportTfjs(trained, path, expectation);
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
