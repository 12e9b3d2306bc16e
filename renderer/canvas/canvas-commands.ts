/** The canvas' part of the keyboard and of the clipboard. */
import type { ReactFlowInstance } from 'reactflow';
import { useEffect, useMemo, type RefObject } from 'react';
import { useCommands, type Actions } from '../app/keyboard';
import { focusArea } from '../app/areas';
import type { Point } from '../../shared/document/document';
import { useCompilation } from '../state/compilation';
import { useBuildLayout } from '../state/build-layout';
import { select, selectedBlock, showWorkspace, useProject } from '../state/project-store';
import { addNote, deleteAndReconnect, deleteSelection, nudge, selectAll, toggleMode } from './actions';
import { closeBlock, goTo, groupSelection, openSelection, unpackSelection } from './composite-actions';
import { bringIntoSight, showAll, showCanvas, useCanvas } from './canvas-store';
import { duplicate, pasteText, selectionText } from './copies';
import type { FlowNode } from './flow-nodes';
import { GRID } from './geometry';
import { startKeyboardWire } from './keyboard-wire';
import { arrange } from './layout';
import { focusProblem } from './problem-popover';
import { smooth } from './viewer';
import type { WireFlowEdge } from './wire-edge';
import { inWireOrder } from './wire-order';

type FlowInstance = ReactFlowInstance<FlowNode, WireFlowEdge>;

/** Where the pointer is, if it is over the canvas; else the middle of the canvas. */
let pointer: Point | null = null;

function pointIn(box: HTMLElement | null): Point {
  const area = box?.getBoundingClientRect();
  if (!area) return { x: 0, y: 0 };
  const inside =
    pointer &&
    pointer.x >= area.left &&
    pointer.x <= area.right &&
    pointer.y >= area.top &&
    pointer.y <= area.bottom;
  return inside && pointer ? pointer : { x: area.left + area.width / 2, y: area.top + area.height / 3 };
}

/** Brings a block to where it can be seen with what opens below it. */
function reveal(flow: FlowInstance, id: string): void {
  const node = flow.getNode(id);
  if (!node) return;
  const zoom = Math.max(0.7, Math.min(1.2, flow.getZoom()));
  void flow.setCenter(
    node.position.x + (node.width ?? 0) / 2,
    node.position.y + (node.height ?? 0) / 2 + 40 / zoom,
    { zoom, duration: smooth() },
  );
}

/** In a narrow window the inspector covers the right edge: a selected block under it is moved into sight. */
function useKeepVisible(): void {
  useEffect(
    () =>
      useProject.subscribe((now, before) => {
        const id = selectedBlock(now);
        if (id && now.selection !== before.selection && useBuildLayout.getState().narrow) bringIntoSight(id);
      }),
    [],
  );
}

/** F8: the problems in the order of the list, round and round. */
function nextProblem(flow: FlowInstance): void {
  const paths = [...new Set(useCompilation.getState().problems.flatMap(({ path }) => path ?? []))];
  if (paths.length === 0) return;
  const { selection, opened } = useProject.getState();
  const here = useCanvas.getState().problemsOf ?? selection.blocks[0] ?? '';
  const next = paths[(paths.indexOf([...opened, here].join('/')) + 1) % paths.length];
  showProblem(flow, next);
}

function showProblem(flow: FlowInstance, path: string): void {
  showWorkspace('build');
  goTo(path);
  // Its card may be open already, without the focus.
  focusProblem();
  reveal(flow, path.split('/').at(-1) ?? '');
}

const focusNode = (box: HTMLElement | null, id: string | undefined): void => {
  if (id)
    box
      ?.querySelector<HTMLElement>(`.react-flow__node[data-id="${CSS.escape(id)}"]`)
      ?.focus({ preventScroll: true });
};

function openSearch(flow: FlowInstance, box: HTMLElement | null): void {
  const at = pointIn(box);
  showCanvas({ search: { at, position: flow.screenToFlowPosition(at), byKeys: true } });
}

/** An arrow moves the selection; with nothing selected it goes to the first block. */
function arrow(box: RefObject<HTMLElement | null>, dx: number, dy: number) {
  return (event: KeyboardEvent) => {
    const { selection, document } = useProject.getState();
    if (selection.blocks.length + selection.notes.length === 0)
      return focusNode(box.current, inWireOrder(document)[0]);
    const step = event.shiftKey ? 4 * GRID : GRID;
    nudge(dx * step, dy * step);
  };
}

/** The first wire of the block that is selected or has the focus, or the one after the selected wire. */
function selectNextWire(box: HTMLElement | null): void {
  const { selection, document: drawn } = useProject.getState();
  const node = document.activeElement?.closest('.react-flow__node');
  const focused = node && box?.contains(node) ? node.getAttribute('data-id') : null;
  const [before = ''] = selection.wires;
  const block = selection.blocks[0] ?? focused ?? drawn.wires[before]?.from.block;
  const wires = Object.entries(drawn.wires)
    .filter(([, { from, to }]) => from.block === block || to.block === block)
    .map(([id]) => id);
  if (wires.length > 0) select({ wires: [wires[(wires.indexOf(before) + 1) % wires.length]] });
}

function canvasActions(flow: FlowInstance, box: RefObject<HTMLElement | null>): Actions {
  const zoom = { duration: smooth() };
  return {
    'select-all': selectAll,
    delete: deleteSelection,
    'delete-reconnect': deleteAndReconnect,
    duplicate: () => duplicate(useProject.getState().selection),
    mute: () => toggleMode(useProject.getState().selection.blocks, 'muted'),
    bypass: () => toggleMode(useProject.getState().selection.blocks, 'bypassed'),
    group: groupSelection,
    unpack: unpackSelection,
    'open-block': openSelection,
    'close-block': closeBlock,
    layout: () => void arrange(),
    fit: showAll,
    'zoom-in': () => void flow.zoomIn(zoom),
    'zoom-out': () => void flow.zoomOut(zoom),
    'next-problem': () => nextProblem(flow),
    search: () => openSearch(flow, box.current),
    wire: startKeyboardWire,
    'select-wire': () => selectNextWire(box.current),
    note: () =>
      useProject.getState().opened.length === 0 && addNote(flow.screenToFlowPosition(pointIn(box.current))),
    'nudge-left': arrow(box, -1, 0),
    'nudge-right': arrow(box, 1, 0),
    'nudge-up': arrow(box, 0, -1),
    'nudge-down': arrow(box, 0, 1),
    'edit-parameters': (event) => {
      const onNode = event.target instanceof Element && event.target.matches('.react-flow__node');
      if (!onNode) return false;
      focusArea('inspector');
    },
  };
}

const inText = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  target.closest('input, textarea, [contenteditable=true], [role=dialog]') !== null;

function useClipboard(): void {
  useEffect(() => {
    const copy = (event: ClipboardEvent) => {
      const { blocks, notes } = useProject.getState().selection;
      if (inText(event.target) || blocks.length + notes.length === 0 || !window.getSelection()?.isCollapsed)
        return;
      event.clipboardData?.setData('text/plain', selectionText());
      event.preventDefault();
      if (event.type === 'cut') deleteSelection();
    };
    const paste = (event: ClipboardEvent) => {
      if (!inText(event.target) && pasteText(event.clipboardData?.getData('text/plain') ?? ''))
        event.preventDefault();
    };
    document.addEventListener('copy', copy);
    document.addEventListener('cut', copy);
    document.addEventListener('paste', paste);
    return () => {
      document.removeEventListener('copy', copy);
      document.removeEventListener('cut', copy);
      document.removeEventListener('paste', paste);
    };
  }, []);
}

/** Tab on the canvas, or after a click on a block, opens the search; from a block that was reached by keys it follows the wires. */
function useTab(flow: FlowInstance, box: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    let byPointer = false;
    const onPress = () => {
      byPointer = true;
    };
    const onKeyDown = (event: KeyboardEvent) => {
      const { activeElement } = document;
      const onCanvas = activeElement === box.current || activeElement === document.body;
      const onClicked =
        byPointer && activeElement?.matches('.react-flow__node') && box.current?.contains(activeElement);
      if (event.key !== 'Tab') return;
      byPointer = false;
      if (event.shiftKey || event.ctrlKey || event.altKey || !(onCanvas || onClicked)) return;
      event.preventDefault();
      openSearch(flow, box.current);
    };
    const onPointer = (event: PointerEvent) => {
      pointer = { x: event.clientX, y: event.clientY };
    };
    window.addEventListener('keydown', onKeyDown);
    window.addEventListener('pointerdown', onPress, { capture: true });
    window.addEventListener('pointermove', onPointer, { passive: true });
    return () => {
      window.removeEventListener('keydown', onKeyDown);
      window.removeEventListener('pointerdown', onPress, { capture: true });
      window.removeEventListener('pointermove', onPointer);
    };
  }, [flow, box]);
}

/** Other panels ask for a block to be shown through this event of the store. */
function useReveal(flow: FlowInstance): void {
  useEffect(
    () =>
      useCanvas.subscribe((now, before) => {
        if (now.reveal !== null && now.reveal !== before.reveal) {
          reveal(flow, now.reveal);
          showCanvas({ reveal: null });
        }
      }),
    [flow],
  );
}

export function useCanvasCommands(flow: FlowInstance, box: RefObject<HTMLElement | null>): void {
  const actions = useMemo(() => canvasActions(flow, box), [flow, box]);
  useCommands(actions);
  useClipboard();
  useTab(flow, box);
  useReveal(flow);
  useKeepVisible();
}
