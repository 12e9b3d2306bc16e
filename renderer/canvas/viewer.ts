/** Owns moving the view of the canvas: to the whole network, and just so far that a block can be seen. */
import { useStoreApi, type ReactFlowInstance } from 'reactflow';
import { useEffect } from 'react';
import { useBuildLayout } from '../state/build-layout';
import { useProject } from '../state/project-store';
import { setViewer } from './canvas-store';
import type { FlowNode } from './flow-nodes';
import { boxesOf, geometryOf } from './geometry';
import { shiftInto } from './shift';
import { wholeView, type Size } from './whole-view';
import type { WireFlowEdge } from './wire-edge';

const MARGIN = 40;
/** Of the inspector over the canvas, in a narrow window. */
const OVERLAY = 304;

export const smooth = (): number => (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 240);

type Flow = ReactFlowInstance<FlowNode, WireFlowEdge>;

/** How much of the lower right corner of the canvas the map covers, in pixels. */
function cornerOf(canvas: HTMLElement): Size {
  const map = canvas.querySelector('.canvas-map')?.getBoundingClientRect();
  const { right, bottom } = canvas.getBoundingClientRect();
  return map ? { width: right - map.left, height: bottom - map.top } : { width: 0, height: 0 };
}

/** Shows everything that is drawn; an empty canvas stays as it is. */
export function showWhole(flow: Flow, duration: number): void {
  const canvas = document.querySelector<HTMLElement>('[data-area=canvas]');
  const { blocks, notes } = useProject.getState().document;
  const places = [
    ...boxesOf(blocks),
    ...Object.values(notes).map(({ position, width, height }) => ({ ...position, width, height })),
  ];
  if (!canvas || places.length === 0) return;
  const { width, height } = canvas.getBoundingClientRect();
  void flow.setViewport(wholeView(places, { width, height }, cornerOf(canvas)), { duration });
}

export function useViewer(flow: Flow): void {
  const store = useStoreApi();
  useEffect(() => {
    const bringIntoSight = (id: string) => {
      const block = useProject.getState().document.blocks[id];
      const { width, height, domNode } = store.getState();
      const canvas = domNode?.closest<HTMLElement>('[data-area=canvas]');
      if (!block || !canvas || width === 0) return;
      const size = geometryOf(block);
      const { x, y, zoom } = flow.getViewport();
      const right = width - MARGIN - (useBuildLayout.getState().narrow ? OVERLAY : 0);
      const dx = shiftInto(block.position.x * zoom + x, size.width * zoom, MARGIN, right);
      const map = cornerOf(canvas);
      const isOverMap = (block.position.x + size.width) * zoom + x + dx > width - map.width;
      const bottom = height - MARGIN - (isOverMap ? map.height : 0);
      const dy = shiftInto(block.position.y * zoom + y, size.height * zoom, MARGIN, bottom);
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: smooth() });
    };
    setViewer({
      toCanvas: (point) => flow.screenToFlowPosition(point, { snapToGrid: false }),
      showAll: () => showWhole(flow, smooth()),
      bringIntoSight,
    });
    return () => setViewer(null);
  }, [flow, store]);
}
