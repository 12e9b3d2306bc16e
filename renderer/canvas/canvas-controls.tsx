/** The small map with the zoom, and the legend of the port kinds. */
import { MiniMap, useReactFlow, useStore } from 'reactflow';
import { Maximize, Minus, Plus } from 'lucide-react';
import { useCallback } from 'react';
import type { Severity } from '../../shared/compiler/diagnostic';
import { PORT_KINDS } from '../../shared/blocks/block';
import { PortMark } from '../icons/marks';
import { useCompilation } from '../state/compilation';
import { showAll } from './canvas-store';
import type { FlowNode } from './flow-nodes';

const icon = { size: 14, strokeWidth: 1.5, 'aria-hidden': true } as const;

function colourOf(node: FlowNode, severity: Severity | undefined): string {
  if (node.selected) return 'var(--accent)';
  if (node.type === 'note') return 'var(--note-line)';
  return severity === 'error' ? 'var(--error)' : severity === 'warning' ? 'var(--warn)' : 'var(--edge)';
}

export function CanvasControls() {
  const flow = useReactFlow();
  const severities = useCompilation((state) => state.severities);
  const colour = useCallback((node: FlowNode) => colourOf(node, severities[node.id]), [severities]);
  const percent = useStore((state) => Math.round(state.transform[2] * 100));
  return (
    <>
      <div className="legend" aria-label="Port kinds">
        {PORT_KINDS.map((kind) => (
          <span key={kind}>
            <PortMark kind={kind} />
            {kind}
          </span>
        ))}
      </div>
      <div className="float canvas-map" aria-label="Map and zoom">
        <MiniMap<FlowNode>
          nodeColor={colour}
          nodeBorderRadius={6}
          pannable
          zoomable
          ariaLabel="Map"
          style={{ width: 152, height: 92 }}
        />
        <div className="canvas-zoom s11 ink2">
          <button
            type="button"
            className="btn ghost icon"
            aria-label="Zoom out"
            onClick={() => void flow.zoomOut()}
          >
            <Minus {...icon} />
          </button>
          <span className="num">{percent} %</span>
          <button
            type="button"
            className="btn ghost icon"
            aria-label="Zoom in"
            onClick={() => void flow.zoomIn()}
          >
            <Plus {...icon} />
          </button>
          <button
            type="button"
            className="btn ghost icon"
            aria-label="Show the whole network"
            title="Show the whole network"
            onClick={showAll}
          >
            <Maximize {...icon} />
          </button>
        </div>
      </div>
    </>
  );
}
