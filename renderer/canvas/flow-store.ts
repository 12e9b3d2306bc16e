/** Owns the nodes and edges that React Flow draws, kept in step with the document and the selection. */
import { applyNodeChanges, type NodeChange } from 'reactflow';
import { create } from 'zustand';
import { select, useProject, type Selection } from '../state/project-store';
import { flowEdges, flowNodes, type FlowNode } from './flow-nodes';
import type { WireFlowEdge } from './wire-edge';

export const useFlow = create<{ nodes: FlowNode[]; edges: WireFlowEdge[] }>(() => ({ nodes: [], edges: [] }));

/** True while blocks are dragged: their places are React Flow's until the drag ends. */
let dragging = false;

export function setDragging(now: boolean): void {
  dragging = now;
  if (!now) follow();
}

function follow(): void {
  const { document, selection } = useProject.getState();
  const { nodes, edges } = useFlow.getState();
  const next = flowNodes(document, selection, nodes);
  useFlow.setState({
    nodes: same(dragging ? keepingPlaces(next, nodes) : next, nodes),
    edges: same(flowEdges(document, selection, edges), edges),
  });
}

/** The list from before where every entry is: React Flow then has nothing to do. */
const same = <T>(next: T[], before: T[]): T[] =>
  next.length === before.length && next.every((entry, i) => entry === before[i]) ? before : next;

function keepingPlaces(next: FlowNode[], before: readonly FlowNode[]): FlowNode[] {
  const places = new Map(before.map((node) => [node.id, node]));
  return next.map((node) => {
    const old = places.get(node.id);
    return old ? { ...node, position: old.position, dragging: old.dragging } : node;
  });
}

export function followDocument(): () => void {
  follow();
  return useProject.subscribe((now, before) => {
    if (
      now.document.blocks !== before.document.blocks ||
      now.document.wires !== before.document.wires ||
      now.document.notes !== before.document.notes ||
      now.selection !== before.selection
    )
      follow();
  });
}

const toggled = (ids: readonly string[], id: string, on: boolean): readonly string[] =>
  on ? (ids.includes(id) ? ids : [...ids, id]) : ids.filter((other) => other !== id);

export interface SelectChange {
  type: 'select';
  id: string;
  selected: boolean;
}

/** What React Flow selects by click and box becomes the selection of the project. */
export function takeSelection(changes: readonly SelectChange[]): void {
  if (changes.length === 0) return;
  const { document, selection } = useProject.getState();
  const next: Selection = changes.reduce<Selection>(
    (now, { id, selected }) => ({
      blocks: id in document.blocks ? toggled(now.blocks, id, selected) : now.blocks,
      wires: id in document.wires ? toggled(now.wires, id, selected) : now.wires,
      notes: id in document.notes ? toggled(now.notes, id, selected) : now.notes,
    }),
    selection,
  );
  select(next);
}

export function onNodesChange(changes: NodeChange<FlowNode>[]): void {
  takeSelection(changes.filter((change) => change.type === 'select'));
  const others = changes.filter(
    (change) =>
      change.type === 'position' || (change.type === 'dimensions' && change.setAttributes === undefined),
  );
  if (others.length > 0) useFlow.setState(({ nodes }) => ({ nodes: applyNodeChanges(others, nodes) }));
}
