/** A wire: its kind by colour and dash, its shape as a label. Labels stand on the colour of the ground, above all wires. */
import { BaseEdge, EdgeLabelRenderer, type Edge, type EdgeProps } from 'reactflow';
import { memo } from 'react';
import { useShallow } from 'zustand/react/shallow';
import type { WireResult } from '../../shared/compiler/compilation';
import { shapeText, shortShapeText } from '../../shared/compiler/shape';
import { useCompilation } from '../state/compilation';
import { useProject } from '../state/project-store';
import { countText } from '../ui/numbers';
import { useCanvas } from './canvas-store';
import { labelWidth } from './geometry';
import { clearOf, wayOf, waysOf } from './ways';
import { portMiddles, wirePath } from './wire-path';
import './wire.css';

export type WireFlowEdge = Edge<Record<string, never>, 'wire'>;

/** Level and shorter than this, a wire has no room for thin spaces in its label. */
const TIGHT = 76;
/** What the ports at both ends take of a wire. */
const PORT_WIDTH = 12;

function labelOf(result: WireResult | undefined, long: boolean, room: number): string {
  if (!result?.shape) return '';
  if (long) return shapeText(result.shape);
  const [, values] = result.shape;
  if (result.shape.length === 2 && values !== null) return countText(values);
  const text = shortShapeText(result.shape);
  const tight = room < TIGHT ? text.replace(/\u2009/g, '') : text;
  // Between neighbours that nearly touch a label would lie under them; the blocks and the inspector have the shape.
  return labelWidth(tight) + PORT_WIDTH > room ? '' : tight;
}

/** `[batch, 28, 28, 1] float32`, and whether it carries a mask. */
const tensorText = (result: WireResult | undefined): string =>
  result?.shape
    ? `${shapeText(result.shape)} ${result.dtype ?? ''}${result.masked ? ', with a mask of padding' : ''}`
    : '';

function WireEdgeBody({ id, sourceX, sourceY, targetX, targetY }: EdgeProps<WireFlowEdge>) {
  const result = useCompilation((state) => state.wires[id]);
  const selected = useProject((state) => state.selection.wires.includes(id));
  const takesBlock = useCanvas((state) => state.insertInto === id);
  const ends = portMiddles({ sourceX, sourceY, targetX, targetY });
  const way = useProject(useShallow(({ document }) => wayOf(document, id, ends)));
  const { path, labelX, labelY, long } = wirePath(ends, way);
  const label = labelOf(result, long, targetX - sourceX);
  const x = useProject(({ document }) =>
    label === '' ? labelX : clearOf(waysOf(document), id, { x: labelX, y: labelY }, labelWidth(label), ends),
  );
  return (
    <g
      className="wire"
      data-kind={result?.kind}
      data-wrong={result?.wrong || undefined}
      data-selected={selected || undefined}
      data-takes-block={takesBlock || undefined}
    >
      {result?.shape && <title>{tensorText(result)}</title>}
      <BaseEdge id={id} path={path} interactionWidth={20} />
      {result?.kind === 'dataset' && !result.wrong && <path className="wire-core" d={path} />}
      {label && (
        <EdgeLabelRenderer>
          <span
            className="wire-label num"
            data-same={result?.unchanged || undefined}
            data-wrong={result?.wrong || undefined}
            style={{ transform: `translate(-50%, -50%) translate(${x}px, ${labelY}px)` }}
          >
            {label}
          </span>
        </EdgeLabelRenderer>
      )}
    </g>
  );
}

export const WireEdge = memo(WireEdgeBody);
