/** The wire that is being drawn: in the colour of its kind, red where it cannot end. */
import { getBezierPath, type ConnectionLineComponentProps } from 'reactflow';
import { useProject } from '../state/project-store';
import { portOf } from '../state/blocks';
import type { FlowNode } from './flow-nodes';

const HALF_PORT = 12;

export function DrawnWire({
  fromX,
  fromY,
  toX,
  toY,
  fromPosition,
  toPosition,
  fromHandle,
  connectionStatus,
}: ConnectionLineComponentProps<FlowNode>) {
  const side = fromHandle.type === 'source' ? 'output' : 'input';
  const kind = useProject(({ document }) => {
    const block = document.blocks[fromHandle.nodeId];
    return block && portOf(block, side, fromHandle.id ?? '')?.kind;
  });
  const [path] = getBezierPath({
    sourceX: side === 'output' ? fromX - HALF_PORT : fromX + HALF_PORT,
    sourceY: fromY,
    sourcePosition: fromPosition,
    targetX: toX,
    targetY: toY,
    targetPosition: toPosition,
  });
  return (
    <g className="wire" data-kind={kind} data-wrong={connectionStatus === 'invalid' || undefined}>
      <path className="react-flow__edge-path" d={path} />
    </g>
  );
}
