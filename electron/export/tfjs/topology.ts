/**
 * Owns the description of a plan's network as a TensorFlow.js LayersModel: standard layers only, so that any program with
 * TensorFlow.js opens it. What cannot be said so is refused with the block and the reason. Knows no files.
 */
import type { Json } from '../../../shared/document/document';
import { maskedOutputs } from '../../../shared/compiler/masks';
import type { Plan } from '../../../shared/compiler/plan';
import { fail, ok, type Result } from '../../../shared/result';
import { adaptPlanLayer } from '../../engine/network/network';
import { whyNotHeld, whyNotHeldWithMask } from './unsupported';

interface ModelLayer {
  name: string;
  class_name: string;
  config: Record<string, Json>;
  inbound_nodes: Json[];
}
export interface Topology {
  /** `modelTopology` of a model.json. */
  model: { class_name: 'Model'; config: Record<string, Json>; keras_version: string; backend: string };
  /** Which layer holds the weights of a block. */
  layerOfBlock: ReadonlyMap<string, string>;
  /** Our names of a block's weights by TensorFlow.js', where they differ. */
  weightNames: ReadonlyMap<string, Readonly<Record<string, string>>>;
  /** Our names of a block's weights in TensorFlow.js' order, where its own names repeat. */
  weightOrder: ReadonlyMap<string, readonly string[]>;
  /** Names of the model's inputs and outputs, in the order of the plan's. */
  inputs: string[];
  outputs: string[];
}

/** Names of layers are parts of the names of weights, which TensorFlow.js wants to begin with a letter or a digit. */
class LayerNames {
  private readonly taken: Set<string>;
  constructor(blocks: readonly string[]) {
    this.taken = new Set(blocks);
  }
  ofBlock(block: string): string {
    return /^[A-Za-z0-9]/.test(block) ? block : this.free(`block${block}`);
  }
  /** For the layers that follow the first one of a block. */
  free(wish: string): string {
    let name = wish;
    for (let i = 2; this.taken.has(name); i++) name = `${wish}_${i}`;
    this.taken.add(name);
    return name;
  }
}

const reference = (layer: string): Json => [layer, 0, 0, {}];

/** An input that reaches nothing would be dropped by TensorFlow.js, and the model would ask for fewer inputs. */
function unusedInput(plan: Plan): string | null {
  const read = new Set([...plan.layers.flatMap((layer) => layer.inbound), ...plan.outputs]);
  return plan.inputs.find((input) => !read.has(input.block))?.block ?? null;
}

export function topologyOf(plan: Plan): Result<Topology> {
  const unused = unusedInput(plan);
  if (unused !== null) {
    return fail(
      'export/unused-input',
      `The input ${unused} feeds nothing, and TensorFlow.js would leave it out. Connect it or delete it.`,
    );
  }
  const masked = maskedOutputs(plan.layers);
  const names = new LayerNames([...plan.inputs, ...plan.layers].map(({ block }) => block));
  const layers: ModelLayer[] = [];
  /** The layer that a block's output comes from: the last of those that it became. */
  const outputOf = new Map<string, string>();
  const layerOfBlock = new Map<string, string>();
  const weightNames = new Map<string, Readonly<Record<string, string>>>();
  const weightOrder = new Map<string, readonly string[]>();
  const nameOf = (block: string): string => {
    const name = outputOf.get(block);
    if (name === undefined) throw new Error(`${block} is read before it stands in the plan`);
    return name;
  };

  for (const { block, shape } of plan.inputs) {
    const name = names.ofBlock(block);
    layers.push({
      name,
      class_name: 'InputLayer',
      config: { name, batch_input_shape: [...shape], dtype: 'float32', sparse: false },
      inbound_nodes: [],
    });
    outputOf.set(block, name);
  }
  for (const layer of plan.layers) {
    const { tfjs } = adaptPlanLayer(plan, layer);
    const hasMask = layer.inbound.some((block) => masked.has(block));
    const reason = tfjs.ok
      ? (whyNotHeld(layer) ?? (hasMask ? whyNotHeldWithMask(layer) : null))
      : tfjs.reason;
    if (!tfjs.ok || reason !== null) {
      return fail(
        'export/layer',
        `The block ${layer.block} (${layer.class_name}) cannot be written for TensorFlow.js: ${reason}`,
      );
    }
    const first = names.ofBlock(layer.block);
    layerOfBlock.set(layer.block, first);
    if (tfjs.weightOrder) weightOrder.set(layer.block, tfjs.weightOrder);
    if (tfjs.weightNames) weightNames.set(layer.block, tfjs.weightNames);
    let inbound = layer.inbound.map(nameOf);
    for (const [i, { class_name, config }] of tfjs.layers.entries()) {
      const name = i === 0 ? first : names.free(`${first}_${class_name.toLowerCase()}`);
      layers.push({ name, class_name, config: { ...config, name }, inbound_nodes: [inbound.map(reference)] });
      inbound = [name];
    }
    outputOf.set(layer.block, inbound[0]);
  }

  const inputs = plan.inputs.map(({ block }) => nameOf(block));
  const outputs = plan.outputs.map(nameOf);
  const config: Record<string, Json> = {
    name: 'axonry',
    layers: layers.map((layer) => ({ ...layer })),
    input_layers: inputs.map((name) => [name, 0, 0]),
    output_layers: outputs.map((name) => [name, 0, 0]),
  };
  return ok({
    model: { class_name: 'Model', config, keras_version: 'tfjs-layers', backend: 'tensor_flow.js' },
    layerOfBlock,
    weightNames,
    weightOrder,
    inputs,
    outputs,
  });
}
