/** A network as a small drawing. */
import { useMemo } from 'react';
import type { Document } from '../../shared/document/document';
import { drawingOf } from './drawing';

const WIDTH = 232;
const HEIGHT = 96;

export function NetworkDrawing({ document }: { document: Document }) {
  const { boxes, wires } = useMemo(() => drawingOf(document, WIDTH, HEIGHT), [document]);
  return (
    <svg className="network-drawing" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} aria-hidden="true">
      {wires.map(({ id, path, kind }) => (
        <path key={id} d={path} data-kind={kind} />
      ))}
      {boxes.map(({ id, x, y, width, height, category }) => (
        <rect
          key={id}
          x={x}
          y={y}
          width={width}
          height={height}
          rx={Math.min(3, width / 3)}
          data-category={category}
        />
      ))}
    </svg>
  );
}
