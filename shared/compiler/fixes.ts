/** Turns what a block definition proposes into an edit of the document, and its findings into diagnostics. */
import type { Finding, FixProposal } from '../blocks/block';
import { feeder, type Graph, type Node } from './graph';
import type { Diagnostic, Fix } from './diagnostic';
import { insertBefore, newBlock, removeReconnecting } from './insert';
import { activationOf, shaperOf } from './rules/activations';

/** The layer whose `units` or `filters` decide the last axis at this port: back through layers that keep the width. */
export function widthLayer(
  graph: Graph,
  node: Node,
  port: string,
): { node: Node; parameter: 'units' | 'filters' } | null {
  const KEEPS_WIDTH = new Set([
    'Dropout',
    'BatchNormalization',
    'GlobalAveragePooling2D',
    'MaxPooling2D',
    'AveragePooling2D',
  ]);
  const seen = new Set<Node>();
  let layer = feeder(graph, node, port);
  while (layer && !seen.has(layer)) {
    seen.add(layer);
    for (const parameter of ['units', 'filters'] as const)
      if (Object.hasOwn(layer.values, parameter)) return { node: layer, parameter };
    const { category } = layer.definition;
    if (category !== 'Activation' && !KEEPS_WIDTH.has(layer.definition.type)) return null;
    layer = feeder(graph, layer);
  }
  return null;
}

const HIDDEN = new Set(['relu', 'relu6', 'leaky_relu', 'elu', 'selu', 'gelu', 'silu', 'mish', 'tanh']);

/** True where a loss reads a layer that no answer ends in: its width is not the one to change. */
function isHidden(graph: Graph, node: Node, layer: Node): boolean {
  if (node.definition.behaviour.kind !== 'loss') return false;
  const activation = activationOf(shaperOf(graph, feeder(graph, node, 'prediction')) ?? layer);
  return activation !== null && HIDDEN.has(activation);
}

function setWidth(graph: Graph, node: Node, port: string, width: number): Fix | null {
  const layer = widthLayer(graph, node, port);
  if (!layer) return null;
  if (isHidden(graph, node, layer.node)) {
    const edit = insertBefore(graph.document, node.id, port, { type: 'Dense', params: { units: width } });
    return edit && { label: `Insert Dense with ${width} ${width === 1 ? 'unit' : 'units'}`, edit };
  }
  return {
    label: `Set ${layer.parameter} to ${width}`,
    edit: { kind: 'set-param', id: layer.node.id, name: layer.parameter, value: width },
  };
}

const KEEPS_STEPS = new Set(['Dropout', 'BatchNormalization', 'LayerNormalization']);

function setBefore(
  graph: Graph,
  node: Node,
  { label, port, name, value }: Extract<FixProposal, { kind: 'set-before' }>,
): Fix | null {
  const seen = new Set<Node>();
  let layer = feeder(graph, node, port);
  while (layer && !seen.has(layer)) {
    seen.add(layer);
    if (Object.hasOwn(layer.values, name)) {
      const edit = { kind: 'set-param', id: layer.id, name, value } as const;
      return layer.values[name] === value ? null : { label: `${label} in ${layer.label}`, edit };
    }
    const { category, type } = layer.definition;
    if (category !== 'Activation' && !KEEPS_STEPS.has(type)) return null;
    layer = feeder(graph, layer);
  }
  return null;
}

function fixOf(graph: Graph, node: Node, proposal: FixProposal, findingPort: string | undefined): Fix | null {
  switch (proposal.kind) {
    case 'set-param': {
      const { name, value, label } = proposal;
      return { label, edit: { kind: 'set-param', id: node.id, name, value } };
    }
    case 'replace': {
      const { position, title, mode } = node.block;
      const block = {
        ...newBlock(proposal.type, position, proposal.params),
        title,
        ...(mode ? { mode } : {}),
      };
      return { label: proposal.label, edit: { kind: 'add-block', id: node.id, block } };
    }
    case 'insert-before': {
      const port = proposal.port ?? findingPort ?? node.ports.inputs.at(0)?.name;
      const edit = port === undefined ? null : insertBefore(graph.document, node.id, port, proposal);
      return edit && { label: proposal.label, edit };
    }
    case 'set-before':
      return setBefore(graph, node, proposal);
    case 'remove-before': {
      const before = feeder(graph, node, proposal.port);
      return before && proposal.types.includes(before.definition.type)
        ? {
            label: proposal.label.replace('Flatten', before.label),
            edit: removeReconnecting(graph.document, [before.id]),
          }
        : null;
    }
    case 'set-width':
      return setWidth(graph, node, proposal.port, proposal.width);
  }
}

export function diagnose(graph: Graph, node: Node, finding: Finding): Diagnostic {
  const { code, severity, port, message, why, fixes = [] } = finding;
  return {
    code,
    severity,
    block: node.id,
    port: port ?? null,
    message,
    why,
    fixes: fixes.flatMap((proposal) => fixOf(graph, node, proposal, port) ?? []),
  };
}
