/** Owns moving the view of the canvas: to the whole network, and just so far that a block can be seen. */
import { useStoreApi, type FitViewOptions, type ReactFlowInstance } from 'reactflow';
import { useEffect } from 'react';
import { useBuildLayout } from '../state/build-layout';
import { useProject } from '../state/project-store';
import { setViewer } from './canvas-store';
import type { FlowNode } from './flow-nodes';
import { geometryOf } from './geometry';
import { shiftInto } from './shift';
import type { WireFlowEdge } from './wire-edge';

/** The bar above and the names of the kinds below lie over the canvas: no block may stand under them. */
export const fitOptions = {
  padding: { top: '64px', bottom: '48px', x: '4%' },
  maxZoom: 1,
  duration: 0,
} satisfies FitViewOptions;
const MARGIN = 40;
/** Of the inspector over the canvas, in a narrow window. */
const OVERLAY = 304;

export const smooth = (): number => (window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : 240);

export function useViewer(flow: ReactFlowInstance<FlowNode, WireFlowEdge>): void {
  const store = useStoreApi();
  useEffect(() => {
    const bringIntoSight = (id: string) => {
      const block = useProject.getState().document.blocks[id];
      const { width, height } = store.getState();
      if (!block || width === 0) return;
      const size = geometryOf(block);
      const { x, y, zoom } = flow.getViewport();
      const right = width - MARGIN - (useBuildLayout.getState().narrow ? OVERLAY : 0);
      const dx = shiftInto(block.position.x * zoom + x, size.width * zoom, MARGIN, right);
      const dy = shiftInto(block.position.y * zoom + y, size.height * zoom, MARGIN, height - MARGIN);
      if (dx !== 0 || dy !== 0) void flow.setViewport({ x: x + dx, y: y + dy, zoom }, { duration: smooth() });
    };
    setViewer({
      toCanvas: (point) => flow.screenToFlowPosition(point, { snapToGrid: false }),
      showAll: () => void flow.fitView({ ...fitOptions, duration: smooth() }),
      bringIntoSight,
    });
    return () => setViewer(null);
  }, [flow, store]);
}
