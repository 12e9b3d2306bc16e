/** Owns the export as a TensorFlow.js LayersModel folder, from a trained network to the files. */
import type { Plan } from '../../../shared/compiler/plan';
import type { PreparationState } from '../../../shared/document/preparation';
import type { Result } from '../../../shared/result';
import type { WeightValues } from '../../engine/network/network';
import { GUIDE_FILE, PREPARATION_FILE, mayWrite, modelFiles, writeFolder } from './folder';
import { guideText } from './guide';
import { artifactsOf, layersModelOf } from './model';
import { exportPreparation } from './preparation';
import { topologyOf } from './topology';

export interface TrainedNetwork {
  plan: Plan;
  /** By `block/name`. */
  weights: WeightValues;
  /** As it was fitted when the run began. */
  preparation: PreparationState;
}

/** Answers the paths of the files. Problems: what TensorFlow.js cannot hold, and a folder that cannot be written. */
export async function exportTfjs({ plan, weights, preparation }: TrainedNetwork, folder: string): Promise<Result<string[]>> {
  const allowed = mayWrite(folder);
  if (!allowed.ok) return allowed;
  const topology = topologyOf(plan);
  if (!topology.ok) return topology;
  const model = await layersModelOf(plan, topology.value, weights);
  const described = exportPreparation(plan, preparation, topology.value);
  try {
    const files = modelFiles(await artifactsOf(model));
    files.set(PREPARATION_FILE, Buffer.from(`${JSON.stringify(described, null, 2)}\n`));
    files.set(GUIDE_FILE, Buffer.from(guideText(described.inputs, described.outputs)));
    return writeFolder(folder, files);
  } finally {
    model.dispose();
  }
}
