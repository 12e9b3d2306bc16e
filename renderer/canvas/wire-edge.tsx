/** A wire: its kind by colour and dash, its shape as a label. The label is text with a ground-coloured outline. */
import { BaseEdge, type Edge, type EdgeProps } from 'reactflow';
import { memo } from 'react';
import type { WireResult } from '../../shared/compiler/compilation';
import { shapeText, shortShapeText } from '../../shared/compiler/shape';
import { useCompilation } from '../state/compilation';
import { useProject } from '../state/project-store';
import { useCanvas } from './canvas-store';
import { wirePath } from './wire-path';

export type WireFlowEdge = Edge<Record<string, never>, 'wire'>;

function labelOf(result: WireResult | undefined, long: boolean): string {
  if (!result?.shape) return '';
  return long ? shapeText(result.shape) : shortShapeText(result.shape);
}

function WireEdgeBody({ id, sourceX, sourceY, targetX, targetY }: EdgeProps<WireFlowEdge>) {
  const result = useCompilation((state) => state.wires[id]);
  const selected = useProject((state) => state.selection.wires.includes(id));
  const takesBlock = useCanvas((state) => state.insertInto === id);
  const { path, labelX, labelY, long } = wirePath({ sourceX, sourceY, targetX, targetY });
  const label = labelOf(result, long);
  return (
    <g
      className="wire"
      data-kind={result?.kind}
      data-wrong={result?.wrong || undefined}
      data-selected={selected || undefined}
      data-takes-block={takesBlock || undefined}
    >
      <BaseEdge id={id} path={path} interactionWidth={20} />
      {result?.kind === 'dataset' && !result.wrong && <path className="wire-core" d={path} />}
      {label && (
        <text className="wire-label num" data-same={result?.unchanged || undefined} x={labelX} y={labelY} dy="0.35em" textAnchor="middle">
          {label}
          <title>{result?.shape ? shapeText(result.shape) : ''}</title>
        </text>
      )}
    </g>
  );
}

export const WireEdge = memo(WireEdgeBody);
