/**
 * Owns the objects that React Flow is given: they are made from the document and kept as long as nothing about them
 * changes. While blocks are dragged only these move; the document gets one edit at the end.
 */
import type { Document } from '../../shared/document/document';
import { geometryOf } from './geometry';
import type { BlockFlowNode } from './block-node';
import type { NoteFlowNode } from './note-node';
import type { WireFlowEdge } from './wire-edge';
import type { Selection } from '../state/project-store';
import { inWireOrder } from './wire-order';

export type FlowNode = BlockFlowNode | NoteFlowNode;

const nodeData: Record<string, never> = {};

const samePlace = (a: FlowNode, b: FlowNode): boolean =>
  a.position.x === b.position.x &&
  a.position.y === b.position.y &&
  a.width === b.width &&
  a.height === b.height &&
  a.selected === b.selected &&
  a.ariaLabel === b.ariaLabel;

function blockNode(id: string, document: Document, selected: boolean): BlockFlowNode {
  const block = document.blocks[id];
  const { width, height } = geometryOf(block);
  return {
    id,
    type: 'block',
    position: block.position,
    data: nodeData,
    width,
    height,
    selected,
    ariaLabel: block.title || block.type,
    ariaRole: 'group',
  };
}

function noteNode(id: string, document: Document, selected: boolean): NoteFlowNode {
  const { position, width, height } = document.notes[id];
  return {
    id,
    type: 'note',
    position,
    width,
    height,
    data: nodeData,
    selected,
    zIndex: -1,
    ariaLabel: 'Note',
    ariaRole: 'group',
  };
}

/** Blocks in the order of the wires, so that Tab follows them; then the notes. */
export function flowNodes(document: Document, selection: Selection, before: readonly FlowNode[]): FlowNode[] {
  const known = new Map(before.map((node) => [node.id, node]));
  const blocks = new Set(selection.blocks);
  const notes = new Set(selection.notes);
  const next = [
    ...inWireOrder(document).map((id) => blockNode(id, document, blocks.has(id))),
    ...Object.keys(document.notes).map((id) => noteNode(id, document, notes.has(id))),
  ];
  return next.map((node) => {
    const old = known.get(node.id);
    if (!old) return node;
    return samePlace(node, old) ? old : { ...old, ...node };
  });
}

export function flowEdges(
  document: Document,
  selection: Selection,
  before: readonly WireFlowEdge[],
): WireFlowEdge[] {
  const known = new Map(before.map((edge) => [edge.id, edge]));
  const selected = new Set(selection.wires);
  return Object.entries(document.wires).map(([id, { from, to }]) => {
    const old = known.get(id);
    const isSelected = selected.has(id);
    if (
      old &&
      old.source === from.block &&
      old.sourceHandle === from.port &&
      old.target === to.block &&
      old.targetHandle === to.port &&
      old.selected === isSelected
    )
      return old;
    return {
      id,
      type: 'wire',
      source: from.block,
      sourceHandle: from.port,
      target: to.block,
      targetHandle: to.port,
      selected: isSelected,
      data: nodeData,
      focusable: false,
    };
  });
}
