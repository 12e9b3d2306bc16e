/** Owns the way between a plan with its weights and a live, plain TensorFlow.js LayersModel. */
import type { io, LayersModel, Tensor } from '@tensorflow/tfjs';
import { weightKey, type Plan } from '../../../shared/compiler/plan';
import type { WeightValues } from '../../engine/network/network';
import { tf } from '../../engine/tensorflow';
import type { Topology } from './topology';

/** Weights are set by block and name; the order in which TensorFlow.js keeps them plays no part. */
function setWeights(
  model: LayersModel,
  plan: Plan,
  { layerOfBlock, weightNames, weightOrder }: Topology,
  weights: WeightValues,
): void {
  for (const { block, shares } of plan.layers) {
    const name = layerOfBlock.get(block);
    const layer = model.getLayer(name ?? block);
    if (layer.weights.length === 0) continue;
    tf.tidy(() => {
      const values = layer.weights.map((weight, i): Tensor => {
        const written = weight.originalName.split('/').pop() ?? '';
        const name = weightOrder.get(block)?.[i] ?? weightNames.get(block)?.[written] ?? written;
        // A layer that is used twice is written twice, with the same weights.
        const key = weightKey(shares ?? block, name);
        const given = weights.get(key);
        if (given === undefined) throw new Error(`the weights ${key} are missing`);
        // A tensor may keep the array that it was made from.
        return tf.tensor(given.values.slice(), given.shape);
      });
      layer.setWeights(values);
    });
  }
}

/** The caller disposes it. */
export async function layersModelOf(
  plan: Plan,
  topology: Topology,
  weights: WeightValues,
): Promise<LayersModel> {
  const model = await tf.loadLayersModel(tf.io.fromMemory({ modelTopology: topology.model }));
  setWeights(model, plan, topology, weights);
  return model;
}

/** The model as TensorFlow.js itself writes it. */
export async function artifactsOf(model: LayersModel): Promise<io.ModelArtifacts> {
  let kept: io.ModelArtifacts | null = null;
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      kept = artifacts;
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const },
      });
    }),
  );
  if (kept === null) throw new Error('TensorFlow.js saved nothing');
  return kept;
}
