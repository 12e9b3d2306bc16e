/** Owns what rules ask about activations: which one made the values at a place, and how to change it. */
import { feeder, type Graph, type Node } from '../graph';
import type { Fix } from '../diagnostic';
import { newBlock } from '../insert';

const PASSES_ON = new Set(['Dropout', 'Flatten', 'Reshape', 'AveragePooling2D', 'GlobalAveragePooling2D']);

/** The activation that a layer applies, `null` for none and for what is no layer. */
export const activationOf = (node: Node): string | null =>
  node.definition.behaviour.kind === 'layer' ? node.definition.behaviour.activation(node.values) : null;

/** The layer that gave the values at a port their range: back through layers that do not change it. */
export const shapedBy = (graph: Graph, node: Node, port?: string): Node | null =>
  shaperOf(graph, feeder(graph, node, port));

/** The layer that gave the values of this one their range: itself, or one before it. */
export function shaperOf(graph: Graph, node: Node | null): Node | null {
  const seen = new Set<Node>();
  let layer = node;
  while (layer && !seen.has(layer)) {
    seen.add(layer);
    const isLinear = layer.definition.category === 'Activation' && activationOf(layer) === null;
    if (!isLinear && !PASSES_ON.has(layer.definition.type)) return layer;
    layer = feeder(graph, layer);
  }
  return layer;
}

const BLOCK_OF: Partial<Record<string, string>> = {
  softmax: 'Softmax',
  sigmoid: 'Sigmoid',
  tanh: 'Tanh',
  relu: 'ReLU',
  linear: 'Linear',
};

/** Another activation at the same place: the parameter where there is one, else the block. */
export function setActivation(node: Node, activation: string): Fix | null {
  if (Object.hasOwn(node.values, 'activation')) {
    const value = activation === 'linear' ? undefined : activation;
    return {
      label: `Set activation to ${activation}`,
      edit: { kind: 'set-param', id: node.id, name: 'activation', value },
    };
  }
  if (node.definition.category !== 'Activation') return null;
  const type = BLOCK_OF[activation];
  if (type === undefined) return null;
  return {
    label: `Replace with ${type}`,
    edit: {
      kind: 'add-block',
      id: node.id,
      block: { ...newBlock(type, node.block.position), title: node.block.title },
    },
  };
}
