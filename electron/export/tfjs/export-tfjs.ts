/** Owns the export as a TensorFlow.js LayersModel folder, from a trained network to the files. */
import type { Plan } from '../../../shared/compiler/plan';
import type { PreparationState } from '../../../shared/document/preparation';
import { ok, type Result } from '../../../shared/result';
import type { WeightValues } from '../../engine/network/network';
import { GUIDE_FILE, PREPARATION_FILE, mayWrite, modelFiles, writeFolder } from './folder';
import { guideText } from './guide';
import { artifactsOf, layersModelOf } from './model';
import { exportPreparation } from './preparation';
import { topologyOf } from './topology';
import { verifyTfjs, type Expectation } from './verify';

export interface TrainedNetwork {
  plan: Plan;
  /** By `block/name`. */
  weights: WeightValues;
  /** As it was fitted when the run began. */
  preparation: PreparationState;
}

export interface TfjsFiles {
  /** Names in the folder. */
  files: string[];
  /** Of the predictions of the model that was read back; null where that was not asked for. */
  maxDifference: number | null;
}

/**
 * Problems: what TensorFlow.js cannot hold, a folder that cannot be written, and, with an expectation, a model that does not
 * meet it. Then nothing is left behind.
 */
export async function exportTfjs(
  { plan, weights, preparation }: TrainedNetwork,
  folder: string,
  expectation: Expectation | null,
): Promise<Result<TfjsFiles>> {
  const allowed = mayWrite(folder);
  if (!allowed.ok) return allowed;
  const topology = topologyOf(plan);
  if (!topology.ok) return topology;
  const described = exportPreparation(plan, preparation, topology.value);
  const model = await layersModelOf(plan, topology.value, weights);
  try {
    const files = modelFiles(await artifactsOf(model));
    files.set(PREPARATION_FILE, Buffer.from(`${JSON.stringify(described, null, 2)}\n`));
    files.set(GUIDE_FILE, Buffer.from(guideText(described.inputs, described.outputs)));
    const check = (beside: string): Promise<Result<number | null>> =>
      expectation === null ? Promise.resolve(ok(null)) : verifyTfjs(beside, expectation);
    const written = await writeFolder(folder, files, check);
    return written.ok ? ok({ files: [...files.keys()], maxDifference: written.value }) : written;
  } finally {
    model.dispose();
  }
}
