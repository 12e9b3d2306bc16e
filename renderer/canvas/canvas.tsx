/** The canvas: React Flow with our blocks and wires. The only file that configures React Flow. */
import {
  Background,
  BackgroundVariant,
  ReactFlow,
  ReactFlowProvider,
  SelectionMode,
  useOnViewportChange,
  useReactFlow,
  useStore,
  type EdgeChange,
  type OnNodeDrag,
  type ReactFlowInstance,
  type Viewport,
} from 'reactflow';
import 'reactflow/dist/style.css';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { rememberView, select, useProject } from '../state/project-store';
import { useTheme } from '../theme/theme';
import { insertIntoWire, moveTo, nameOf } from './actions';
import { BlockNode } from './block-node';
import { Breadcrumb } from './breadcrumb';
import { CanvasControls } from './canvas-controls';
import { useCanvasCommands } from './canvas-commands';
import { bringIntoSight, connectedPorts, showCanvas, useCanvas, type MenuTarget } from './canvas-store';
import { openBlock } from './composite-actions';
import { ContextMenu } from './context-menu';
import { duplicate } from './copies';
import {
  isValidConnection,
  onConnect,
  onConnectEnd,
  onConnectStart,
  onReconnect,
  onReconnectEnd,
  onReconnectStart,
  pointOf,
} from './drawing';
import type { FlowNode } from './flow-nodes';
import { followDocument, onNodesChange, setDragging, takeSelection, useFlow } from './flow-store';
import { forgetTextWidths, GRID } from './geometry';
import { KeyboardWire } from './keyboard-wire';
import { NoteNode } from './note-node';
import { ProblemPopover } from './problem-popover';
import { DrawnWire } from './drawn-wire';
import { RefusalHint } from './refusal-hint';
import { SearchPopup } from './search-popup';
import { ViewSwitch } from './view-switch';
import { showWhole, useViewer } from './viewer';
import { WireEdge, type WireFlowEdge } from './wire-edge';
import { wireUnder } from './wire-under';
import { insertedEdit } from './wiring';
import './canvas.css';
import './over-canvas.css';
import './popups.css';

const nodeTypes = { block: BlockNode, note: NoteNode };
const edgeTypes = { wire: WireEdge };
const snapGrid: [number, number] = [GRID, GRID];
const multiSelectionKeys = ['Control', 'Meta'];
const attribution = { hideAttribution: true };

type FlowInstance = ReactFlowInstance<FlowNode, WireFlowEdge>;

const detailOf = (zoom: number): string =>
  zoom < 0.4 ? 'plain' : zoom < 0.6 ? 'low' : zoom >= 1.25 ? 'high' : 'normal';

function onEdgesChange(changes: EdgeChange<WireFlowEdge>[]): void {
  takeSelection(changes.filter((change) => change.type === 'select'));
}

const touchesWire = (id: string): boolean => {
  const { document } = useProject.getState();
  const ports = connectedPorts(document.wires);
  return [...ports].some((key) => key.startsWith(`${id}/`));
};

const onNodeDrag: OnNodeDrag<FlowNode> = (event, node, nodes) => {
  const alone = nodes.length === 1 && node.type === 'block' && !touchesWire(node.id);
  const { x, y } = pointOf(event);
  const under = alone ? wireUnder(x, y, node.id) : null;
  const wire = under && insertedEdit(useProject.getState().document, under, node.id) ? under : null;
  if (wire !== useCanvas.getState().insertInto) showCanvas({ insertInto: wire });
};

/** The blocks that really moved, by id. */
function moves(nodes: readonly FlowNode[]): Record<string, { x: number; y: number }> {
  const { blocks, notes } = useProject.getState().document;
  return Object.fromEntries(
    nodes
      .filter(({ id, position }) => {
        const before = (blocks[id] ?? notes[id])?.position;
        return before !== undefined && (before.x !== position.x || before.y !== position.y);
      })
      .map(({ id, position }) => [id, { x: position.x, y: position.y }]),
  );
}

function finishDrag(copies: boolean, node: FlowNode, nodes: readonly FlowNode[]): void {
  const wire = useCanvas.getState().insertInto;
  const positions = moves(nodes);
  const ids = Object.keys(positions);
  showCanvas({ insertInto: null });
  if (ids.length > 0) {
    const { blocks, notes } = useProject.getState().document;
    if (copies) {
      const before = (blocks[node.id] ?? notes[node.id]).position;
      duplicate(
        { blocks: ids.filter((id) => id in blocks), notes: ids.filter((id) => id in notes) },
        { x: node.position.x - before.x, y: node.position.y - before.y },
      );
    } else if (wire) insertIntoWire(node.id, wire, node.position);
    else
      moveTo(
        positions,
        `Move ${ids.length === 1 && ids[0] in blocks ? nameOf(ids[0]) : `${ids.length} things`}`,
      );
  }
  setDragging(false);
}

const onNodeDragStop: OnNodeDrag<FlowNode> = (event, node, nodes) => finishDrag(event.altKey, node, nodes);
const onNodeDragStart = () => setDragging(true);

function useViewMemory(): void {
  const onEnd = useCallback(({ x, y, zoom }: Viewport) => rememberView({ x, y, zoom }), []);
  useOnViewportChange({ onEnd });
}

/** Shows a newly opened project where it was left, or as a whole where it was never looked at. */
function useFirstView(): void {
  const flow = useReactFlow<FlowNode, WireFlowEdge>();
  const project = useProject((state) => state.project?.id);
  const ready = useStore((state) => state.width > 0 && state.height > 0);
  useEffect(() => {
    if (!project || !ready) return;
    const { view, blocks } = useProject.getState().document;
    const untouched = view.x === 0 && view.y === 0 && view.zoom === 1;
    if (untouched && Object.keys(blocks).length > 0) showWhole(flow, 0);
    else void flow.setViewport(view);
  }, [flow, project, ready]);
  useEffect(
    () =>
      useProject.subscribe((now, before) => {
        if (now.opened === before.opened || now.project?.id !== before.project?.id) return;
        if (now.opened.length > 0) requestAnimationFrame(() => showWhole(flow, 0));
        else void flow.setViewport(now.whole.view);
      }),
    [flow],
  );
}

function useFontWidths(): void {
  useEffect(() => {
    void document.fonts.ready.then(forgetTextWidths);
  }, []);
}

/** A block that gets the focus by Tab is the selected one. */
function onFocus(event: React.FocusEvent): void {
  const node = event.target.closest('.react-flow__node');
  if (node !== event.target || !node.matches(':focus-visible')) return;
  const id = node.getAttribute('data-id');
  if (!id) return;
  select(id in useProject.getState().document.notes ? { notes: [id] } : { blocks: [id] });
  bringIntoSight(id);
}

function EmptyCanvas() {
  const empty = useProject(
    ({ document }) => Object.keys(document.blocks).length === 0 && Object.keys(document.notes).length === 0,
  );
  if (!empty) return null;
  return (
    <p className="canvas-empty">
      Press <kbd>Tab</kbd> to place a block, or drag one here from the left. A network begins with data.
      <br />
      <kbd>F6</kbd> goes to the next area of the window, <kbd>?</kbd> shows all keys.
    </p>
  );
}

function onSelectionDragStop(event: React.MouseEvent, dragged: FlowNode[]): void {
  if (dragged[0]) finishDrag(event.altKey, dragged[0], dragged);
}

const leavePopovers = () => showCanvas({ problemsOf: null, keyboardWire: null });

type OpenMenu = (event: MouseEvent | React.MouseEvent, target: MenuTarget) => void;

/** The menus under the right button; what is not selected yet gets selected first. */
function useMenus(flow: FlowInstance) {
  return useMemo(() => {
    const open: OpenMenu = (event, target) => {
      event.preventDefault();
      const at = { x: event.clientX, y: event.clientY };
      showCanvas({ menu: { at, position: flow.screenToFlowPosition(at), target } });
    };
    return {
      onPaneContextMenu: (event: MouseEvent | React.MouseEvent) => open(event, { kind: 'canvas' }),
      onSelectionContextMenu: (event: React.MouseEvent, nodes: FlowNode[]) =>
        nodes[0] && open(event, { kind: 'block', id: nodes[0].id }),
      onNodeContextMenu: (event: React.MouseEvent, node: FlowNode) => {
        const { selection } = useProject.getState();
        if (!selection.blocks.includes(node.id) && !selection.notes.includes(node.id))
          select(node.type === 'note' ? { notes: [node.id] } : { blocks: [node.id] });
        open(event, { kind: node.type === 'note' ? 'note' : 'block', id: node.id });
      },
      onEdgeContextMenu: (event: React.MouseEvent, edge: WireFlowEdge) => {
        select({ wires: [edge.id] });
        open(event, { kind: 'wire', id: edge.id });
      },
    };
  }, [flow]);
}

/** What is drawn again at every move of a drag, and nothing else. */
function Surface() {
  const flow = useReactFlow<FlowNode, WireFlowEdge>();
  const theme = useTheme((state) => state.theme);
  const { nodes, edges } = useFlow();
  const menus = useMenus(flow);
  const connectEnd = useMemo(() => onConnectEnd((point) => flow.screenToFlowPosition(point)), [flow]);
  return (
    <ReactFlow<FlowNode, WireFlowEdge>
      nodes={nodes}
      edges={edges}
      nodeTypes={nodeTypes}
      edgeTypes={edgeTypes}
      colorMode={theme}
      onNodesChange={onNodesChange}
      onEdgesChange={onEdgesChange}
      onNodeDragStart={onNodeDragStart}
      onNodeDrag={onNodeDrag}
      onNodeDragStop={onNodeDragStop}
      onSelectionDragStart={onNodeDragStart}
      onSelectionDragStop={onSelectionDragStop}
      onConnectStart={onConnectStart}
      onConnect={onConnect}
      onConnectEnd={connectEnd}
      onReconnectStart={onReconnectStart}
      onReconnect={onReconnect}
      onReconnectEnd={onReconnectEnd}
      isValidConnection={isValidConnection}
      connectionLineComponent={DrawnWire}
      {...menus}
      onPaneClick={leavePopovers}
      deleteKeyCode={null}
      multiSelectionKeyCode={multiSelectionKeys}
      selectionMode={SelectionMode.Partial}
      disableKeyboardA11y
      edgesFocusable={false}
      zoomOnDoubleClick={false}
      snapToGrid
      snapGrid={snapGrid}
      minZoom={0.1}
      maxZoom={2}
      connectionRadius={20}
      reconnectRadius={10}
      nodeDragThreshold={3}
      proOptions={attribution}
    >
      {surfaceChildren}
    </ReactFlow>
  );
}

const surfaceChildren = (
  <>
    <Background
      variant={BackgroundVariant.Dots}
      gap={16}
      size={2}
      color="var(--dot)"
      bgColor="var(--canvas)"
    />
    <ProblemPopover />
    <KeyboardWire />
  </>
);

function Flow() {
  const flow = useReactFlow<FlowNode, WireFlowEdge>();
  const detail = useStore((state) => detailOf(state.transform[2]));
  const view = useCanvas((state) => state.view);
  const box = useRef<HTMLDivElement>(null);
  useEffect(followDocument, []);
  useViewer(flow);
  useViewMemory();
  useFirstView();
  useFontWidths();
  useCanvasCommands(flow, box);
  const onDoubleClick = (event: React.MouseEvent) => {
    if (!(event.target instanceof Element)) return;
    const node = event.target.closest('.react-flow__node-block');
    if (node) openBlock(node.getAttribute('data-id') ?? '');
    if (!event.target.classList.contains('react-flow__pane')) return;
    const at = { x: event.clientX, y: event.clientY };
    showCanvas({ search: { at, position: flow.screenToFlowPosition(at) } });
  };
  return (
    <main
      ref={box}
      className="canvas"
      aria-label="Network"
      data-area="canvas"
      data-detail={detail}
      data-view={view}
      tabIndex={0}
      onDoubleClick={onDoubleClick}
      onFocus={onFocus}
    >
      <Surface />
      <EmptyCanvas />
      <ViewSwitch />
      <Breadcrumb />
      <CanvasControls />
      <RefusalHint />
      <SearchPopup />
      <ContextMenu />
    </main>
  );
}

export function Canvas() {
  return (
    <ReactFlowProvider>
      <Flow />
    </ReactFlowProvider>
  );
}
